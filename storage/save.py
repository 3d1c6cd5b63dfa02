"""Saving an observation: what it comes to, what it changes and who is told, all in the caller's transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from parsers.records import Page, Record
from storage import bodies, checks, pages, posting, snapshots, thinning, verdict, versions
from storage.changes import Change
from storage.compare import carry, compare, correspond
from storage.errors import OvertakenError, StorageError
from storage.japan import day_of
from storage.observation import Observation, Outcome, PageInfo, Problem, Route, Saved, first_header
from storage.page_affairs import PageAffairs
from storage.publishing import News
from storage.tables import PageRow
from storage.thinning import Retention

_GONE: Final = frozenset({"http_404", "http_410"})
_GONE_AFTER: Final = 3


def save(
    connection: Connection,
    observation: Observation,
    route: Route,
    *,
    incident_after: int,
    today: date | None,
    retention: Retention,
) -> Saved:
    """Store one check of one page and what follows from it; the rules are in design section 5.

    Raises StorageError for a 304 of a page that has no version, OvertakenError where the observation differs from a
    version that came after the page was asked for.
    """
    named = PageInfo(id=observation.page, name=observation.name, url=observation.url)
    work = _Work(connection, pages.find_or_add(connection, named), observation.at, today)
    if work.is_overtaken(observation):
        raise OvertakenError(
            "another check stored a newer version meanwhile", where=observation.page, todo="Check again"
        )
    thinning.once_a_day(connection, work.page, observation.at, retention)
    if observation.reread is not None:
        work.read_again(observation.reread, observation.reader)
    problem = work.problem_of(observation)
    snapshot: int | None = None
    outcome: Outcome
    if problem is None:
        outcome, snapshot = work.good(observation)
    elif problem.kind == "failed":
        outcome = "failed"
        work.failed(problem, observation.http_status, incident_after)
    else:
        outcome = "suspect"
        snapshot = work.suspect(problem, observation)
    if problem is not None:
        work.remind()
    work.checked(observation, outcome, problem, snapshot)
    return work.publish(route, outcome)


def accept(connection: Connection, page: str, content: Page, at: datetime, route: Route) -> Saved:
    """Make the suspect body, read as `content`, the current version and tell its changes.

    Raises StorageError where there is no suspect body.
    """
    row = pages.find(connection, page, to_write=True)
    if row is None or row.suspect_snapshot is None:
        raise StorageError("there is no suspect body to accept", where=page, todo="See `status`")
    work = _Work(connection, row, at, None)
    outcome = work.accepted(content, row.suspect_snapshot)
    return work.publish(route, outcome)


class _Work(PageAffairs):
    """The work on one page in one transaction: `page` as it will be stored, `news` as it will be told."""

    def __init__(self, connection: Connection, page: PageRow, at: datetime, today: date | None) -> None:
        super().__init__(connection, page, at)
        self.today = today or day_of(at)

    def current_records(self) -> list[Record]:
        if not self.page.version:
            return []
        version = versions.numbered(self.connection, self.page.id, self.page.version)
        return versions.records_of(self.connection, version)

    def read_again(self, content: Page, reader: str | None) -> None:
        """Replace the current records by today's reading of the same body, silently."""
        page = self.page
        snapshot = self.snapshot_before
        if self.is_new or snapshot is None or self._is_read_alike(content, reader):
            return
        page.reader = reader
        if self._is_read_alike(content, reader) and verdict.digest(content.records) == page.records_digest:
            return
        _, records = self._changes(content)
        self._add_version(content, records, snapshot, "parser")
        digest = snapshots.sha256(self.connection, snapshot)
        if digest != page.body_sha256:
            # The last body seen said the same to the old parser, but may not to this one: fetch it whole.
            page.body_sha256, page.etag, page.last_modified = digest, None, None

    def problem_of(self, observation: Observation) -> Problem | None:
        """Why this observation cannot be the page's new state, or None."""
        page, content = self.page, observation.content
        if observation.problem is not None:
            return observation.problem
        if content is None:
            if self.is_new:
                raise StorageError("the server says the page is not modified, but it was never read", where=page.page)
            return None
        if self._is_known(observation, content):
            return None
        lost = verdict.title_lost(content, None if self.is_new else page.title)
        if lost is not None:
            return lost
        before = {} if self.is_new else versions.counts(self.connection, page.id)
        fewer = verdict.shortfall(content, before)
        return fewer if fewer is not None and not self._agreed(content) else None

    def is_overtaken(self, observation: Observation) -> bool:
        """Whether what was fetched may be older than the current version, which another check stored meanwhile."""
        if observation.since_version in (None, self.page.version) or observation.problem is not None:
            return False
        return observation.content is None or not self._is_known(observation, observation.content)

    def good(self, observation: Observation) -> tuple[Outcome, int | None]:
        page, content = self.page, observation.content
        outcome: Outcome = "unchanged"
        snapshot: int | None = None
        if content is not None and not self._is_known(observation, content):
            outcome, snapshot = self._compare(observation, content)
        self.moved(observation.moved_to)
        self.back()
        digest = bodies.sha256(observation.body) if observation.body is not None else None
        # A body that came unread counts only if it is the one last read: it may have been taken for that by
        # someone who did not know of a rereading, or of another process's check.
        if digest is not None and (content is not None or digest == page.body_sha256):
            page.last_full = self.at
            page.body_sha256 = digest
            page.etag = observation.header("etag")
            page.last_modified = observation.header("last-modified")
        page.last_good = self.at
        page.reader = observation.reader or page.reader
        return outcome, snapshot

    def failed(self, problem: Problem, status: int | None, incident_after: int) -> None:
        page = self.page
        # A page that never answered cannot be gone: then a wrong address is told like any failure.
        if problem.reason in _GONE and not self.is_new:
            page.gone_count += 1
            if page.gone_count >= _GONE_AFTER and not page.gone:
                page.gone = True
                self.tell("page.gone", self.facts(problem, status, page.gone_count))
            return
        page.gone_count = 0
        page.failures += 1
        if page.failures >= incident_after:
            if problem.reason == checks.LEFT_ALONE:
                # Why the host is left alone is what a person must know.
                problem, status = checks.cause(self.connection, page) or (problem, status)
            self.open("page.failing", problem, self.facts(problem, status, page.failures))

    def suspect(self, problem: Problem, observation: Observation) -> int | None:
        page = self.page
        page.failures = page.gone_count = 0
        snapshot = self._keep_suspect(problem, observation)
        page.suspect_snapshot = snapshot or page.suspect_snapshot
        facts = self.facts(problem, observation.http_status, 1)
        self.open("page.suspect", problem, facts, snapshot=page.suspect_snapshot)
        return snapshot

    def accepted(self, content: Page, snapshot: int) -> Outcome:
        page = self.page
        stored = snapshots.load(self.connection, snapshot)
        outcome = self._adopt(content, self._changes(content), snapshot, "accept")
        if page.outcome == "suspect":
            page.outcome, page.reason, page.message = outcome, None, None
            self.back()
        else:
            self.close("page.suspect")
            self.forget_suspect()
        page.last_good = page.last_full = stored.at
        page.body_sha256 = bodies.sha256(stored.body)
        page.etag = first_header(stored.headers, "etag")
        page.last_modified = first_header(stored.headers, "last-modified")
        return outcome

    def checked(
        self, observation: Observation, outcome: Outcome, problem: Problem | None, snapshot: int | None
    ) -> None:
        """Note the check itself, on the page and as a row of its own."""
        page = self.page
        page.last_check = self.at
        page.outcome = outcome
        page.reason = problem.reason if problem else None
        page.message = problem.message if problem else None
        checks.note(self.connection, page, observation, snapshot)

    def publish(self, route: Route, outcome: Outcome) -> Saved:
        """Write the page, the changes and the deliveries `route` asks for."""
        recorded = self.record()
        if recorded:
            drafts = route(pages.info(self.page), recorded)
            posting.send_later(self.connection, drafts, self.at)
        return Saved(
            outcome=outcome,
            changes=tuple(change for change in recorded if not change.operators_only),
            record_count=self.page.record_count,
            incidents=tuple(change for change in recorded if change.operators_only),
        )

    def _is_known(self, observation: Observation, content: Page) -> bool:
        """Whether the same reader read the same body, or the same records, at the last good check."""
        page = self.page
        if self.is_new or not self._is_read_alike(content, observation.reader):
            return False
        assert observation.body is not None
        if bodies.sha256(observation.body) == page.body_sha256:
            return True
        return verdict.digest(content.records) == page.records_digest

    def _is_read_alike(self, content: Page, reader: str | None) -> bool:
        """Whether the current version was read so; of who read it long ago the parser alone is known."""
        page = self.page
        by_parser = (content.parser, content.parser_version) == (page.parser, page.parser_version)
        return by_parser and (page.reader == reader or None in (page.reader, reader))

    def _agreed(self, content: Page) -> bool:
        """Count this check among those that say the same; whether they are enough to be believed."""
        page = self.page
        digest = verdict.digest(content.records)
        since = page.pending_since
        if digest == page.pending_digest and since is not None and since <= self.at:
            page.pending_count += 1
        else:
            since = self.at
            page.pending_digest, page.pending_since, page.pending_count = digest, since, 1
        return verdict.agreed(page.pending_count, since, self.at)

    def _compare(self, observation: Observation, content: Page) -> tuple[Outcome, int | None]:
        changes, records = self._changes(content)
        if not self.is_new and not changes:
            self.page.records_digest = verdict.digest(content.records)
            return "unchanged", None
        snapshot = snapshots.add(self.connection, self.page.id, snapshots.of_check(observation, None))
        return self._adopt(content, (changes, records), snapshot, "live"), snapshot

    def _changes(self, content: Page) -> tuple[list[Change], list[Record]]:
        """What differs from the current version (nothing without one), and the records with their lasting keys."""
        old, new = self.current_records(), content.records
        matching = correspond(old, new)
        gone = versions.gone(self.connection, self.page.id, matching.kinds_added)
        changes = compare(old, new, self.today, matching=matching, remembered=gone) if self.page.version else []
        return changes, carry(old, new, matching=matching, remembered=gone)

    def _adopt(
        self, content: Page, found: tuple[Sequence[Change], Sequence[Record]], snapshot: int, origin: str
    ) -> Outcome:
        changes, records = found
        before = self.version_before
        version = self._add_version(content, records, snapshot, origin)
        self.news += [
            News(
                change=change,
                detected_at=self.at,
                # The first check tells nobody what came to be since a saved page.
                origin="import" if self.is_new else "live",
                last_seen_before=self.last_seen_before or before.created_at,
                version=version,
                snapshot_before=before.snapshot_id,
                snapshot_after=snapshot,
            )
            for change in changes
            if before is not None
        ]
        if self.is_new:
            return "baseline"
        return "changed" if changes else "unchanged"

    def _add_version(self, content: Page, records: Sequence[Record], snapshot: int, origin: str) -> int:
        return versions.add(
            self.connection,
            self.page,
            content,
            records,
            snapshot=snapshot,
            origin=origin,
            created_at=self.at,
        )

    def _keep_suspect(self, problem: Problem, observation: Observation) -> int | None:
        if observation.body is None:
            return None
        held = self.page.suspect_snapshot
        if held is not None and snapshots.sha256(self.connection, held) == bodies.sha256(observation.body):
            return held
        return snapshots.add(self.connection, self.page.id, snapshots.of_check(observation, problem))
