"""What a command works on: the settings, the store, the clock. Heavy parts are imported when first asked for."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from monitor.cli.arguments import did_you_mean
from monitor.errors import UsageError

DEBUG: Final = "MINISTRY_MONITOR_DEBUG"

if TYPE_CHECKING:
    from monitor.settings_models import Settings
    from storage.observation import PageInfo
    from storage.store import Store


def now() -> datetime:
    """The instant, in UTC: the one place where the command line reads the clock."""
    return datetime.now(UTC)


def load_settings(config: Path | None) -> "Settings":
    """The settings of `config`, whose secrets the log blots out from now on. Raises ConfigError."""
    from monitor.logs import configure
    from monitor.settings import load

    settings = load(config or Path("config.toml"), os.environ)
    configure(secrets=settings.secrets())
    if os.environ.get(DEBUG):
        logging.getLogger("monitor").setLevel(logging.DEBUG)
    return settings


@contextmanager
def opened(config: Path | None) -> "Iterator[tuple[Settings, Store]]":
    """The settings and the store they name. Raises ConfigError, StorageError."""
    from storage.store import Store

    settings = load_settings(config)
    with Store.open(settings.monitor.database) as store:
        yield settings, store


def stored_page(settings: "Settings", store: "Store", page_id: str) -> "PageInfo":
    """The page of that id, watched now or formerly. Raises UsageError naming those there are."""
    from storage.observation import PageInfo

    state = store.state(page_id)
    if state is not None:
        return state.page
    page = settings.page(page_id)
    if page is not None:
        return PageInfo(id=page.id, name=page.name, url=page.url)
    known = {watched.id for watched in settings.pages} | {state.page.id for state in store.states()}
    raise UsageError(f"there is no page {page_id!r}", where=str(settings.path), todo=did_you_mean(page_id, known))
