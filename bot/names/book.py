"""Every name of the ledger in memory: found in a text, followed when it changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.names.fold import fold
from bot.names.forms import (
    BARE,
    BRAND,
    NICKNAME,
    Firm,
    firm_forms,
    person_forms,
    project_forms,
    split_firm,
    split_row,
    unit_forms,
)
from bot.names.index import FormIndex, Hit, Ref
from bot.names.parts import part_of
from bot.names.places import at_odds, leading_places
from bot.names.slips import SURE, Near, SlipIndex
from bot.names.sounds import is_han, sound
from bot.names.words import NameWords
from domain.names import KINDS, Changes, Named, read_events, read_names

SOUND_LENGTH = 3  # two characters that only sound right are never accepted
SOUND_WEIGHT = 0.8
CITY_LEVEL = ("city", "department")


class NameBook:
    """The names of units, people, enterprises, projects and events, by every way they are said."""

    def __init__(self, words: NameWords) -> None:
        self.words = words
        self.rows: dict[str, dict[int, Named]] = {kind: {} for kind in KINDS}
        self.events: dict[str, str] = {}  # and how each is written when folded
        self.spoken = FormIndex()
        self._sounds = FormIndex()
        self._slips = {kind: SlipIndex() for kind in KINDS}
        self._brands: dict[tuple[str, int], str] = {}
        self._backed: dict[int, set[int]] = {}  # enterprise -> projects it invests in
        self._namesakes: dict[str, set[int]] = {}
        self._changes = Changes()
        self._known = False
        self.changed = 0  # rows learnt and forgotten so far

    @classmethod
    def load(cls, connection: Connection, words: NameWords) -> "NameBook":
        """Read all names."""
        book = cls(words)
        book.refresh(connection)
        return book

    def refresh(self, connection: Connection) -> bool:
        """Read what was named, renamed or removed since; tell whether there was any."""
        if not self._known:
            self._changes.begin(connection)
            for kind in KINDS:
                self._learn_all(read_names(connection, kind))
            self._learn_events(connection)
            self._known = True
            return True
        ids = self._changes.take(connection)
        for kind, some in ids.items():
            for row_id in some:
                self._forget(kind, row_id)
            self._learn_all(read_names(connection, kind, some))
        if "project" in ids:
            self._learn_events(connection)
        return bool(ids)

    def _learn_events(self, connection: Connection) -> None:
        self.events = {event: fold(event) for event in read_events(connection)}

    def _learn_all(self, rows: Sequence[Named]) -> None:
        for row in rows:
            self._learn(row)

    def name(self, kind: str, row_id: int) -> str:
        """Return a row's canonical name; a person's with the unit where two share one."""
        row = self.rows[kind][row_id]
        if kind == "person" and len(self._namesakes[row.name]) > 1 and row.unit_id in self.rows["unit"]:
            return f"{row.name}({self.rows['unit'][row.unit_id].name})"
        return row.name

    @property
    def groups(self) -> list[str]:
        """Return the groups units are told apart by, longest name first."""
        named = {row.group for row in self.rows["unit"].values() if row.group}
        return sorted(named, key=lambda name: (-len(name), name))

    def root(self) -> Named | None:
        """Return the city."""
        return next((row for row in self.rows["unit"].values() if row.unit_id is None), None)

    def within(self, unit_id: int | None, above: int) -> bool:
        """Tell whether a unit is another or below it."""
        for _ in range(len(self.rows["unit"]) + 1):
            if unit_id == above:
                return True
            row = self.rows["unit"].get(unit_id) if unit_id is not None else None
            if row is None:
                return False
            unit_id = row.unit_id
        return False

    def city_level(self, person: Named) -> bool:
        """Tell whether a person belongs to the city or an office directly under it."""
        unit, root = self.rows["unit"].get(person.unit_id or 0), self.root()
        if unit is None or root is None:
            return False
        return unit.id == root.id or (unit.unit_id == root.id and unit.rank in CITY_LEVEL)

    def backed_by(self, enterprise_id: int) -> list[int]:
        """Return the projects an enterprise invests in."""
        return sorted(self._backed.get(enterprise_id, ()))

    def scan(self, text: str) -> list[Hit]:
        """Return names said in a folded text, exactly or by their sound."""
        exact = [self._longer(hit, text) for hit in self.spoken.scan(text)]
        heard = self._sounds.scan(sound(text))
        return exact + [hit for hit in heard if self._rings_true(hit, text, exact)] if heard else exact

    def _longer(self, hit: Hit, text: str) -> Hit:
        """Return a firm with a part of one of its projects' names behind it as that project: 沐凯镜头模组."""
        projects = {one for ref in hit.refs if ref.kind == "enterprise" for one in self._backed.get(ref.id, ())}
        if not projects:
            return hit
        said, rest = text[hit.start : hit.end], text[hit.end :]
        sizes = {one: part_of(fold(self.rows["project"][one].name), said, rest, self.words) for one in projects}
        longest = max(sizes.values())
        meant = tuple(Ref("project", one, BRAND) for one in sorted(projects) if sizes[one] == longest)
        return Hit(hit.start, hit.end + longest, meant) if longest else hit

    def near(self, kind: str, text: str) -> list[Near]:
        """Return rows of a kind whose name is a slip away from the words."""
        near = self._slips[kind].near(*self._parts(kind, text))
        return [item for item in near if kind != "enterprise" or not self.elsewhere(item.id, text)]

    def elsewhere(self, enterprise_id: int, text: str) -> bool:
        """Tell whether words start with a place that speaks against a firm: 四川 against 宁德时代."""
        said = leading_places(text, self.words)[0]
        return bool(said) and at_odds(self.rows["enterprise"][enterprise_id], said, self.words)

    def candidates(self, kind: str, text: str, hints: Mapping[str, Any] | None = None) -> Sequence[tuple[int, float]]:
        """Return (row id, score 0-1) of the rows a name may mean, best first; `hints` may name a `unit_id`."""
        said = fold(text)
        found = self._said(kind, said) or (self._in_other_form(said) if kind == "enterprise" else {})
        if not found:
            found = {near.id: near.score for near in self.near(kind, said)}
        home = (hints or {}).get("unit_id")
        return sorted(found.items(), key=lambda item: (-item[1], not self._at_home(kind, item[0], home), item[0]))

    def _said(self, kind: str, form: str) -> dict[int, float]:
        return {ref.id: ref.weight for ref in self.spoken.get(form) if ref.kind == kind}

    def _in_other_form(self, said: str) -> dict[int, float]:
        """Return firms whose whole name but for place and legal form is said: 比亚迪集团, not 吉利集团 for 吉利汽车."""
        found = self._said("enterprise", split_firm(said, self.words).core)
        return {
            row_id: weight for row_id, weight in found.items() if weight >= BARE and not self.elsewhere(row_id, said)
        }

    def _at_home(self, kind: str, row_id: int, unit_id: int | None) -> bool:
        return unit_id is not None and self.within(self.rows[kind][row_id].unit_id, unit_id)

    def _rings_true(self, hit: Hit, text: str, exact: Sequence[Hit]) -> bool:
        """Accept a homophone that shares a character with the name, where nothing exact but a part of it stands."""
        for said in exact:
            if said.start == hit.start and (said.end == hit.end or self._same(said, hit)):
                return False  # 翠屏去 is 翠屏 and a verb, not 翠屏区
            apart = said.end <= hit.start or hit.end <= said.start
            part = hit.start <= said.start and said.end <= hit.end and said.end - said.start < hit.end - hit.start
            if not (apart or part):
                return False
        said_so = text[hit.start : hit.end]
        return any(self._shares(ref, said_so) for ref in hit.refs)

    @staticmethod
    def _same(said: Hit, hit: Hit) -> bool:
        """Tell whether a name said exactly already means the rows that a longer one sounds like."""
        return {(ref.kind, ref.id) for ref in hit.refs} <= {(ref.kind, ref.id) for ref in said.refs}

    def _shares(self, ref: Ref, said: str) -> bool:
        name = fold(self.rows[ref.kind][ref.id].name)
        return any(char in name for char in said if is_han(char))

    def _learn(self, row: Named) -> None:
        self.changed += 1
        self.rows[row.kind][row.id] = row
        if row.kind == "person":
            self._namesakes.setdefault(row.name, set()).add(row.id)
        for investor in row.investors:
            self._backed.setdefault(investor, set()).add(row.id)
        forms = self.spoken.add(row.kind, row.id, self._forms(row))
        heard = [
            (sound(form), weight * SOUND_WEIGHT)
            for form, weight in forms.items()
            if len(form) >= SOUND_LENGTH and weight > NICKNAME
        ]
        self._sounds.add(row.kind, row.id, heard)
        brand, rest = self._parts(row.kind, fold(row.name), row)
        self._brands[row.kind, row.id] = brand
        self._slips[row.kind].add(row.id, brand, rest)

    def _forget(self, kind: str, row_id: int) -> None:
        row = self.rows[kind].pop(row_id, None)
        if row is None:
            return
        self.changed += 1
        if kind == "person":
            self._namesakes[row.name].discard(row_id)
        for investor in row.investors:
            self._backed[investor].discard(row_id)
        self.spoken.discard(kind, row_id)
        self._sounds.discard(kind, row_id)
        self._slips[kind].discard(row_id, self._brands.pop((kind, row_id)))

    def _forms(self, row: Named) -> list[tuple[str, float]]:
        if row.kind == "enterprise":
            return firm_forms(row, self.words)
        if row.kind == "unit":
            root = self.root()
            return unit_forms(row, fold(root.name) if root and root.id != row.id else "", self.words)
        if row.kind == "project":
            investors = [self.rows["enterprise"][some] for some in row.investors if some in self.rows["enterprise"]]
            return project_forms(row, investors, self._sites(row), self.words)
        return person_forms(row)

    def _sites(self, project: Named) -> list[str]:
        """Return the names of the units a project is in, from its own up to the city."""
        names: list[str] = []
        unit = self.rows["unit"].get(project.unit_id or 0)
        while unit is not None and len(names) <= len(self.rows["unit"]):
            names += [fold(name) for name in (unit.name, unit.short_name) if name]
            unit = self.rows["unit"].get(unit.unit_id or 0)
        return names

    def _parts(self, kind: str, name: str, row: Named | None = None) -> tuple[str, str]:
        if kind == "enterprise":
            firm: Firm = split_row(row, self.words) if row else split_firm(name, self.words)
            return firm.brand, "".join(firm.trades)
        if kind == "project":
            for tail in self.words.project_tails:
                name = name.removesuffix(tail) if len(name) > len(tail) + 1 else name
        return name, ""


def sure(near: Sequence[Near]) -> Near | None:
    """Return the one near name evidence links, if there is exactly one."""
    links = [item for item in near if item.score >= SURE]
    return links[0] if len(links) == 1 else None
