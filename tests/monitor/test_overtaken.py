"""A check that other checks overtake again and again takes nothing back that they have told."""

from itertools import pairwise
from pathlib import Path

import pytest

from monitor import check
from monitor.check import CheckResult, Clock, check_page
from monitor.cli.desk import now
from monitor.fetch import Client
from monitor.settings_models import Settings
from notify.routing import make_route
from storage.store import Store
from tests.long.site import Site, day_of


def test_a_check_overtaken_every_time_brings_no_change_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, observe, clock = Site(1, 1), check._observe, now
    with site.open(), Store.open(f"sqlite:///{tmp_path / 'monitor.db'}") as store:
        assert _checked(site, store, clock).outcome == "baseline"

        def overtaken(*seen_by: object) -> object:
            seen = observe(*seen_by)
            site.amend(0)
            with monkeypatch.context() as other:
                other.setattr(check, "_observe", observe)
                assert _checked(site, store, clock).outcome == "changed"
            return seen

        with monkeypatch.context() as slow:
            slow.setattr(check, "_observe", overtaken)
            result = _checked(site, store, clock)
        assert (result.outcome, result.changes, result.problem) == ("unchanged", (), None)
        assert _checked(site, store, clock).outcome == "unchanged"
        steps = [(change.before["note"], change.after["note"]) for change in store.changes()]
    notes = [f"{day_of(number)}変更" for number in range(4)]
    assert sorted(steps) == sorted(pairwise(notes))


def _checked(site: Site, store: Store, clock: Clock) -> CheckResult:
    page = {"id": "ict", "url": site.url(0)}
    settings = Settings.model_validate({"fetch": {"allow_private": True, "min_interval": 0.0}, "pages": [page]})
    with Client(settings.fetch) as client:
        return check_page(
            settings.pages[0], settings=settings, store=store, client=client, route=make_route([], None), clock=clock
        )
