"""The declarative base and the column types all tables share."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, Integer, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column

FEN = Decimal(100)
MICRO = Decimal(1_000_000)
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Money(TypeDecorator[Decimal]):
    """An amount in 元 as Decimal, kept as whole 分: sums stay exact in both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Store 分."""
        return None if value is None else int(Decimal(value) * FEN)

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Decimal | None:
        """Return 元."""
        return None if value is None else Decimal(value) / FEN


class Scaled(TypeDecorator[Decimal]):
    """A target or figure of any unit (元, a count, a ratio) as Decimal, kept in millionths."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Store millionths."""
        return None if value is None else int(Decimal(value) * MICRO)

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Decimal | None:
        """Return the value."""
        return None if value is None else Decimal(value) / MICRO


class Moment(TypeDecorator[dt.datetime]):
    """An aware time, kept as microseconds since 1970: exact, sortable, the same in both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:
        """Store microseconds; refuse a naive time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        return int((value - EPOCH) / dt.timedelta(microseconds=1))

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:
        """Return an aware time in UTC."""
        return None if value is None else EPOCH + dt.timedelta(microseconds=int(value))


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Key = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)]
Code = Annotated[str, mapped_column(String(32))]
Yuan = Annotated[Decimal, mapped_column(Money)]
Value = Annotated[Decimal, mapped_column(Scaled)]
Instant = Annotated[dt.datetime, mapped_column(Moment)]
Names = Annotated[list[str], mapped_column(JSON)]
Json = Annotated[dict[str, Any], mapped_column(JSON)]


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
