"""What the Bot API answers when it refuses, in Telegram's own words."""


class ApiError(Exception):
    """The Bot API refused the call with a code and a description."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


class BadRequest(ApiError):
    """The call itself is wrong (400)."""

    def __init__(self, reason: str) -> None:
        super().__init__(400, f"Bad Request: {reason}")


class Forbidden(ApiError):
    """The person does not let the bot write to them (403)."""

    def __init__(self, reason: str) -> None:
        super().__init__(403, f"Forbidden: {reason}")


class Conflict(ApiError):
    """Two consumers want the same updates (409)."""

    def __init__(self, reason: str) -> None:
        super().__init__(409, f"Conflict: {reason}")


class TooManyRequests(ApiError):
    """The bot is told to wait (429)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {retry_after}", retry_after)


class NotAllowed(Exception):
    """A person tried what the Telegram app would not let them do."""
