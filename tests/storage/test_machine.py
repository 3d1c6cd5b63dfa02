"""Any order of checks, saved pages, readings again, answers of channels, restarts and interruptions, beside a model as
simple as the promise."""

import ast
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

from storage.errors import StorageError
from storage.observation import Draft, PageInfo, PastReading, Problem, Window
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
EVERY = timedelta(minutes=20)
INCIDENT_AFTER = 2

Shown = list[tuple[str, int]]
News = tuple[str, str, int | None, int | None]


class InterruptedByTest(Exception):  # noqa: N818
    """The process dies here, as far as the database can tell."""


@dataclass
class ModelPage:
    """A page as the promise has it: what it last said, and what operators were told of.

    `seen` is what it said at a moment, as checks and saved pages have it; `read_by` the parsers by which that is known.
    """

    shown: Shown | None = None
    seen: list[tuple[datetime, Shown]] = field(default_factory=list)
    imported: set[tuple[datetime, str]] = field(default_factory=set)
    read_by: set[int] = field(default_factory=set)
    outcome: str | None = None
    failures: int = 0
    open: set[str] = field(default_factory=set)
    suspect: Shown | None = None

    def at(self, moment: datetime) -> Shown:
        """What it said then: the last that was seen of it; of what was seen at one moment, what came in last."""
        earlier = [(at, number) for number, (at, _) in enumerate(self.seen) if at <= moment]
        return self.seen[max(earlier)[1]][1] if earlier else []


@dataclass
class ModelDelivery:
    channel: str
    changes: int
    next_attempt: datetime
    status: str = "waiting"
    attempts: int = 0
    owner: str | None = None
    lease_until: datetime | None = None
    window: Window | None = None


@dataclass
class Model:
    pages: dict[str, ModelPage] = field(default_factory=dict)
    # What was told, a list for each step: within one the order is the store's affair.
    told: list[list[News]] = field(default_factory=list)
    deliveries: list[ModelDelivery] = field(default_factory=list)
    in_digests: bool = False

    def publish(self, now: datetime, changes: list[News], incidents: list[News]) -> None:
        if changes or incidents:
            self.told.append(changes + incidents)
        if self.in_digests and changes and self.put_into_digest(now, len(changes)):
            changes = []
        # What is too late for its digest comes first.
        both = (("operator", incidents), ("subscriber", changes))
        for channel, news in reversed(both) if self.in_digests else both:
            if news:
                self.deliveries.append(ModelDelivery(channel, len(news), next_attempt=now))

    def put_into_digest(self, now: datetime, changes: int) -> bool:
        """Whether there is a digest that takes them."""
        window = window_at(now)
        of_window = [d for d in self.deliveries if d.window == window and d.status != "cancelled"]
        if not of_window:
            digest = ModelDelivery("subscriber", changes, next_attempt=window.until, window=window)
            self.deliveries.append(digest)
        elif (of_window[0].status, of_window[0].attempts) == ("waiting", 0):
            of_window[0].changes += changes
        else:
            return False
        return True

    def becomes(self, page: ModelPage, shown: Shown, now: datetime, *, anyway: bool = False) -> tuple[str, list[News]]:
        """The page says this now: how the check is called, and its changes."""
        news = difference(page.shown, shown)
        outcome = "baseline" if page.shown is None else "changed" if news else "unchanged"
        if outcome != "unchanged" or anyway:
            page.shown = shown
        page.seen.append((now, page.shown))
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


def window_at(now: datetime) -> Window:
    """A digest every twenty minutes."""
    after = START + (now - START) // EVERY * EVERY
    return Window(after=after, until=after + EVERY)


def tell_in_digests(page: PageInfo, changes: Any) -> list[Draft]:
    """As `tell_all`, but to the subscriber in digests."""
    return [
        replace(draft, window=window_at(changes[0].detected_at)) if draft.channel == "subscriber" else draft
        for draft in tell_all(page, changes)
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
        self.parser = 1

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
        saved = act(tell_in_digests if self.model.in_digests else tell_all)
        assert saved.outcome == outcome
        assert sorted(map(news_of, saved.changes)) == sorted(changes)
        assert sorted(map(news_of, saved.incidents)) == sorted(incidents)
        after.publish(self.now, changes, incidents)
        self.model = after

    def content(self, shown: Shown) -> Any:
        return self.site.page(*(plan(company, day) for company, day in shown), version=self.parser)

    def save(self, **values: Any) -> Callable[[Any], Any]:
        def act(route: Any) -> Any:
            again = self.reread() if "problem" not in values else None
            return self.store.save(self.site.observation(**values, reread=again), route, incident_after=INCIDENT_AFTER)

        return act

    def reread(self) -> Any:
        """The last good body as today's parser reads it, where the current version was read by another."""
        state = self.store.state(self.site.id)
        if state is None or state.last_unchanged is None or state.parser_version == self.parser:
            return None
        return self.content(shown_by(self.store.last_good_body(self.site.id).body))

    @rule()
    def other_wishes(self) -> None:
        """The subscriber wants digests, or wants them no more."""
        self.model.in_digests = not self.model.in_digests

    @rule()
    def another_parser(self) -> None:
        self.parser += 1

    @rule(name=PAGES, shown=RECORDS, interrupted=INTERRUPTED)
    def check(self, name: str, shown: Shown, interrupted: bool) -> None:
        def predict(page: ModelPage) -> Any:
            outcome, news = self.model.becomes(page, shown, self.now)
            recovered = self.model.close(name, page, {"page.failing", "page.suspect"})
            page.outcome, page.failures, page.suspect = outcome, 0, None
            page.read_by.add(self.parser)
            return outcome, news, recovered

        self.step(name, interrupted, self.save(content=self.content(shown), body=body(shown)), predict)

    @precondition(lambda self: any(page.shown is not None for page in self.model.pages.values()))
    @rule(interrupted=INTERRUPTED, data=st.data())
    def not_modified(self, interrupted: bool, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(n for n, page in self.model.pages.items() if page.shown is not None)))

        def predict(page: ModelPage) -> Any:
            page.outcome, page.failures, page.suspect = "unchanged", 0, None
            page.seen.append((self.now, page.shown))
            page.read_by.add(self.parser)
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

    @rule(name=PAGES, shown=RECORDS, interrupted=INTERRUPTED)
    def look_suspect(self, name: str, shown: Shown, interrupted: bool) -> None:
        def predict(page: ModelPage) -> Any:
            page.outcome, page.failures, page.suspect = "suspect", 0, shown
            opened = "page.suspect" not in page.open
            page.open.add("page.suspect")
            return "suspect", [], [("page.suspect", name, None, None)] if opened else []

        problem = Problem(kind="suspect", reason="maintenance", message="maintenance")
        self.step(name, interrupted, self.save(problem=problem, body=body(shown)), predict)

    @precondition(lambda self: any(page.suspect is not None for page in self.model.pages.values()))
    @rule(interrupted=INTERRUPTED, data=st.data())
    def accept(self, interrupted: bool, data: st.DataObject) -> None:
        suspects = sorted(name for name, page in self.model.pages.items() if page.suspect is not None)
        name = data.draw(st.sampled_from(suspects))
        shown = self.model.pages[name].suspect

        def predict(page: ModelPage) -> Any:
            outcome, news = self.model.becomes(page, shown, self.now, anyway=True)
            whole = page.outcome == "suspect"
            recovered = self.model.close(name, page, {"page.suspect", "page.failing"} if whole else {"page.suspect"})
            if whole:
                page.outcome, page.failures = outcome, 0
            page.suspect = None
            page.read_by.add(self.parser)
            return outcome, news, recovered

        act = lambda route: self.store.accept(name, self.content(shown), self.now, route)  # noqa: E731
        self.step(name, interrupted, act, predict)

    # The past

    @rule(name=PAGES, pages=st.lists(st.tuples(st.integers(1, 240), RECORDS), min_size=1, max_size=3))
    def bring_in(self, name: str, pages: list[tuple[int, Shown]]) -> None:
        """Saved pages of the last hours; those that are no older than the last good check are not to be taken."""
        self.site.id = name
        self.now += timedelta(minutes=1)
        page = self.model.pages.setdefault(name, ModelPage())
        state = self.store.state(name)
        known_until = state.last_unchanged if state is not None else None
        found = [(self.now - timedelta(minutes=minutes), shown) for minutes, shown in pages]
        readings = [
            PastReading(at=at, url=self.site.url, body=body(shown) + b"saved", content=self.content(shown))
            for at, shown in found
        ]
        info = PageInfo(id=name, name="支援策のページ", url=self.site.url)
        fresh = {(at, repr(shown)): shown for at, shown in found if (at, repr(shown)) not in page.imported}
        too_new = known_until is not None and any(at >= known_until for at, _ in fresh)
        if too_new or (fresh and page.read_by - {self.parser}):
            with pytest.raises(StorageError):
                self.store.add_past(info, readings, self.now)
            if state is None:
                del self.model.pages[name]
            return
        assert self.store.add_past(info, readings, self.now).added == len(fresh)
        for (at, key), shown in sorted(fresh.items(), key=lambda item: item[0][0]):
            page.seen.append((at, shown))
            page.imported.add((at, key))
            page.read_by.add(self.parser)

    @rule(name=PAGES, breaks_off_after=st.integers(0, 9))
    def reparse(self, name: str, breaks_off_after: int) -> None:
        """Every body is read again, to the same effect: nobody can tell, but by the parser."""
        if name not in self.model.pages or not self.model.pages[name].seen:
            return
        self.site.id = name
        reader = f"support {self.parser}"
        for number, snapshot in enumerate(self.store.unread(name, reader)):
            if number == breaks_off_after:
                return
            self.store.put_aside(reader, {snapshot: self.content(shown_by(self.store.body(snapshot).body))})
        came = self.store.correct(name, reader, self.now)
        assert (came.corrected, came.unreadable, came.superseded, came.messages) == (0, 0, (), 0)
        self.model.pages[name].read_by = {self.parser}

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
                was_due = delivery.attempts > 0 or delivery.next_attempt <= self.now
                waits = delivery.status in {"waiting", "dead"} and was_due
                assert self.store.retry([row], self.now) == waits
                if waits:
                    delivery.attempts = 0 if delivery.status == "dead" else delivery.attempts
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

    @precondition(lambda self: any(page.seen for page in self.model.pages.values()))
    @rule(data=st.data(), minutes=st.integers(0, 3))
    def look_back(self, data: st.DataObject, minutes: int) -> None:
        name = data.draw(st.sampled_from(sorted(n for n, page in self.model.pages.items() if page.seen)))
        at, _ = data.draw(st.sampled_from(self.model.pages[name].seen))
        at += timedelta(minutes=minutes)
        assert sorted(self.shown(name, as_of=at)) == sorted(self.model.pages[name].at(at))

    # What holds after every step

    def shown(self, name: str, **options: Any) -> Shown:
        return [(record.title, int(record.date[-1])) for record in self.store.records(name, **options)]

    @invariant()
    def pages_are_as_they_last_said(self) -> None:
        states = {state.page.id: state for state in self.store.states()}
        assert set(states) == set(self.model.pages)
        for name, page in self.model.pages.items():
            state = states[name]
            assert (state.outcome, state.failures) == (page.outcome, page.failures)
            assert (state.suspect_snapshot is not None) == (page.suspect is not None)
            said = page.shown if page.shown is not None else page.at(self.now)
            assert sorted(self.shown(name)) == sorted(said)
            assert state.record_count == len(said)

    @invariant()
    def each_change_is_told_once(self) -> None:
        changes = self.store.changes(include_operators=True)
        stored = [news_of(change) for change in changes if change.origin == "live"]
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
        changes = self.store.changes(include_operators=True)
        assert told == Counter(change.id for change in changes if change.origin == "live")

    @invariant()
    def incidents_are_open_as_long_as_they_last(self) -> None:
        expected = {(name, kind) for name, page in self.model.pages.items() for kind in page.open}
        assert {(incident.page, incident.kind) for incident in self.store.incidents()} == expected

    @invariant()
    def what_was_received_holds(self) -> None:
        assert self.store.verify().flaws == []

    @invariant()
    def history_ends_with_the_present(self) -> None:
        for name in self.model.pages:
            for record in self.store.records(name, kind="plan"):
                last = self.store.history(name, "plan", record.key)[-1]
                # Its place on the page is that of the version in which it began.
                assert (replace(last.record, position=record.position), last.until) == (record, None)


def body(shown: Shown) -> bytes:
    return repr(shown).encode() + b"\n"


def shown_by(body: bytes) -> Shown:
    """What the body of a check or of a saved page shows."""
    shown: Shown = ast.literal_eval(body.partition(b"\n")[0].decode())
    return shown


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
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
