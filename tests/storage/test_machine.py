"""Any order of checks, answers of channels, restarts and interruptions, beside a model as simple as the promise."""

import copy
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from storage.observation import Problem
from storage.store import Store
from tests.storage.conftest import START, Site, tell_all

PAGES = st.sampled_from(["support", "other"])
# Fewer than five, so that no number of them gone is suspect; what is, is said so.
COMPANIES = ["富士通", "日本電気", "ノキア", "エリクソン"]
RECORDS = st.lists(st.tuples(st.sampled_from(COMPANIES), st.integers(1, 3)), unique_by=lambda pair: pair[0])
INTERRUPTED = st.integers(0, 5).map(lambda number: number == 0)
DEAD = f"{socket.gethostname()}/999999999/1.00"
OWNERS = st.sampled_from(["elsewhere/1/1.00", "elsewhere/2/1.00", DEAD])
LEASE = timedelta(minutes=30)
INCIDENT_AFTER = 2

Shown = list[tuple[str, int]]
News = tuple[str, str, int | None, int | None]


class InterruptedByTest(Exception):  # noqa: N818
    """The process dies here, as far as the database can tell."""


@dataclass
class ModelPage:
    """A page as the promise has it: what it last said, and what operators were told of."""

    shown: Shown | None = None
    past: list[tuple[datetime, Shown]] = field(default_factory=list)
    outcome: str | None = None
    failures: int = 0
    open: set[str] = field(default_factory=set)
    suspect: bool = False


@dataclass
class ModelDelivery:
    channel: str
    changes: int
    next_attempt: datetime
    status: str = "waiting"
    attempts: int = 0
    owner: str | None = None
    lease_until: datetime | None = None


@dataclass
class Model:
    pages: dict[str, ModelPage] = field(default_factory=dict)
    # What was told, a list for each step: within one the order is the store's affair.
    told: list[list[News]] = field(default_factory=list)
    deliveries: list[ModelDelivery] = field(default_factory=list)

    def publish(self, now: datetime, changes: list[News], incidents: list[News]) -> None:
        if changes or incidents:
            self.told.append(changes + incidents)
        for channel, news in (("operator", incidents), ("subscriber", changes)):
            if news:
                self.deliveries.append(ModelDelivery(channel, len(news), next_attempt=now))

    def becomes(self, page: ModelPage, shown: Shown, now: datetime, *, anyway: bool = False) -> tuple[str, list[News]]:
        """The page says this now: how the check is called, and its changes."""
        news = difference(page.shown, shown)
        outcome = "baseline" if page.shown is None else "changed" if news else "unchanged"
        if outcome != "unchanged" or anyway:
            page.shown = shown
            page.past.append((now, shown))
        return outcome, news

    @staticmethod
    def close(name: str, page: ModelPage, kinds: set[str]) -> list[News]:
        closed = page.open & kinds
        page.open -= closed
        return [("page.recovered", name, None, None)] if closed else []


def difference(old: Shown | None, new: Shown) -> list[News]:
    if old is None:
        return []
    before, after = dict(old), dict(new)
    names = {(True, True): "plan.amended", (False, True): "plan.added", (True, False): "plan.removed"}
    return [
        (names[company in before, company in after], company, before.get(company), after.get(company))
        for company in sorted({*before, *after})
        if before.get(company) != after.get(company)
    ]


def interrupt(page: object, changes: object) -> Any:
    raise InterruptedByTest


class Life(RuleBasedStateMachine):
    """Each rule does one thing to the store and to the model, and holds their answers against each other."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.store = Store.open(url)
        self.site = Site(self.store)
        self.model = Model()
        self.now = START

    def teardown(self) -> None:
        self.store.close()

    # Checks

    def step(
        self, name: str, interrupted: bool, act: Callable[[Any], Any], predict: Callable[[ModelPage], Any]
    ) -> None:
        """`act` on the store with a route; `predict` what the model's page comes to: outcome, changes, incidents."""
        self.site.id = name
        self.now += timedelta(minutes=1)
        self.site.now = self.now
        after = copy.deepcopy(self.model)
        outcome, changes, incidents = predict(after.pages.setdefault(name, ModelPage()))
        if interrupted and (changes or incidents):
            with pytest.raises(InterruptedByTest):
                act(interrupt)
            return
        saved = act(tell_all)
        assert saved.outcome == outcome
        assert sorted(map(news_of, saved.changes)) == sorted(changes)
        assert sorted(map(news_of, saved.incidents)) == sorted(incidents)
        after.publish(self.now, changes, incidents)
        self.model = after

    def content(self, shown: Shown) -> Any:
        return self.site.page(*(plan(company, day) for company, day in shown))

    def save(self, **values: Any) -> Callable[[Any], Any]:
        return lambda route: self.store.save(self.site.observation(**values), route, incident_after=INCIDENT_AFTER)

    @rule(name=PAGES, shown=RECORDS, interrupted=INTERRUPTED)
    def check(self, name: str, shown: Shown, interrupted: bool) -> None:
        def predict(page: ModelPage) -> Any:
            outcome, news = self.model.becomes(page, shown, self.now)
            recovered = self.model.close(name, page, {"page.failing", "page.suspect"})
            page.outcome, page.failures, page.suspect = outcome, 0, False
            return outcome, news, recovered

        self.step(name, interrupted, self.save(content=self.content(shown), body=repr(shown).encode()), predict)

    @precondition(lambda self: any(page.shown is not None for page in self.model.pages.values()))
    @rule(interrupted=INTERRUPTED, data=st.data())
    def not_modified(self, interrupted: bool, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(n for n, page in self.model.pages.items() if page.shown is not None)))

        def predict(page: ModelPage) -> Any:
            page.outcome, page.failures, page.suspect = "unchanged", 0, False
            return "unchanged", [], self.model.close(name, page, {"page.failing", "page.suspect"})

        self.step(name, interrupted, self.save(http_status=304, not_modified=True), predict)

    @rule(name=PAGES, interrupted=INTERRUPTED)
    def fail(self, name: str, interrupted: bool) -> None:
        def predict(page: ModelPage) -> Any:
            page.outcome = "failed"
            page.failures += 1
            opened = page.failures >= INCIDENT_AFTER and "page.failing" not in page.open
            if opened:
                page.open.add("page.failing")
            return "failed", [], [("page.failing", name, None, None)] if opened else []

        problem = Problem(kind="failed", reason="timeout", message="no answer")
        self.step(name, interrupted, self.save(problem=problem, http_status=None, final_url=None), predict)

    @rule(name=PAGES, number=st.integers(1, 2), interrupted=INTERRUPTED)
    def suspect(self, name: str, number: int, interrupted: bool) -> None:
        def predict(page: ModelPage) -> Any:
            page.outcome, page.failures, page.suspect = "suspect", 0, True
            opened = "page.suspect" not in page.open
            page.open.add("page.suspect")
            return "suspect", [], [("page.suspect", name, None, None)] if opened else []

        problem = Problem(kind="suspect", reason="maintenance", message="maintenance")
        self.step(name, interrupted, self.save(problem=problem, body=b"maintenance %d" % number), predict)

    @precondition(lambda self: any(page.suspect for page in self.model.pages.values()))
    @rule(shown=RECORDS, interrupted=INTERRUPTED, data=st.data())
    def accept(self, shown: Shown, interrupted: bool, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(n for n, page in self.model.pages.items() if page.suspect)))

        def predict(page: ModelPage) -> Any:
            outcome, news = self.model.becomes(page, shown, self.now, anyway=True)
            whole = page.outcome == "suspect"
            recovered = self.model.close(name, page, {"page.suspect", "page.failing"} if whole else {"page.suspect"})
            if whole:
                page.outcome, page.failures = outcome, 0
            page.suspect = False
            return outcome, news, recovered

        act = lambda route: self.store.accept(name, self.content(shown), self.now, route)  # noqa: E731
        self.step(name, interrupted, act, predict)

    # Deliveries

    def ids(self) -> list[int]:
        return [delivery.id for delivery in self.store.deliveries()]

    @rule(owner=OWNERS)
    def claim(self, owner: str) -> None:
        found = self.due() or self.abandoned()
        claimed = self.store.claim(self.now, owner, lease=LEASE)
        if found is None:
            assert claimed is None
            return
        assert claimed is not None
        assert claimed.id == self.ids()[self.model.deliveries.index(found)]
        found.status, found.owner, found.lease_until = "claimed", owner, self.now + LEASE
        found.attempts += 1

    def due(self) -> ModelDelivery | None:
        ready = [
            delivery
            for delivery in self.model.deliveries
            if (delivery.status == "waiting" and delivery.next_attempt <= self.now)
            or (delivery.status == "claimed" and delivery.lease_until <= self.now)
        ]
        return min(ready, key=lambda delivery: delivery.next_attempt, default=None)

    def abandoned(self) -> ModelDelivery | None:
        dead = (d for d in self.model.deliveries if d.status == "claimed" and d.owner == DEAD)
        return next(dead, None)

    @precondition(lambda self: self.model.deliveries)
    @rule(how=st.sampled_from(["sent", "try again", "dead", "cancelled", "retry"]), data=st.data())
    def answer(self, how: str, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.model.deliveries) - 1))
        delivery, row = self.model.deliveries[place], self.ids()[place]
        later = self.now + timedelta(minutes=5)
        match how:
            case "sent":
                self.store.sent(row, self.now, "250")
                delivery.status = "sent"
            case "cancelled":
                self.store.cancel(row, self.now, "unsubscribed")
                delivery.status = "cancelled" if delivery.status != "sent" else "sent"
            case "retry":
                waits = delivery.status in {"waiting", "dead"}
                assert self.store.retry([row], self.now) == waits
                if waits:
                    delivery.status, delivery.next_attempt = "waiting", self.now
            case _:
                self.store.failed(row, self.now, "451", later if how == "try again" else None)
                if delivery.status == "claimed" and how == "dead":
                    delivery.status = "dead"
                elif delivery.status == "claimed":
                    delivery.status, delivery.next_attempt = "waiting", later

    # Time

    @rule(minutes=st.sampled_from([1, 10, 45]))
    def later(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = self.site.store = Store.open(self.url)

    @precondition(lambda self: any(page.past for page in self.model.pages.values()))
    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(n for n, page in self.model.pages.items() if page.past)))
        at, shown = data.draw(st.sampled_from(self.model.pages[name].past))
        assert self.shown(name, as_of=at) == shown

    # What holds after every step

    def shown(self, name: str, **options: Any) -> Shown:
        return [(record.title, int(record.date[-1])) for record in self.store.records(name, **options)]

    @invariant()
    def pages_are_as_they_last_said(self) -> None:
        states = {state.page.id: state for state in self.store.states()}
        assert set(states) == set(self.model.pages)
        for name, page in self.model.pages.items():
            state = states[name]
            assert (state.outcome, state.failures, state.version) == (page.outcome, page.failures, len(page.past))
            assert (state.suspect_snapshot is not None) == page.suspect
            assert self.shown(name) == (page.shown or [])
            assert state.record_count == len(page.shown or [])

    @invariant()
    def each_change_is_told_once(self) -> None:
        stored = [news_of(change) for change in self.store.changes(include_operators=True)]
        for news in self.model.told:
            some, stored = stored[: len(news)], stored[len(news) :]
            assert sorted(some) == sorted(news)
        assert stored == []

    @invariant()
    def deliveries_stand_where_they_should(self) -> None:
        stored = self.store.deliveries()
        expected = [(d.channel, d.changes, d.status, d.attempts, d.next_attempt) for d in self.model.deliveries]
        assert [(d.channel, len(d.change_ids), d.status, d.attempts, d.next_attempt) for d in stored] == expected
        told = Counter(change for delivery in stored for change in delivery.change_ids)
        assert told == Counter(change.id for change in self.store.changes(include_operators=True))

    @invariant()
    def incidents_are_open_as_long_as_they_last(self) -> None:
        expected = {(name, kind) for name, page in self.model.pages.items() for kind in page.open}
        assert {(incident.page, incident.kind) for incident in self.store.incidents()} == expected

    @invariant()
    def history_ends_with_the_present(self) -> None:
        for name in self.model.pages:
            for record in self.store.records(name, kind="plan"):
                last = self.store.history(name, "plan", record.key)[-1]
                # Its place on the page is that of the version in which it began.
                assert (replace(last.record, position=record.position), last.until) == (record, None)


def plan(company: str, day: int) -> Any:
    return Site.plan(company, f"令和6年1月{day}日変更", f"2024-01-0{day}")


def news_of(change: Any) -> News:
    if change.kind == "page":
        return change.change, change.key, None, None
    before, after = (int(side["date"][-1]) if side else None for side in (change.before, change.after))
    return change.change, change.title, before, after


def test_whatever_happens_in_whatever_order_the_store_is_as_the_model_says(prepared_url):
    run_state_machine_as_test(
        lambda: Life(prepared_url()),
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
