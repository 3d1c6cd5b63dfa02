"""What all tables are built of: the names of their keys and indexes, and the kinds of columns."""

from typing import Any, Final

from sqlalchemy import JSON, MetaData, Text
from sqlmodel import Field, SQLModel

from storage.packing import PackedJson
from storage.types import UtcDateTime

_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# A column may be added to rows that are there only with a value; the migration then gives each row its own.
ADDED_LATER: Final = {"server_default": "-"}


class Base(SQLModel):
    metadata = MetaData(naming_convention=_NAMES)


def row_id() -> Any:
    return Field(default=None, primary_key=True)


def reference(target: str, *, index: bool = False) -> Any:
    return Field(foreign_key=target, index=index)


def moment() -> Any:
    return Field(sa_type=UtcDateTime)


def maybe_moment() -> Any:
    return Field(default=None, sa_type=UtcDateTime)


def plain_json() -> Any:
    return Field(sa_type=JSON)


def packed() -> Any:
    return Field(sa_type=PackedJson, sa_column_kwargs=ADDED_LATER)


def long_text() -> Any:
    return Field(sa_type=Text)


def maybe_text() -> Any:
    return Field(default=None, sa_type=Text)
