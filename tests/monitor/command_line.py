"""Command lines, run in this process and in a folder of their own."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.app import run


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def csv(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out.removeprefix("\ufeff"), newline="")))


Command = Callable[..., Ended]


def command_in(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """What runs a command line in that folder."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("COLUMNS", raising=False)  # the width of whatever terminal the tests run in

    def ended(*arguments: str) -> Ended:
        capsys.readouterr()
        status = run(arguments)
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return ended
