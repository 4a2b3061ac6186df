"""The city's rule set: definitions, thresholds, deadlines and rounding, as data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What this city decided; the default is `default.toml` beside this file."""

    closing_day: int  # a month closes at 00:00 of this day of the next one
    part_of_day: Mapping[str, str]  # morning, noon, afternoon, evening -> HH:MM a reminder rings
    home_currency: str
    ranking_push: Mapping[str, Any]
    digest_push: Mapping[str, Any]
    correction_days: int  # after these days a correction needs the head of the unit
    invite_days: int
    late_hours: int  # a push later than this is dropped
    quiet_hours: Mapping[str, str]  # start, end as HH:MM: rankings and digests wait, what a person asked for rings


def default_rules() -> RuleSet:
    """Return the rule set shipped with the product."""
    return RuleSet(**tomllib.loads((files("domain.rules") / "default.toml").read_text(encoding="utf-8")))
