"""What is said with a firm: the record of a visit, a reception, a call or a meeting at a fair."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.demo.dice import pick
from bot.demo.draft import Draft, Firm
from bot.demo.funds import WAN
from bot.demo.recipe import Recipe

SUBJECTS = {
    "outbound": "visit_subjects",
    "inbound": "reception_subjects",
    "phone": "remote_subjects",
    "video": "remote_subjects",
    "event": "fair_subjects",
}
RESULTS = (("informed", 5), ("progress", 4), ("lead", 3), ("signing", 1), ("solved", 1), ("none", 1))


@dataclass(slots=True)
class Talks:
    """Words for talks, and the projects firms talk about."""

    recipe: Recipe
    projects: Mapping[str, Draft]  # by firm
    taken: set[tuple[Any, ...]] = field(default_factory=set)  # keys of the records made

    def visit(
        self,
        rng: Random,
        day: dt.date,
        unit: str,
        firms: Sequence[Firm],
        mode: str,
        *,
        place: str | None = None,
        participants: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Return one record; its day, unit, firms, mode and subject are no other's."""
        words = self.recipe.words
        row: dict[str, Any] = {
            "date": day,
            "unit": unit,
            "enterprises": [firm.name for firm in firms],
            "mode": mode,
            "place": place,
            "participants": list(participants),
            "contacts": [rng.choice(words["surnames"]) + rng.choice(words["titles_theirs"])],
            "subject": self._subject(rng, day, unit, firms, mode),
            "result": pick(rng, RESULTS),
            "industry": firms[0].trade["industry"],
            "planned": False,
        }
        row |= self._prospects(rng, day, unit, firms)
        return {name: value for name, value in row.items() if value is not None and value != []}

    def _subject(self, rng: Random, day: dt.date, unit: str, firms: Sequence[Firm], mode: str) -> str:
        while True:
            subject = str(rng.choice(self.recipe.words[SUBJECTS[mode]]))
            key = (day, unit, tuple(firm.name for firm in firms), mode, subject)
            if key not in self.taken:
                self.taken.add(key)
                return subject

    def _prospects(self, rng: Random, day: dt.date, unit: str, firms: Sequence[Firm]) -> dict[str, Any]:
        """Return what may come of it: a project, an amount, land, a next step and its day."""
        found: dict[str, Any] = {}
        draft = self.projects.get(firms[0].name)
        if draft is not None and draft.ranked == unit and min(draft.dates.values()) <= day:
            found["project"] = draft.name
        if rng.random() < 0.3:
            found["amount"] = exactly(rng.randint(3, 80) * 1000 * WAN) | {"currency": "CNY"}
        if rng.random() < 0.2:
            found["land_mu"] = exactly(rng.randint(3, 60) * 5)
        if rng.random() < 0.35:
            found["next_step"] = rng.choice(self.recipe.words["next_steps"])
            follow_up = day + dt.timedelta(days=rng.randint(3, 30))
            found["follow_up"] = {"start": follow_up, "end": follow_up}
        return found


def exactly(value: int) -> dict[str, Any]:
    """Return a quantity that is exact."""
    return {"min": value, "max": value}
