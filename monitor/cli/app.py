"""The commands' table, and how every ending of a command becomes one line on stderr and an exit status."""

import os
import select
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Final

import typer

from monitor.cli import (
    archive,
    checking,
    correcting,
    exporting,
    looking,
    moving,
    operating,
    previewing,
    reading,
    running,
    starting,
    subscribing,
    telling,
)
from monitor.cli.arguments import ConfigOption
from monitor.cli.desk import DEBUG
from monitor.cli.show import OutputError, drop_stdout, tell, write
from monitor.errors import ExitStatus, FetchError
from notify.errors import SendError
from parsers.errors import MonitorError, ReadingError

NAME: Final = "ministry-monitor"

# Newer releases of typer carry their own copy of click: its errors are found through the one that typer exports.
_WRONG_USAGE: Final[type[Exception]] = typer.BadParameter.__mro__[1]


def _app(help_text: str) -> typer.Typer:
    return typer.Typer(
        help=help_text,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
    )


app = _app("Watches ministries' programme pages and tells people, in a sentence, what changed.")
subscribers_app = _app("Who is told of what: list, add, pause and remove them, see what they would hear.")
deliveries_app = _app("The messages: list them, send them again.")


def _show_version(asked: bool) -> None:
    if asked:
        write(f"{NAME} {version(NAME)}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    config: ConfigOption = None,  # noqa: ARG001  found again through the context
    show_version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        sys.stderr.write(context.get_help() + "\n")
        raise typer.Exit(ExitStatus.USAGE)


for _command in (
    *(starting.init, checking.check, reading.parse, reading.compare),
    *(looking.records, looking.changes, looking.history, checking.accept),
    *(running.run, operating.status, operating.doctor),
):
    app.command()(_command)
subscribers_app.command("list")(subscribing.list_subscribers)
subscribers_app.command("add")(subscribing.add)
subscribers_app.command("remove")(subscribing.remove)
subscribers_app.command("pause")(subscribing.pause)
subscribers_app.command("preview")(previewing.preview)
subscribers_app.command("test")(telling.send_test)
deliveries_app.command("list")(telling.list_deliveries)
deliveries_app.command("retry")(telling.retry_deliveries)
app.add_typer(subscribers_app, name="subscribers")
app.add_typer(deliveries_app, name="deliveries")
app.command()(archive.evidence)
app.command("import")(moving.import_)
app.command()(exporting.export)
app.command()(correcting.reparse)
app.command()(operating.migrate)
app.command()(archive.backup)
app.command()(starting.demo)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit status; whatever goes wrong is one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _invoke(arguments)
    except typer.Exit as leaving:
        return leaving.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return ExitStatus.INTERRUPTED
    except Exception as error:
        return _said(error)


def _invoke(arguments: Sequence[str]) -> int:
    command = typer.main.get_command(app)
    with command.make_context(NAME, list(arguments)) as context:
        return int(command.invoke(context) or ExitStatus.DONE)


def _said(error: Exception) -> int:
    """Say the error in one line on stderr; the exit status that it means."""
    if isinstance(error, MonitorError):
        tell(f"error: {error}")
        return status_of(error)
    if isinstance(error, _WRONG_USAGE):
        tell(f"error: {_usage_line(error)}")
        return ExitStatus.USAGE
    if isinstance(error, BrokenPipeError) and _reader_is_gone():
        drop_stdout()
        return ExitStatus.DONE
    return _unexpected(error)


def status_of(error: MonitorError) -> ExitStatus:
    """The exit status an error means: a page not fetched, not understood, not told, else bad usage or config."""
    if isinstance(error, OutputError):
        return ExitStatus.UNEXPECTED
    if isinstance(error, FetchError):
        return ExitStatus.NOT_FETCHED
    from monitor.sandbox import SandboxError  # noqa: PLC0415  only an error needs it

    if isinstance(error, ReadingError | SandboxError):
        return ExitStatus.SUSPECT
    return ExitStatus.NOT_DELIVERED if isinstance(error, SendError) else ExitStatus.USAGE


def _usage_line(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else NAME
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    return f"{message.rstrip('.')}. See: {path} --help"


def _unexpected(error: Exception) -> int:
    """Say the type alone: the message of an error nobody foresaw may hold a secret."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    tell(
        f"error: unexpected {type(error).__name__}, a fault of the program; "
        f"run again with {DEBUG}=1 for the traceback to report"
    )
    return ExitStatus.UNEXPECTED


def _reader_is_gone() -> bool:
    """Whether it is stdout whose pipe is broken, and not a connection's."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))
