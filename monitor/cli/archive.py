"""`evidence` and `backup`: what leaves the store as a file."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import hashlib
from pathlib import Path
from typing import Annotated, Literal

import typer

from monitor.cli.arguments import ConfigOption, JsonOption
from monitor.cli.desk import load_settings, opened
from monitor.cli.files import whole
from monitor.cli.show import write, write_json


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
        made = bundle(store.evidence(change), language or settings.monitor.language)
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
