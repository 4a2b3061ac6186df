"""The settings: environment variables `ZHAOSHANG_…`, read once, frozen."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.shapes import EARLIEST_YEAR, LATEST_YEAR


class Settings(BaseSettings):
    """What a process is told from outside."""

    model_config = SettingsConfigDict(env_prefix="ZHAOSHANG_", frozen=True, extra="ignore")

    database: str = "zhaoshang.db"
    timezone: str = "Asia/Shanghai"
    token: SecretStr | None = None
    api_base_url: str = "https://api.telegram.org"
    files: Path = Path("zhaoshang-files")  # where documents people send are kept

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as fault:
            raise ValueError(name) from fault
        return name

    @property
    def zone(self) -> ZoneInfo:
        """Return the city's time zone."""
        return ZoneInfo(self.timezone)


class Clock:
    """The only clock: the wall's, or one set to another day and running on from there."""

    def __init__(self, zone: ZoneInfo, start: dt.datetime | None = None) -> None:
        self.zone = zone
        self._ahead = dt.timedelta(0) if start is None else start - dt.datetime.now(dt.UTC)

    def now(self) -> dt.datetime:
        """Return the time now, aware, in the city's zone."""
        return (dt.datetime.now(dt.UTC) + self._ahead).astimezone(self.zone)

    def moment(self, text: str) -> dt.datetime:
        """Return an ISO time; without an offset it is local. Raise ValueError when it is none."""
        moment = dt.datetime.fromisoformat(text)
        if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            raise ValueError(text)
        return moment.replace(tzinfo=self.zone) if moment.tzinfo is None else moment.astimezone(self.zone)
