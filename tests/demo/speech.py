"""What the mayor said in January 2012, as questions and the figures that must come back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CITY = "宜宾市"
HUNDRED_MILLION = 100_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """One number of the speech: how it is asked, and the leading figure of the answer."""

    question: str
    metric: str
    value: float  # 元, a count or a ratio
    year: int = 2011
    unit: str = CITY
    value_unit: str = "count"
    numerator: int | None = None
    denominator: int | None = None
    cohort: str | None = None
    growth: float | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)  # beside metric, unit and period


def money(question: str, metric: str, hundred_million: str, **more: Any) -> Said:
    """Return an amount said in 亿."""
    whole, _, part = hundred_million.partition(".")
    value = int(whole) * HUNDRED_MILLION + int(part.ljust(8, "0") or 0)
    return Said(question, metric, value, value_unit="CNY", **more)


def rate(question: str, metric: str, percent: int) -> Said:
    """Return a rate over the 100 projects of the 2011 supervised list."""
    filters = {"list": "supervised"}
    return Said(
        question, metric, percent / 100, 2011, CITY, "ratio", percent, 100, "supervised", None, {"filters": filters}
    )


SPEECH = (
    Said("2011年全市履约项目数是多少", "fulfilled_count", 523),
    money("2011年全市到位市外资金多少", "funds_outside_city", "502.48", growth=0.448),
    money("2011年全市到位省外资金多少", "funds_outside_province", "316.8", growth=0.388),
    money("2010年全市到位市外资金多少", "funds_outside_city", "347.0166", year=2010),
    money("2010年全市到位省外资金多少", "funds_outside_province", "228.2421", year=2010),
    Said("2011年全市外出批次多少", "trips", 323),
    Said("2011年市本级外出批次多少", "trips", 30, unit="市本级"),
    Said("2011年全市拜访企业数多少", "enterprises_visited", 1768),
    Said("2011年全市签约项目多少个", "signed_count", 200),
    money("2011年全市签约金额多少", "signed_amount", "502.07"),
    rate("2011年督办项目履约率多少", "fulfilment_rate", 96),
    rate("2011年督办项目开工率多少", "start_rate", 93),
    rate("2011年督办项目投产率多少", "production_rate", 42),
)

TARGETS = (  # asked with aspect target: the figure target_base or target_stretch of the answer
    money("2012年全市到位市外资金目标多少", "target_base", "508", year=2012, slots={"of": "funds_outside_city"}),
    money("2012年全市到位市外资金力争目标多少", "target_stretch", "550", year=2012, slots={"of": "funds_outside_city"}),
    money(
        "2012年全市到位省外资金力争目标多少", "target_stretch", "426", year=2012, slots={"of": "funds_outside_province"}
    ),
    Said("2012年督办项目履约率目标多少", "target_base", 0.95, 2012, CITY, "ratio", slots={"of": "fulfilment_rate"}),
    Said("2012年督办项目开工率目标多少", "target_base", 0.85, 2012, CITY, "ratio", slots={"of": "start_rate"}),
    Said("2012年督办项目资金到位率目标多少", "target_base", 0.45, 2012, CITY, "ratio", slots={"of": "funds_rate"}),
)

LISTS = (  # asked with list_projects: the figure row_count of the answer
    Said("2011年市级重点督办项目有哪些", "row_count", 100, 2011, slots={"list": "supervised"}),
    Said("2012年市级重点督办项目有哪些", "row_count", 132, 2012, slots={"list": "supervised"}),
    Said("2012年重点跟踪促进项目有哪些", "row_count", 130, 2012, slots={"list": "tracked"}),
    Said("2012年包装推出项目有哪些", "row_count", 130, 2012, slots={"list": "packaged"}),
)

DISTRICT_TRIPS = 293
DISTINCT_FIRMS = 1768
PROVINCE_RANK = 4  # of 到位省外资金 in 2011, published
