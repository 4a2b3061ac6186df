"""Why a command cannot go on."""


class Refusal(Exception):
    """A command cannot go on; the message is the one sentence that says the next step."""
