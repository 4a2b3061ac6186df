"""In what unit a target of an indicator is counted, and which indicators may have one."""

MONEY = frozenset({"funds_outside_city", "funds_outside_province", "funds_overseas", "funds_total", "signed_amount"})
RATIOS = frozenset(
    {
        "fulfilment_rate",
        "start_rate",
        "production_rate",
        "funds_rate",
        "funds_rate_contract",
        "funds_rate_plan",
        "landing_rate",
        "lead_valid_rate",
        "issue_solved_rate",
        "completion",
    }
)
COUNTS = frozenset(
    {
        "signed_count",
        "new_started_count",
        "producing_count",
        "fulfilled_count",
        "lead_count",
        "visits",
        "enterprises_visited",
        "trips",
        "receptions",
        "people_received",
        "posted_days",
        "score",
    }
)
INDICATORS = MONEY | RATIOS | COUNTS


def value_unit(indicator: str) -> str:
    """Return the value unit of contract §3 a target of `indicator` is in."""
    if indicator in MONEY:
        return "CNY"
    if indicator in RATIOS:
        return "ratio"
    return "score" if indicator == "score" else "count"
