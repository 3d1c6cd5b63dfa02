"""What is wrong with settings, database, network and channels, and how to mend it.

Nothing is changed or sent, but that a dead-man's switch is called, as the daemon calls it.
"""

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from monitor.disk import nearly_full
from monitor.doctor_telling import audience, channels, filters
from monitor.errors import ConfigError, FetchError
from monitor.fetch import Client, Request, fetch
from monitor.findings import Finding
from monitor.heartbeat import Heartbeat
from monitor.readers import require_readable
from monitor.schedule import page_rhythm
from monitor.settings import unbuilt_in
from monitor.settings_models import Settings
from notify.subscribers import mask
from storage.errors import StorageError
from storage.japan import TOKYO
from storage.store import Store


def examine(settings: Settings, *, deep: bool = False) -> list[Finding]:
    """Everything, in the order in which it should be mended. Takes one page of each watched host.

    `deep` holds all that was ever received against its hash, which takes as long as reading all of it.
    """
    told = audience(settings)
    return [
        *_settings(settings),
        *_database(settings, deep=deep),
        *_network(settings),
        *_heartbeat(settings),
        *channels(settings, told),
        *filters(settings, told),
    ]


def _settings(settings: Settings) -> Iterator[Finding]:
    where = str(settings.path)
    yield Finding("ok", where, "is valid")
    for key in unbuilt_in(settings):
        yield Finding("note", key, "is accepted, but its feature is not built yet: it does nothing")
    if settings.web.public_url and settings.web.secret is not None:
        yield Finding(
            "note",
            "web.public_url",
            "mails have links to unsubscribe, but the page that takes them is not built yet",
            "Leave it empty until then",
        )
    if not settings.pages:
        yield Finding("wrong", where, "watches no page", "Add a [[pages]] with id and url")
    try:
        require_readable(settings)
    except ConfigError as error:
        yield from (Finding("wrong", where, problem) for problem in error.problems)
    yield from _schedules(settings)
    yield from (Finding("wrong", "disk", line, "Make room") for line in nearly_full(settings))
    if not settings.subscribers:
        yield Finding("note", where, "names no subscriber: nobody is told of changes", "Add [[subscribers]]")
    if not settings.operator.to:
        yield Finding("note", where, "names no operator: nobody is told of pages that fail", "Add [operator] to")


def _schedules(settings: Settings) -> Iterator[Finding]:
    """Schedules that never come; one that stands for several pages is named once."""
    found: dict[str, Finding] = {}
    now = datetime.now(UTC)
    for page in settings.pages:
        try:
            page_rhythm(settings, page).first_due(now)
        except ConfigError as error:
            found.setdefault(str(error), Finding("wrong", error.where, error.what, error.todo))
    yield from found.values()


def _database(settings: Settings, *, deep: bool) -> Iterator[Finding]:
    url, path = settings.monitor.database, settings.monitor.database_file
    what = f"database {path or ''}".strip()
    if path is not None and not path.exists():
        yield Finding("note", what, "is not there yet", "The first `check` makes it")
        return
    if path is not None and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        yield Finding("wrong", what, "cannot be written by this user", "Change the owner of file and folder")
        return
    try:
        with Store.open(url, migrate=False) as store:
            what = f"database {store.where}"
            states = store.states()
            damage = _damage(path) if path else ""
            received = list(_received(store)) if deep and not damage else []
    except StorageError as error:
        yield Finding("wrong", what, error.what + (f" ({error.why})" if error.why else ""), error.todo)
        return
    if damage:
        yield Finding("wrong", what, f"is damaged: {damage}", "Restore a backup")
    else:
        yield Finding("ok", what, f"is sound and of this version; it knows {_counted(len(states), 'page')}")
    yield from received


def _received(store: Store) -> Iterator[Finding]:
    """Whether all that was received is still what was recorded."""
    found = store.verify()
    for flaw in found.flaws:
        at = f", recorded {flaw.at.astimezone(TOKYO):%Y-%m-%d %H:%M}" if flaw.at else ""
        yield Finding("wrong", f"page {flaw.page}, snapshot {flaw.snapshot}{at}", flaw.differs, "Restore a backup")
    for damage in found.damaged:
        yield Finding("wrong", "database", damage, "Restore a backup")
    if found.flaws or found.damaged:
        return
    bodies = _counted(found.bodies - found.thinned, "body", "bodies")
    thinned = f"; of {found.thinned} older than monitor.keep_bodies the hash" if found.thinned else ""
    yield Finding(
        "ok",
        f"{_counted(found.snapshots, 'snapshot')} of {_counted(found.pages, 'page')}",
        f"as recorded, each entry of the chain and {bodies}{thinned}; all that was made of them can be read",
    )


def _counted(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"


def _damage(path: Path) -> str:
    """What SQLite finds wrong with its file; empty if nothing."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        connection.close()
    return "" if answer == "ok" else str(answer)


def _network(settings: Settings) -> Iterator[Finding]:
    """The first page of each host is fetched: name, connection, TLS and answer are all seen at once."""
    firsts = {urlsplit(page.url).netloc: page for page in reversed(settings.pages)}
    with Client(settings.fetch) as client:
        for host, page in reversed(firsts.items()):
            try:
                fetched = fetch(client, Request(url=page.url))
            except FetchError as error:
                why = f" ({error.why})" if error.why else ""
                yield Finding("wrong", f"host {host}", f"{error.where}: {error.what}{why}", error.todo)
            else:
                yield Finding("ok", f"host {host}", f"answers {fetched.status} in {fetched.seconds:.1f} s")


def _heartbeat(settings: Settings) -> Iterator[Finding]:
    url = settings.monitor.heartbeat_url.get_secret_value()
    if not url:
        return
    what = f"monitor.heartbeat_url {mask(url)}"
    problem = Heartbeat(url).call()
    if problem:
        yield Finding("wrong", what, problem, "Check the address: without these calls the switch raises the alarm")
    else:
        yield Finding("ok", what, "answers")
