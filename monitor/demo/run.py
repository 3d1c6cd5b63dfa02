"""Two checks of a programme page that changes in between, with the very parts that watch the real one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zoneinfo import ZoneInfo

from monitor.check import CheckResult, check_page
from monitor.deliver import deliver
from monitor.demo.servers import Site, serving
from monitor.errors import FetchError
from monitor.fetch import Client
from monitor.settings import Settings, load, operator_of, subscribers_of
from notify.errors import SendError
from notify.routing import make_route
from storage.store import Store

_JAPAN: Final = ZoneInfo("Asia/Tokyo")
_DATES: Final = (
    datetime(2024, 4, 26, 10, 30, tzinfo=_JAPAN),
    datetime(2024, 11, 5, 9, 0, tzinfo=_JAPAN),
)
_SETTINGS: Final = """
[fetch]
min_interval = 0.0
allow_private = true

[mail]
server = "127.0.0.1"
port = {port}
sender = "monitor@example.jp"

[[pages]]
id = "soumu-ict-support"
name = "地域情報通信振興 支援施策"
url = "{url}"

[[subscribers]]
name = "desk"
to = ["desk@example.jp"]
"""


@dataclass(frozen=True, slots=True)
class Demo:
    """What the two checks found, and the mail as its receiver's server took it."""

    dates: tuple[datetime, ...]
    checks: tuple[CheckResult, ...]
    mail: EmailMessage


def run() -> Demo:
    """Check both versions of the page, each as on its day. Raises MonitorError if this machine will not let it."""
    with serving() as (site, mail), TemporaryDirectory(prefix="ministry-monitor-") as folder:
        config = Path(folder) / "config.toml"
        config.write_text(_SETTINGS.format(url=site.page_url, port=mail.port), encoding="utf-8")
        settings = load(config, {})
        with Store.open(settings.monitor.database) as store, Client(settings.fetch) as client:
            checks = tuple(_checked(at, site, settings, store, client) for at in _DATES)
        if not mail.received:
            raise SendError("no mail arrived", permanent=True, code="demo", where="demo")
        return Demo(_DATES, checks, mail.received[0])


def _checked(at: datetime, site: Site, settings: Settings, store: Store, client: Client) -> CheckResult:
    """A check as on the day `at`, and the messages it causes. Raises FetchError, SendError."""
    clock: Callable[[], datetime] = lambda: at  # noqa: E731
    site.body = files("monitor.demo").joinpath(f"{at:%Y-%m-%d}.html").read_bytes()
    route = make_route(subscribers_of(settings), operator_of(settings))
    result = check_page(settings.pages[0], settings=settings, store=store, client=client, route=route, clock=clock)
    if result.problem is not None:
        raise FetchError(result.problem.reason, result.problem.message, where="demo")
    for error in deliver(settings, store, clock=clock).errors:
        raise error
    return result
