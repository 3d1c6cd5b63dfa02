"""Who is told, as settings and database have it now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.audience import KnownRenames, LiveAudience, audience_of
from monitor.settings import Settings, load
from parsers import parse
from storage.changes import RecordedChange
from storage.observation import Observation, Route
from storage.store import Store

URL = "https://www.soumu.go.jp/ict/index.html"
CONFIG = f"""
[monitor]
database = "sqlite:///monitor.db"
[[pages]]
id = "ict"
url = "{URL}"
[[subscribers]]
name = "desk"
to = ["desk@example.jp"]
quiet = ""
programmes = ["5G導入促進税制"]
"""
TITLE = "<dt>5G導入促進税制</dt>"
SUPPORT = (Path(__file__).parents[1] / "pages" / "support" / "details-definitions.html").read_text("utf-8")
START = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)


class Page:
    """A page whose programme is renamed, and whose plan below it is amended."""

    def __init__(self, store: Store) -> None:
        assert TITLE in SUPPORT
        self.store = store
        self._body = SUPPORT
        self._at = START

    def shows(self, old: str, new: str, route: Route) -> tuple[RecordedChange, ...]:
        """Another check, at which the page says `new` instead of `old`."""
        assert old in self._body
        self._body = self._body.replace(old, new)
        self._at += timedelta(hours=1)
        body = self._body.encode()
        return self.store.save(
            Observation(
                page="ict",
                url=URL,
                name="支援施策",
                at=self._at,
                seconds=0.1,
                http_status=200,
                final_url=URL,
                body=body,
                content=parse(body, url=URL),
            ),
            route,
        ).changes

    def renames_its_programme(self, route: Route) -> None:
        names = [name for change in self.shows(TITLE, "<dt>5G投資促進税制</dt>", route) for name in change.names]
        assert "programme.renamed" in names

    def amends_a_plan(self, route: Route) -> None:
        assert self.shows("令和6年1月23日変更", "令和6年2月2日変更", route)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    return load(tmp_path / "config.toml", {})


@pytest.fixture
def page(settings: Settings) -> Iterator[Page]:
    with Store.open(settings.monitor.database) as store:
        found = Page(store)
        found.shows(TITLE, TITLE, lambda page, changes: [])
        yield found


def told(page: Page) -> Sequence[int]:
    """How many messages were written with each further check."""
    return [len(item.change_ids) for item in page.store.deliveries()]


def test_a_programme_that_is_filtered_by_its_title_is_followed_after_it_is_renamed(
    page: Page, settings: Settings
) -> None:
    page.renames_its_programme(audience_of(settings, page.store).route)
    before = len(told(page))
    page.amends_a_plan(audience_of(settings, page.store).route)
    assert len(told(page)) == before + 1


def test_a_process_that_goes_on_follows_a_rename_of_its_own_time(page: Page, settings: Settings) -> None:
    renames = KnownRenames(page.store)
    audience = LiveAudience(lambda: audience_of(settings, page.store, renames=renames))
    page.renames_its_programme(audience.refresh())
    before = len(told(page))
    page.amends_a_plan(audience.refresh())
    assert len(told(page)) == before + 1


def test_who_filters_by_no_title_costs_no_search_for_renames(page: Page, settings: Settings) -> None:
    page.renames_its_programme(audience_of(settings, page.store).route)
    (one,) = settings.subscribers
    without = settings.model_copy(update={"subscribers": [one.model_copy(update={"programmes": []})]})
    found = audience_of(without, page.store)
    assert found.renames == ()
    assert replace(found, members=()).subscribers == []


def test_how_an_address_stood_that_was_corrected_holds_nothing_back(page: Page, settings: Settings) -> None:
    page.store.set_standing("desk", "bounced", START, destination="desk#0ld", why="550 no such user")
    assert audience_of(settings, page.store).held == frozenset()
