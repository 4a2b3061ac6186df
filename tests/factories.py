"""Small things tests are made of."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 3, 18, 10, 0, tzinfo=CITY_ZONE)


class NoNames:
    """A name index over nothing, for tests that link by exact name only."""

    def candidates(
        self,
        kind: str,
        text: str,
        hints: Mapping[str, Any] | None = None,
    ) -> Sequence[tuple[int, float]]:
        """Find nothing."""
        return []
