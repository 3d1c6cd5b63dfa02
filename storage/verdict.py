"""Whether a page that could be read is what it should be: pure decisions of design section 5."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from parsers.records import Page, Record
from parsers.text import fold
from storage.observation import Problem

_LEAST_TO_COUNT: Final = 5
_AGREEING_CHECKS: Final = 3
_AGREEING_SPAN: Final = timedelta(hours=24)


def digest(records: Sequence[Record]) -> str:
    """SHA-256 (hex) over what the records say, whatever their order on the page."""
    lines = []
    for record in records:
        data = record.as_dict()
        del data["position"]
        lines.append(json.dumps(data, ensure_ascii=False, sort_keys=True))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def title_lost(content: Page, title_before: str | None) -> Problem | None:
    """A hard reason: the page had a title and has none."""
    if not title_before or fold(content.title):
        return None
    return Problem(kind="suspect", reason="title_lost", message=f"the page has lost its title {title_before!r}")


def shortfall(content: Page, before: Mapping[str, int]) -> Problem | None:
    """A count reason: a kind with 5 records or more fell to zero or below half, or one is under its floor.

    `before` counts the current version's records by kind, empty without one. A floor that the current version
    is itself under (a person accepted it) counts no longer than it stays as low.
    """
    now = Counter[str](record.kind for record in content.records)
    for kind, count in sorted(before.items()):
        if count >= _LEAST_TO_COUNT and now[kind] * 2 < count:
            message = f"{kind}: {now[kind]} where the last good page had {count}"
            return Problem(kind="suspect", reason="fewer_records", message=message)
    for kind, floor in sorted(content.floors.items()):
        least = min(floor, before.get(kind, 0)) if before else floor
        if now[kind] < least:
            message = f"{kind}: {now[kind]} where the page has at least {floor}"
            return Problem(kind="suspect", reason="below_floor", message=message)
    return None


def agreed(count: int, since: datetime, now: datetime) -> bool:
    """Whether `count` suspect checks with the same records, the first at `since`, make a new version."""
    return count >= _AGREEING_CHECKS and now - since >= _AGREEING_SPAN
