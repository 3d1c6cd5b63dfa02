"""`init` and `demo`: the first two things a newcomer runs."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import shlex
import sysconfig
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path

from monitor.cli.arguments import ConfigOption
from monitor.cli.show import local, printable, write, write_table
from monitor.errors import UsageError


def init(config: ConfigOption = None) -> None:
    """Write a commented config.toml, to be edited.

    \b
    Example: ministry-monitor init
    """
    path = config or Path("config.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(files("monitor").joinpath("template.toml").read_text(encoding="utf-8"))
    except FileExistsError:
        raise UsageError(
            "exists already and stays as it is", where=str(path), todo="Edit it, or write another: --config PATH"
        ) from None
    except OSError as error:
        raise UsageError("cannot be written", where=str(path), why=error.strerror or "") from None
    option = "" if str(path) == "config.toml" else f" --config {shlex.quote(str(path))}"
    write(
        f"Wrote {path}. It watches one page and tells nobody yet.\n\n"
        "1. Edit it: who is told ([[subscribers]], [operator]) and how mail leaves ([mail]).\n"
        f"2. ministry-monitor doctor{option}: is all well?\n"
        f"3. ministry-monitor subscribers test NAME{option}: does a message arrive?\n"
        f"4. ministry-monitor check{option}: the first check is the baseline, of which nobody is told.\n"
        f"5. Let it run as a daemon: ministry-monitor run{option}\n"
        f"   or let cron check: {_cron_line(path, option)}\n"
    )


def _cron_line(path: Path, option: str) -> str:
    installed = Path(sysconfig.get_path("scripts")) / "ministry-monitor"
    folder = shlex.quote(str(path.absolute().parent)) if not option else "/"
    option = f" --config {shlex.quote(str(path.absolute()))}" if option else ""
    return f"0 9-18 * * mon-fri  cd {folder} && {shlex.quote(str(installed))} check{option} > /dev/null"


def demo() -> None:
    """Show a change, from page to mail, without network.

    \b
    Example: ministry-monitor demo
    """
    from monitor.demo.run import run
    from notify.wording import summary

    write("A programme page as it stood on two days is served on 127.0.0.1 and checked twice.\n\n")
    shown = run()
    first, second = shown.checks
    write(
        f"1. First check, as on {local(shown.dates[0])}: {first.record_count} records. "
        "This is the baseline, of which nobody is told.\n\n"
        f"2. Second check, as on {local(shown.dates[1])}: {second.record_count} records, "
        f"{len(second.changes)} changes.\n\n"
    )
    write_table(
        ("change", "what a subscriber is told"),
        ((change.change, summary(change, "ja")) for change in second.changes),
        unbroken=(0,),
    )
    write(f"\n3. The mail that desk@example.jp got, by SMTP on 127.0.0.1:\n\n{_letter(shown.mail)}\n")
    write(
        "4. What to do next:\n"
        "   ministry-monitor init      writes a config.toml that watches the real page: edit it\n"
        "   ministry-monitor doctor    is all well?\n"
        "   ministry-monitor check     the first check is the baseline\n"
        "Nothing of this demo is left behind.\n"
    )


def _letter(mail: EmailMessage) -> str:
    """The headers that matter and the text as its reader sees it, set off by a margin."""
    lines = [f"{name}: {printable(str(mail[name]))}" for name in ("From", "To", "Subject", "Date", "Message-ID")]
    body = mail.get_body(("plain",))
    if body is not None:
        lines += ["", *(printable(line) for line in body.get_content().splitlines())]
    return "\n".join(f"   │ {line}".rstrip() for line in lines) + "\n"
