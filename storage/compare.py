"""Comparing two versions of a page: what a careful reader would say has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from parsers.records import Record
from storage.changes import Change
from storage.differences import differing_fields, names_of
from storage.flags import date_flags
from storage.keys import new_keys
from storage.matching import Matching, cause_of, correspond
from storage.places import PAGE
from storage.texts import text_changes

__all__ = ["Matching", "carry", "compare", "correspond"]

# The index of a new record, or of the new record after which a removed one stood, and what settles ties.
_Order = tuple[int, int, int]


def compare(
    old: Sequence[Record],
    new: Sequence[Record],
    today: date,
    files: Mapping[str, object] | None = None,  # noqa: ARG001 - flags of files stay unset until files are read
    *,
    matching: Matching | None = None,
    remembered: Sequence[Record] = (),
) -> list[Change]:
    """The differences between two versions of one page, in page order, however `old` and `new` are ordered.

    `old` carries the keys under which its records are known; changes name records by them. `today` is the
    day in Japan by which a date lies in the future. `files` is for the contents of linked files; a flag whose
    file is missing stays unset. `matching` is `correspond(old, new)` where it is known already. `remembered`
    are the records that were on the page before `old`, the latest gone first: one that is back has its key.
    """
    matching = matching or correspond(old, new)
    keys = new_keys(matching, remembered)
    orders = _old_orders(matching)
    found: list[tuple[_Order, Change]] = []
    for index, record in enumerate(matching.after.records):
        if record.kind == "text":
            continue
        told = _change_of if index in matching.to_old else _added
        if change := told(matching, index, keys, today):
            found.append(((index, 0, 0), change))
    old_keys = [record.key for record in matching.before.records]
    for index, record in enumerate(matching.before.records):
        if record.kind != "text" and index not in matching.to_new:
            cause = cause_of(matching.before, matching.to_new, index, old_keys)
            found.append((orders[index], _removed(record, cause)))
    for old_index, new_index, change in text_changes(matching, keys):
        found.append((orders[old_index] if new_index is None else (new_index, 0, 0), change))
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


def carry(
    old: Sequence[Record],
    new: Sequence[Record],
    *,
    matching: Matching | None = None,
    remembered: Sequence[Record] = (),
) -> list[Record]:
    """`new` in page order, its records under the keys by which `old` knows them.

    A new one gets the key it had when it was last seen, as `remembered` tells (see `compare`), or else its
    natural key, with `~2`, `~3` … where a record of its kind holds that already.
    """
    matching = matching or correspond(old, new)
    keys = new_keys(matching, remembered)
    return [replace(record, key=key) for record, key in zip(matching.after.records, keys, strict=True)]


def _added(matching: Matching, index: int, keys: Sequence[str], today: date) -> Change:
    record = replace(matching.after.records[index], key=keys[index])
    return Change(
        change=f"{record.kind}.added",
        kind=record.kind,
        key=record.key,
        title=record.title,
        path=record.path,
        flags=date_flags(None, record, today),
        cause=cause_of(matching.after, matching.to_old, index, keys),
        after=record.as_dict(),
        url=record.url,
    )


def _change_of(matching: Matching, index: int, keys: Sequence[str], today: date) -> Change | None:
    counterpart = matching.to_old[index]
    old, record = matching.before.records[counterpart], matching.after.records[index]
    fields = differing_fields(old, record, matching.expected[counterpart], matching.after.places[index])
    if not fields:
        return None
    record = replace(record, key=keys[index])
    names = names_of(record.kind, old, record, fields)
    return Change(
        change=names[0],
        kind=record.kind,
        key=record.key,
        title=record.title,
        path=record.path,
        also=names[1:],
        fields=fields,
        flags=date_flags(old, record, today),
        before=old.as_dict(),
        after=record.as_dict(),
        url=record.url,
    )


def _removed(record: Record, cause: str | None) -> Change:
    return Change(
        change=f"{record.kind}.removed",
        kind=record.kind,
        key=record.key,
        title=record.title,
        path=record.path,
        cause=cause,
        before=record.as_dict(),
        url=record.url,
    )


def _old_orders(matching: Matching) -> list[_Order]:
    """Where each old record stands among the new: after what it followed; removed things stay together."""
    orders: list[_Order] = []
    last = -1
    for index, place in enumerate(matching.before.places):
        counterpart = matching.to_new.get(index)
        if counterpart is not None and matching.expected[index] == matching.after.places[counterpart]:
            last = counterpart
        with_owner = PAGE < place.owner < index and place.owner not in matching.to_new
        orders.append((orders[place.owner][0] if with_owner else last, 1, index))
    return orders
