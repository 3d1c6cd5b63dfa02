"""Natural keys: what a record is called on its page before storage carries it through renames."""

from collections import Counter
from collections.abc import Iterable, Sequence

from parsers.records import Document, Plan, Record, Text
from parsers.text import fold


def natural_key(record: Record) -> str:
    """The record's key from its own fields: folded parts joined by "|", empty parts left out.

    Category, programme: title. Plan: type, network, each company. Document: programme, first sub-heading,
    title. Text: its headings.
    """
    match record:
        case Plan():
            parts: Sequence[str | None] = (record.plan_type, record.network, *record.companies)
        case Document():
            parts = (record.programme, first_sub_heading(record), record.title)
        case Text():
            parts = record.path
        case _:
            parts = (record.title,)
    return "|".join(folded for part in parts if part and (folded := fold(part)))


def first_sub_heading(record: Document) -> str | None:
    """The outermost heading below the programme (without one: below nothing, the outermost of all)."""
    path = list(record.path)
    if record.programme in path:
        path = path[path.index(record.programme) + 1 :]
    return path[0] if path else None


def number(records: Iterable[Record]) -> None:
    """Gives fresh records, whom nobody else holds yet, their place and natural key: `~2`, `~3` among equals."""
    seen: Counter[tuple[str, str]] = Counter()
    for position, record in enumerate(records):
        key = natural_key(record)
        seen[record.kind, key] += 1
        count = seen[record.kind, key]
        # Frozen for everyone but their maker; copying them all costs more than reading the page's markup.
        object.__setattr__(record, "key", key if count == 1 else f"{key}~{count}")
        object.__setattr__(record, "position", position)
