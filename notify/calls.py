"""Calls to chat services that come to an end, whatever the other side does.

The HTTP library below apprise waits as long as bytes keep coming, and keeps all of them.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import ModuleType
from typing import Any, Final, TypeVar

T = TypeVar("T")

_MOST_OF_AN_ANSWER: Final = 1_000_000  # bytes
_ANSWER_SECONDS: Final = 15.0

_lock: Final = threading.Lock()
_at_work: Final[set[str]] = set()


def in_time(key: str, call: Callable[[], T], seconds: float) -> T:
    """What `call` returns. Raises TimeoutError if that takes longer, or an earlier call of that key still goes on.

    A call that is given up goes on by itself, and ends with the program: it holds up neither its end nor other calls.
    """
    with _lock:
        if key in _at_work:
            raise TimeoutError
        _at_work.add(key)
    done: Future[T] = Future()
    threading.Thread(target=_settle, args=(key, done, call), name="chat", daemon=True).start()
    return done.result(timeout=seconds)


def _settle(key: str, done: Future[T], call: Callable[[], T]) -> None:
    try:
        result = call()
    except BaseException as error:  # whoever waits is told
        _leave(key)
        done.set_exception(error)
    else:
        _leave(key)
        done.set_result(result)


def _leave(key: str) -> None:
    # Before the result is known: who waits for it may call again at once.
    with _lock:
        _at_work.discard(key)


def bound_answers(requests: ModuleType) -> None:
    """Let no answer to a call by `requests` be longer, or take longer, than one of a chat service.

    What is cut off counts as it stands: that the message was taken is said before, by the status.
    """
    send: Any = requests.Session.send

    def bounded(session: Any, request: Any, **options: Any) -> Any:
        answer = send(session, request, **{**options, "stream": True})
        if not options.get("stream"):
            _keep_beginning(answer)
        return answer

    requests.Session.send = bounded


def _keep_beginning(answer: Any) -> None:
    kept = bytearray()

    def read() -> None:
        try:
            for piece in answer.iter_content(4096):
                kept.extend(piece)
                if len(kept) >= _MOST_OF_AN_ANSWER:
                    return
        except Exception:  # noqa: S110  of a broken answer there is what came before
            pass

    reader = threading.Thread(target=read, name="answer", daemon=True)
    reader.start()
    reader.join(_ANSWER_SECONDS)
    if reader.is_alive():
        # Else it would read on, and keep its socket, as long as a byte comes now and then.
        answer.raw.shutdown()
        reader.join(_ANSWER_SECONDS)
    answer._content, answer._content_consumed = bytes(kept), True
