"""The name book: found as said, followed when changed, linked only with evidence."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bot.catalog import load_catalog
from bot.names.book import NameBook
from bot.names.forms import split_row
from bot.names.words import NameWords, name_words
from domain.models import AuditRow, Base, Enterprise, Person, Unit
from domain.names import Named
from tests.corpus.heard_city import NOW, fill

ENOUGH = 10_000


@pytest.fixture(scope="module")
def words() -> NameWords:
    return name_words(load_catalog())


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        fill(opened)
        yield opened
    engine.dispose()


@pytest.fixture
def book(session: Session, words: NameWords) -> NameBook:
    return NameBook.load(session.connection(), words)


def found(book: NameBook, kind: str, text: str) -> list[str]:
    """Return the canonical names a text may mean, best first."""
    return [book.name(kind, row_id) for row_id, _ in book.candidates(kind, text)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("比亚迪", "比亚迪股份有限公司"),
        ("比亚迪股份", "比亚迪股份有限公司"),
        ("深圳翰益信息技术股份有限公司", "深圳市翰益信息技术股份有限公司"),
        ("翰益信息", "深圳市翰益信息技术股份有限公司"),
        ("比亚滴", "比亚迪股份有限公司"),
        ("佑洋電子", "东莞佑洋电子科技有限责任公司"),
    ],
)
def test_a_firm_is_found_as_said(book: NameBook, said: str, meant: str) -> None:
    assert found(book, "enterprise", said) == [meant]


@pytest.mark.parametrize("said", ["比亚迪电子", "湛畅化工", "国轩达", "科技有限公司", "深圳", "铭诚建材"])
def test_a_sibling_or_stranger_is_nobody(book: NameBook, said: str) -> None:
    assert found(book, "enterprise", said) == []


def test_a_brand_of_several_firms_means_them_all(book: NameBook) -> None:
    assert set(found(book, "enterprise", "湛畅")) == {"四川湛畅食品有限公司", "东莞湛畅文旅发展有限公司"}


def test_units_go_by_short_and_old_names(book: NameBook) -> None:
    assert found(book, "unit", "翠屏") == ["翠屏区"]
    assert found(book, "unit", "临港开发区") == ["临港经济开发区"]
    assert found(book, "unit", "投促局") == ["市招商引资局"]


def test_a_name_added_elsewhere_is_found_after_refresh(book: NameBook, session: Session) -> None:
    assert not book.refresh(session.connection())
    added = Enterprise(name="南京天工微电子有限公司")
    session.add(added)
    session.flush()
    session.add(AuditRow(at=NOW, action="create", subject="enterprise", subject_id=str(added.id)))
    session.flush()
    assert book.refresh(session.connection())
    assert found(book, "enterprise", "天工微电子") == ["南京天工微电子有限公司"]


def test_a_renamed_or_removed_row_goes_by_its_old_name_no_more(book: NameBook, session: Session) -> None:
    row = session.query(Enterprise).filter_by(name="比亚迪股份有限公司").one()
    row.name, row.short_name, row.aliases = "天行者汽车有限公司", None, []
    session.add(AuditRow(at=NOW, action="change", subject="enterprise", subject_id=str(row.id)))
    session.flush()
    book.refresh(session.connection())
    assert found(book, "enterprise", "天行者汽车") == ["天行者汽车有限公司"]
    assert found(book, "enterprise", "比亚迪股份有限公司") == []


def test_two_people_of_one_name_are_told_apart_by_unit(book: NameBook, session: Session) -> None:
    unit = session.query(Unit).filter_by(name="江安县").one()
    namesake = Person(name="谢晓燕", unit_id=unit.id, role="staff")
    session.add(namesake)
    session.flush()
    session.add(AuditRow(at=NOW, action="create", subject="person", subject_id=str(namesake.id)))
    session.flush()
    book.refresh(session.connection())
    assert set(found(book, "person", "谢晓燕")) == {"谢晓燕(翠屏区)", "谢晓燕(江安县)"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("软件园", ["翰益信息软件园项目"]),
        ("生猪养殖", ["渝益农业生猪养殖项目"]),
        ("翰益软件园", ["翰益信息软件园项目"]),
        ("锂电隔膜项目", ["煦泽新材锂电隔膜二期项目"]),
        ("储能系统", ["铭诚能源储能系统项目", "拓旭能源储能系统生产基地"]),
        ("项目", []),
    ],
)
def test_a_project_is_found_by_its_product(book: NameBook, said: str, meant: list[str]) -> None:
    assert found(book, "project", said) == meant


@pytest.mark.parametrize(
    ("text", "said", "meant"),
    [
        ("嘉禄纺织二期上个月底打桩了", "嘉禄纺织二期", ["嘉禄纺织差别化纤维二期项目"]),
        ("渝益农业养殖场土建完成了", "渝益农业养殖场", ["渝益农业生猪养殖项目"]),
        ("渝益农业生猪项目停了", "渝益农业生猪项目", ["渝益农业生猪养殖项目"]),
        ("渝益农业生猪涨价了", "渝益农业", []),
        ("渝益农业来访", "渝益农业", []),
    ],
)
def test_a_project_is_heard_by_its_firm_and_a_part_of_its_name(
    book: NameBook, text: str, said: str, meant: list[str]
) -> None:
    hit = book.scan(text)[0]
    names = [book.name(ref.kind, ref.id) for ref in hit.refs if ref.kind == "project"]
    assert names == meant
    assert not meant or text[hit.start : hit.end] == said


@pytest.mark.parametrize(
    ("name", "short", "brand"),
    [
        ("湖北璞宸汽车部件有限公司", "璞宸汽配", "璞宸"),
        ("澜江市沱杰能源科技股份有限公司", "沱杰能源", "沱杰"),
        ("深圳市腾讯计算机系统有限公司", "腾讯", "腾讯"),
        ("宁德时代新能源科技股份有限公司", "宁德时代", "宁德时代"),
        ("中国第一汽车集团有限公司", "一汽", "中国第一"),
    ],
)
def test_a_short_name_tells_the_brand(words: NameWords, name: str, short: str, brand: str) -> None:
    assert split_row(Named("enterprise", 1, name, short), words).brand == brand
