"""Where money comes from is told by places alone."""

import pytest

from domain.models import Unit
from domain.origins import Atlas, Home, Place, home_of, origin_of, project_origin
from domain.ports import SheetWords

YIBIN = Home("四川", "宜宾")


@pytest.fixture(scope="session")
def atlas(words: SheetWords) -> Atlas:
    """Return the atlas of the real place list."""
    return Atlas(words)


@pytest.mark.parametrize(
    ("place", "short"),
    [
        ("四川省", "四川"),
        ("宜宾市", "宜宾"),
        ("广西壮族自治区", "广西"),
        ("内蒙古自治区", "内蒙古"),
        ("香港特别行政区", "香港"),
        ("凉山彝族自治州", "凉山"),
        ("凉山州", "凉山"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("杭州", "杭州"),
        ("泰州市", "泰州"),
        ("翠州市", "翠州"),
        ("翠州", "翠州"),
        ("西翠州", "西翠州"),
    ],
)
def test_short_names(atlas: Atlas, place: str, short: str) -> None:
    assert atlas.short(place) == short


@pytest.mark.parametrize(
    ("country", "province", "city", "origin"),
    [
        ("德国", None, None, "overseas"),
        ("德国", "四川", "宜宾", "overseas"),
        ("中国", "香港", None, "overseas"),
        (None, "台湾省", "台北市", "overseas"),
        (None, "香港特别行政区", None, "overseas"),
        (None, "浙江省", "杭州市", "out_of_province"),
        ("中国", "广东", None, "out_of_province"),
        (None, None, "深圳市", "out_of_province"),
        (None, "四川省", "成都市", "in_province"),
        (None, None, "成都", "in_province"),
        (None, "四川", None, "in_province"),
        (None, "四川", "宜宾市", "local"),
        (None, None, "宜宾", "local"),
        (None, "四川省", "宜宾市翠屏区", "local"),
        (None, None, "无名市", None),
        (None, None, None, None),
        ("中国", None, None, None),
    ],
)
def test_origin_of_an_investor(
    atlas: Atlas, country: str | None, province: str | None, city: str | None, origin: str
) -> None:
    assert origin_of(Place(country, province, city), YIBIN, atlas) == origin


def test_the_projects_own_place_goes_before_its_investors(atlas: Atlas) -> None:
    investors = [Place(None, None, None), Place("日本", None, None), Place(None, "浙江", None)]
    assert project_origin(Place(None, "四川", "成都"), investors, YIBIN, atlas) == "in_province"
    assert project_origin(Place(), investors, YIBIN, atlas) == "overseas"
    assert project_origin(Place(), [], YIBIN, atlas) is None


@pytest.mark.parametrize(
    ("unit", "home"),
    [
        (Unit(name="宜宾市"), YIBIN),
        (Unit(name="宜宾市", province="四川省", city="宜宾市"), YIBIN),
        (Unit(name="云溪市"), Home(None, "云溪")),
        (Unit(name="云溪市", province="云岭省"), Home("云岭", "云溪")),
    ],
)
def test_the_home_of_the_city_row(atlas: Atlas, unit: Unit, home: Home) -> None:
    assert home_of(unit, atlas) == home


def test_without_a_known_province_only_abroad_is_told_apart(atlas: Atlas) -> None:
    home = Home(None, "云溪")
    assert origin_of(Place("美国"), home, atlas) == "overseas"
    assert origin_of(Place(None, "浙江", "杭州"), home, atlas) is None


def test_a_municipality_is_its_own_province_and_a_namesake_is_not(atlas: Atlas) -> None:
    assert origin_of(Place(None, "重庆市", "渝中区"), Home("重庆", "重庆"), atlas) == "local"
    assert origin_of(Place(None, "吉林省", "长春市"), Home("吉林", "吉林"), atlas) == "in_province"
