"""Reading a page's stored bodies again with today's parsers and settings, and correcting its history by them."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from monitor.check import read_stored
from monitor.readers import reader_of
from monitor.settings_models import PageSettings
from parsers.errors import ReadingError
from parsers.records import Page
from storage.observation import Corrected
from storage.store import Store

_BATCH: Final = 20
"""So many readings are kept at a time: an interruption costs no more."""

_log = logging.getLogger(__name__)


def reparse(
    page: PageSettings, store: Store, *, unread: Sequence[int], now: Callable[[], datetime], advance: Callable[[], None]
) -> Corrected:
    """Read the bodies `unread` (of `Store.unread`), then correct the page's history; `advance` is called after each.

    What was read before an interruption is kept. Raises StorageError, or ConfigError for a bad selector.
    """
    reader = reader_of(page)
    for start in range(0, len(unread), _BATCH):
        read: dict[int, Page | None] = {}
        for snapshot in unread[start : start + _BATCH]:
            read[snapshot] = _read(page, store, snapshot)
            advance()
        store.put_aside(reader, read)
    return store.correct(page.id, reader, now())


def _read(page: PageSettings, store: Store, snapshot: int) -> Page | None:
    stored = store.body(snapshot)
    try:
        # That it is the page was decided when it became a version.
        return read_stored(page, stored, vouched=True)
    except ReadingError as error:
        _log.warning("page %s, body %d of %s stays as it was read: %s", page.id, snapshot, stored.at, error)
        return None
