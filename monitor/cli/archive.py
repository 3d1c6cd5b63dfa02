"""`evidence` and `backup`: what leaves the store as a file."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli.arguments import ConfigOption, JsonOption
from monitor.cli.desk import load_settings, opened
from monitor.cli.files import whole
from monitor.cli.show import JAPAN, write, write_json

if TYPE_CHECKING:
    from monitor.settings_models import Settings
    from storage.evidence import Evidence


def evidence(
    change: Annotated[int, typer.Argument(metavar="CHANGE", help="The change's id, as `changes` shows it.")],
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="The zip to write (default evidence-CHANGE.zip).")
    ] = None,
    language: Annotated[
        Literal["ja", "en"] | None, typer.Option("--language", help="Of the page in it (default monitor.language).")
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write a zip that proves a change.

    Both bodies as received, their headers, the records, the chain of hashes between, and a page to read first.

    \b
    Example: ministry-monitor evidence 12 --output evidence.zip
    """
    from notify.evidence import bundle

    with opened(config) as (settings, store):
        found = store.evidence(change)
        _require_shown(found, settings)
        made = bundle(found, language or settings.monitor.language)
    file = output or Path(f"evidence-{change}.zip")
    with whole(file) as out:
        out.write(made)
    digest = hashlib.sha256(made).hexdigest()
    if as_json:
        write_json({"change": change, "file": str(file), "size": len(made), "sha256": digest})
    else:
        write(f"Wrote {file}: {len(made)} bytes, SHA-256 {digest}. Read index.html in it first.\n")


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write; an older copy there is replaced.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Copy the database while it is in use.

    The copy is checked before it takes its place. To restore it, put it where monitor.database points while nothing
    runs, and remove the files ending in -wal and -shm there.

    \b
    Example: ministry-monitor backup /srv/backup/monitor.db
    """
    from storage.backup import backup as copy

    made = copy(load_settings(config).monitor.database, file)
    if as_json:
        write_json({"file": str(made.file), "size": made.size, "schema": made.schema})
    else:
        write(f"Wrote {made.file}: {made.size} bytes, schema {made.schema}, checked.\n")


def _require_shown(evidence: "Evidence", settings: "Settings") -> None:
    """Read both bodies: what they do not show is no evidence. Raises StorageError."""
    from monitor.check import read_stored
    from monitor.settings_models import PageSettings
    from parsers.errors import ReadingError
    from storage.compare import compare
    from storage.corrections import holds
    from storage.errors import StorageError

    change, page = evidence.change, evidence.page
    sides = [side.as_stored() for side in (evidence.before, evidence.after) if side is not None]
    bodies = [side for side in sides if side is not None]
    if change.kind == "page" or change.change.endswith(".corrected") or len(bodies) < 2:
        return
    read_as = settings.page(page.id) or PageSettings(id=page.id, url=page.url)
    try:
        old, new = (read_stored(read_as, body, vouched=True).records for body in bodies)
    except ReadingError as error:
        error.todo = f"Mend the settings of page {page.id}; today's reading of both bodies must show the change"
        raise
    day = change.detected_at.astimezone(JAPAN).date()
    if not any(holds(change, found) for found in compare(old, new, day)):
        raise StorageError(
            f"the bodies do not show change {change.id}",
            where=f"page {page.id}",
            why="parsers or settings of the page read them otherwise by now, or the database was altered",
            todo=f"Run `ministry-monitor reparse {page.id}`, which takes back what never was, or restore a backup",
        )
