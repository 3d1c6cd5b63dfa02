"""What a sandbox does with a process that a body took over: whatever it says, it is an error of that body."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from monitor.sandbox import Bounds, Sandbox, SandboxError

SAVED = Path(__file__).parents[1] / "pages" / "support" / "accordion-lists.html"
ORDINARY = SAVED.read_bytes()
URL = "https://www.soumu.go.jp/ict/index.html"
SHORT = Bounds(seconds=0.4)
IMPOSTOR = """#!{python} -S
import json, socket, struct, sys, time
def send(data):
    channel.sendall(struct.pack(">Q", len(data)) + data)
def receive():
    channel.recv(*struct.unpack(">Q", channel.recv(8, socket.MSG_WAITALL)), socket.MSG_WAITALL)
with socket.socket(fileno=0) as channel:
    send(b"ready")
    receive(), receive()
    {act}
    channel.recv(1)
"""


@pytest.fixture
def taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a program in the interpreter's place that does as a process does whose body took it over."""

    def act(python: str) -> None:
        impostor = tmp_path / "impostor"
        impostor.write_text(IMPOSTOR.format(python=sys.executable, act=python))
        impostor.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(impostor))

    return act


def children() -> set[int]:
    """The processes this one started and has not reaped."""
    return {child.pid for child in psutil.Process().children()}


ERROR = {"what": "x", "where": "", "why": "", "todo": ""}


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\xff",
        b"[" * 50_000,
        b"[]",
        b"{}",
        b'{"page": null}',
        b'{"page": {"records": [{"kind": "none"}], "warnings": []}}',
        b'{"page": {}, "refused": {}}',
        json.dumps({"unreadable": {**ERROR, "reason": "anything"}}).encode(),
        json.dumps({"unreadable": ERROR}).encode(),
        json.dumps({"refused": {**ERROR, "what": 1}}).encode(),
        json.dumps({"fault": {"type": "ValueError"}}).encode(),
        json.dumps({"else": {}}).encode(),
    ],
    ids=lambda answer: str(answer[:60]),
)
def test_a_senseless_answer_is_an_error_of_that_body(taken_over: Callable[[str], None], answer: bytes) -> None:
    taken_over(f"send({answer!r})")
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="senseless") as ended:
        sandbox.parse(ORDINARY, url=URL)
    assert ended.value.reason == "parse_crash"


@pytest.mark.parametrize("act", ['send(b"?")', 'channel.sendall(b"\xff" * 8)'], ids=["senseless", "endless"])
def test_a_process_that_answered_wrongly_reads_no_other_body(taken_over: Callable[[str], None], act: str) -> None:
    taken_over(act)
    before = children()
    with Sandbox() as sandbox:
        with pytest.raises(SandboxError):
            sandbox.parse(ORDINARY, url=URL)
        assert children() == before


def test_an_answer_without_end_is_not_taken_in(taken_over: Callable[[str], None]) -> None:
    taken_over('channel.sendall(struct.pack(">Q", 1 << 40) + bytes(1 << 20))')
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="a message of 1099511627776 bytes") as ended:
        sandbox.parse(ORDINARY, url=URL)
    assert ended.value.reason == "parse_crash"


def test_an_answer_that_comes_in_drops_is_not_waited_for(taken_over: Callable[[str], None]) -> None:
    taken_over('channel.sendall(struct.pack(">Q", 999))\n    while not time.sleep(0.05): channel.sendall(b"x")')
    with Sandbox(SHORT) as sandbox, pytest.raises(SandboxError) as ended:
        sandbox.parse(ORDINARY, url=URL)
    assert ended.value.reason == "parse_timeout"


def test_a_process_that_hangs_up_and_lives_on_is_ended(taken_over: Callable[[str], None]) -> None:
    taken_over("channel.shutdown(2); time.sleep(60)")
    before = children()
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="broke off"):
        sandbox.parse(ORDINARY, url=URL)
    assert children() == before


@pytest.mark.parametrize("interpreter", ["/nowhere/python", "/bin/false"])
def test_a_sandbox_that_cannot_be_started_says_so(monkeypatch: pytest.MonkeyPatch, interpreter: str) -> None:
    monkeypatch.setattr(sys, "executable", interpreter)
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="cannot be started") as ended:
        sandbox.parse(ORDINARY, url=URL)
    assert ended.value.reason == "parse_crash"
