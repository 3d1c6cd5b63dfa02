"""The keys under which the records of a new version are known: carried, remembered or new."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from parsers.keys import natural_key
from parsers.records import Kind, Record
from parsers.text import fold
from storage.addresses import address
from storage.matching import Matching

# By what a record that comes back is known again, the surest first.
_SIGNS: tuple[Callable[[Record], Hashable | None], ...] = (
    lambda record: (record.kind, natural_key(record), address(record.url)),
    lambda record: (record.kind, natural_key(record)),
    # Its programme or heading may have been renamed meanwhile.
    lambda record: (record.kind, fold(record.title), address(record.url)) if record.url else None,
)


def new_keys(matching: Matching, remembered: Sequence[Record] = ()) -> list[str]:
    """The key of each record of the new version, in page order.

    One with a counterpart keeps its key. One that was on the page before, as `remembered` (the latest gone
    first) last showed it, gets the key it had. Another gets its natural key, with `~2`, `~3` … where a record
    of its kind holds that already.
    """
    records = matching.after.records
    keys, held = _carried(matching)
    if remembered and len(keys) < len(records):
        _recall(records, keys, held, remembered)
    for index, record in enumerate(records):
        if index not in keys:
            keys[index] = _free_key(natural_key(record), held[record.kind])
            held[record.kind].add(keys[index])
    return [keys[index] for index in range(len(records))]


def _carried(matching: Matching) -> tuple[dict[int, str], dict[Kind, set[str]]]:
    """The keys of those with a counterpart of their kind, and all that are held so."""
    keys: dict[int, str] = {}
    held: dict[Kind, set[str]] = defaultdict(set)
    for old_index, index in matching.to_new.items():
        old = matching.before.records[old_index]
        if old.kind == matching.after.records[index].kind:
            keys[index] = old.key
            held[old.kind].add(old.key)
    return keys, held


def _recall(
    records: Sequence[Record], keys: dict[int, str], held: dict[Kind, set[str]], remembered: Sequence[Record]
) -> None:
    for sign in _SIGNS:
        known: dict[Hashable, list[Record]] = defaultdict(list)
        for record in reversed(remembered):
            known[sign(record)].append(record)
        for index, record in enumerate(records):
            mark = sign(record) if index not in keys else None
            candidates = known.get(mark, []) if mark is not None else []
            while candidates and index not in keys:
                key = candidates.pop().key
                if key not in held[record.kind]:
                    keys[index] = key
                    held[record.kind].add(key)


def _free_key(base: str, held: set[str]) -> str:
    key, count = base, 1
    while key in held:
        count += 1
        key = f"{base}~{count}"
    return key
