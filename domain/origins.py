"""Where a project's money comes from, told from places: one origin a project (contract §2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, update

from domain.models import Enterprise, Investor, Project, Unit
from domain.ports import SheetWords
from domain.unit_of_work import UnitOfWork

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where an investor sits, as written."""

    country: str | None = None
    province: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The city the ledger belongs to, by short names; province None when it is not known."""

    province: str | None
    city: str


class Atlas:
    """Compares places without 省, 市 and the like."""

    def __init__(self, words: SheetWords) -> None:
        self._suffixes = sorted(words.lists["place_suffixes"], key=len, reverse=True)
        self._endings = tuple(words.lists["place_endings"])
        self._overseas = frozenset(words.lists["overseas"])
        self._home_countries = frozenset(words.lists["home_countries"])
        self._provinces = words.provinces
        self._known = frozenset(words.provinces) | frozenset(words.provinces.values())

    def short(self, place: str) -> str:
        """Return a place's short name."""
        place = place.strip()
        if place in self._known:
            return place
        for suffix in self._suffixes:
            if place.endswith(suffix) and len(place) > len(suffix) + 1:
                stem = place.removesuffix(suffix)
                return stem if stem in self._known else self._known_start(stem) or stem
        return place[:-1] if place.endswith(self._endings) and place[:-1] in self._known else place

    def province_of(self, city: str) -> str | None:
        """Return the province of a city of the place list."""
        return self._provinces.get(self.short(city))

    def is_overseas(self, place: Place) -> bool:
        """Tell whether a place is abroad, or Hong Kong, Macao or Taiwan."""
        if place.country and place.country.strip() not in self._home_countries:
            return True
        named = (place.province, place.city)
        return any(name and {name.strip(), self.short(name)} & self._overseas for name in named)

    def is_in_city(self, place: Place, home: Home) -> bool:
        """Tell whether a place is the home city itself or a part of it."""
        if not place.city:
            return False
        city = self.short(place.city)
        return city == home.city or (city not in self._known and city.startswith(home.city))

    def is_municipality(self, home: Home) -> bool:
        """Tell whether the home city is a province of its own."""
        return home.province == home.city and list(self._provinces.values()).count(home.city) == 1

    def _known_start(self, stem: str) -> str | None:
        """Return the listed place an autonomous one begins with, the people's name behind it dropped."""
        return next((stem[:length] for length in range(len(stem) - 1, 1, -1) if stem[:length] in self._known), None)


def home_of(unit: Unit, atlas: Atlas) -> Home:
    """Return the home of the city's row: its 省 and 市, else its name and the place list."""
    city = atlas.short(unit.city or unit.name)
    province = atlas.short(unit.province) if unit.province else atlas.province_of(city)
    return Home(province, city)


def origin_of(place: Place, home: Home | None, atlas: Atlas) -> str | None:
    """Return overseas, out_of_province, in_province or local; None when it cannot be told."""
    if atlas.is_overseas(place):
        return "overseas"
    if home is None or home.province is None:
        return None
    province = atlas.short(place.province) if place.province else None
    if province is None and place.city:
        province = atlas.province_of(place.city)
        if province is None:
            return "local" if atlas.is_in_city(place, home) else None
    if province is None:
        return None
    if province != home.province:
        return "out_of_province"
    return "local" if atlas.is_in_city(place, home) or atlas.is_municipality(home) else "in_province"


def project_origin(own: Place, investors: Iterable[Place], home: Home | None, atlas: Atlas) -> str | None:
    """Return a project's one origin: by 投资方所在省/市, else by the first investor whose place says it."""
    places = [own] if own.province or own.city else list(investors)
    return next((found for place in places if (found := origin_of(place, home, atlas))), None)


def home_place(uow: UnitOfWork, atlas: Atlas) -> Home | None:
    """Return the home of the ledger; None while it has no city."""
    root = uow.session.scalars(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id)).first()
    return home_of(root, atlas) if root else None


def refresh_origin(uow: UnitOfWork, project: Project) -> None:
    """Set the origin of one project from what it and its investors say now."""
    atlas = Atlas(uow.words)
    investors = (Place(one.country, one.province, one.city) for one in project.investors)
    own = Place(None, project.investor_province, project.investor_city)
    project.origin = project_origin(own, investors, home_place(uow, atlas), atlas)


def refresh_origins(uow: UnitOfWork) -> int:
    """Set the origin of every project anew; return how many have none."""
    atlas = Atlas(uow.words)
    home = home_place(uow, atlas)
    investors = _investor_places(uow)
    query = select(Project.id, Project.investor_province, Project.investor_city, Project.origin)
    changes, unknown = [], 0
    for project_id, province, city, before in uow.session.execute(query):
        origin = project_origin(Place(None, province, city), investors.get(project_id, ()), home, atlas)
        unknown += origin is None
        if origin != before:
            changes.append({"id": project_id, "origin": origin})
    for start in range(0, len(changes), BATCH):
        uow.session.execute(update(Project), changes[start : start + BATCH])
    return unknown


def _investor_places(uow: UnitOfWork) -> Mapping[int, list[Place]]:
    query = (
        select(Investor.project_id, Enterprise.country, Enterprise.province, Enterprise.city)
        .join(Enterprise, Enterprise.id == Investor.enterprise_id)
        .order_by(Investor.project_id, Investor.position)
    )
    found: dict[int, list[Place]] = {}
    for project_id, country, province, city in uow.session.execute(query):
        found.setdefault(project_id, []).append(Place(country, province, city))
    return found
