"""The command line. `main` is the entry point of the `ministry-monitor` command and of `python -m monitor`."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import sys


def main() -> None:
    """Run the command of `sys.argv` and leave with its exit status."""
    try:
        from monitor.cli.app import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
