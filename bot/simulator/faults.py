"""Switches that make the server behave badly: slow, silent, broken, flooded, repeating itself."""

import random
from dataclasses import asdict, dataclass, replace

from bot.simulator.params import Json

KINDS = ("delay", "drop", "error", "flood", "duplicate")
EVERYTHING = "*"


@dataclass(slots=True, eq=False)
class Fault:
    """One misbehaviour, for the next `count` calls it fits (None: until cleared), each with a probability.

    delay: wait `seconds` · drop: cut the connection without an answer · error: answer `status` ·
    flood: answer 429 with `retry_after` · duplicate: deliver the next updates twice.
    With `after` the call takes effect first, so the bot cannot know that it did.
    """

    kind: str
    method: str = EVERYTHING
    chat: int | None = None
    count: int | None = None
    probability: float = 1.0
    after: bool = False
    seconds: float = 1.0
    status: int = 502
    retry_after: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a fault is one of {', '.join(KINDS)}, not {self.kind!r}")

    def fits(self, method: str, chat: str) -> bool:
        """Tell whether the call is one this fault is meant for."""
        wanted = self.method == EVERYTHING or self.method.lower() == method.lower()
        return wanted and (self.chat is None or str(self.chat) == chat)


class Faults:
    """The faults now set, drawn from for each call; `hits` counts how often each kind struck."""

    def __init__(self, seed: int = 0) -> None:
        self.active: list[Fault] = []
        self.hits: dict[str, int] = dict.fromkeys(KINDS, 0)
        self._random = random.Random(seed)  # noqa: S311  the same run fails in the same way

    def set(self, kind: str, method: str = EVERYTHING, **details: object) -> Fault:
        """Add a fault; `details` are the fields of Fault."""
        fault = replace(Fault(kind, method), **details)  # type: ignore[arg-type]
        self.active.append(fault)
        return fault

    def clear(self) -> None:
        """Behave well again."""
        self.active.clear()

    def listed(self) -> list[Json]:
        """Return the faults now set."""
        return [asdict(fault) for fault in self.active]

    def draw(self, method: str, params: Json) -> list[Fault]:
        """Return the faults that strike this call and use them up."""
        chat = str(params.get("chat_id", ""))
        return [
            fault
            for fault in list(self.active)
            if fault.kind != "duplicate" and fault.fits(method, chat) and self._strikes(fault)
        ]

    def doubles(self) -> bool:
        """Tell whether the update now queued is to be delivered twice."""
        return any(fault.kind == "duplicate" and self._strikes(fault) for fault in list(self.active))

    def _strikes(self, fault: Fault) -> bool:
        if fault.probability < 1 and self._random.random() >= fault.probability:
            return False
        self.hits[fault.kind] += 1
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                self.active.remove(fault)
        return True
