"""What befalls a page itself, and who is told of it: moved, gone, incidents, no longer verified."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row

from storage import checks, incidents, pages, publishing, versions
from storage.changes import Change, RecordedChange
from storage.japan import TOKYO
from storage.observation import Problem
from storage.publishing import News
from storage.tables import PageRow
from storage.versions import Stored


class PageAffairs:
    """Work on one page in one transaction: `page` as it will be stored, `news` as it will be told."""

    def __init__(self, connection: Connection, page: PageRow, at: datetime) -> None:
        self.connection = connection
        self.page = page
        self.at = at
        self.last_seen_before = page.last_good
        self.news: list[News] = []

    @property
    def is_new(self) -> bool:
        """Whether no check ever was good; there may be versions of saved pages."""
        return self.last_seen_before is None

    @cached_property
    def version_before(self) -> Stored | None:
        """The version that was current when the work began."""
        return versions.numbered(self.connection, self.page.id, self.page.version) if self.page.version else None

    @property
    def snapshot_before(self) -> int | None:
        return self.version_before.snapshot_id if self.version_before is not None else None

    def moved(self, target: str | None) -> None:
        """Tell a permanent redirect once per target; one that was there at the baseline is not news."""
        page = self.page
        if target is not None and target != page.moved_to and self.last_seen_before is not None:
            self.tell("page.moved", {"url": target}, before={"url": page.url}, url=target)
        page.moved_to = target

    def back(self) -> None:
        """The page is as it should be: end what was wrong with it."""
        page = self.page
        page.failures = page.gone_count = 0
        if page.gone:
            page.gone = False
            self.tell("page.restored", {})
        if page.unverified:
            page.unverified = False
            self.tell("page.verified", {})
        self.close()
        self.forget_suspect()

    def forget_suspect(self) -> None:
        page = self.page
        page.suspect_snapshot = page.pending_digest = page.pending_since = None
        page.pending_count = 0

    def open(self, kind: str, problem: Problem, facts: dict[str, Any], *, snapshot: int | None = None) -> None:
        """Open an incident of a check and tell of it, if none of its kind is open.

        The page was checked, then: it is no longer stale, and what is told of it says why it is not verified.
        """
        incidents.close(self.connection, self.page.id, self.at, incidents.STALE)
        self.open_once(kind, problem.reason, problem.message, facts, snapshot=snapshot)

    def open_once(
        self, kind: str, reason: str, message: str, facts: dict[str, Any], *, snapshot: int | None = None
    ) -> None:
        """Open an incident and tell of it, if none of its kind is open."""
        opened = incidents.open_once(
            self.connection, self.page.id, kind=kind, reason=reason, message=message, at=self.at
        )
        if opened:
            self.tell(kind, facts, operators_only=True, snapshot=snapshot)

    def close(self, kind: str | None = None) -> None:
        """Close the open incidents (of one kind, if given) and tell how long it took."""
        closed = incidents.close(self.connection, self.page.id, self.at, kind)
        if closed:
            facts = {
                "incidents": [incident.kind for incident in closed],
                "reason": closed[-1].reason,
                "message": closed[-1].message,
                "opened_at": _iso(self._began(closed[0])),
                "closed_at": _iso(max(self.at, closed[0].opened_at)),
            }
            self.tell("page.recovered", facts, operators_only=True)

    def remind(self) -> None:
        """Tell again of each open incident that was last told of a day ago."""
        for incident in incidents.told_a_day_ago(self.connection, self.page.id, self.at):
            facts: dict[str, Any] = {"message": incident.message, "opened_at": _iso(self._began(incident))}
            if incident.kind != incidents.STALE:
                facts["reason"] = incident.reason
            if incident.kind == "page.failing":
                facts["count"] = self.page.failures
            self.tell(incident.kind, facts, operators_only=True)

    def _began(self, incident: Row[Any]) -> datetime:
        """When it began: of failures the first, which was told of when there had been some more."""
        opened: datetime = incident.opened_at
        if incident.kind != "page.failing":
            return opened
        return min(opened, checks.failing_since(self.connection, self.page.id, self.last_seen_before) or opened)

    def facts(self, problem: Problem, status: int | None, count: int) -> dict[str, Any]:
        return {
            "reason": problem.reason,
            "message": problem.message,
            "http_status": status,
            "count": count,
        }

    def tell(
        self,
        name: str,
        after: dict[str, Any],
        *,
        before: dict[str, Any] | None = None,
        url: str | None = None,
        operators_only: bool = False,
        snapshot: int | None = None,
    ) -> None:
        """News of the page itself."""
        change = Change(
            change=name,
            kind="page",
            key=self.page.page,
            title=self.page.name,
            before=before,
            after=after,
            url=url or self.page.url,
        )
        self.news.append(
            News(
                change=change,
                detected_at=self.at,
                last_seen_before=self.last_seen_before,
                operators_only=operators_only,
                snapshot_before=self.snapshot_before,
                snapshot_after=snapshot,
            )
        )

    def record(self) -> Sequence[RecordedChange]:
        """Write the page and its news; what of it is to be told."""
        pages.write(self.connection, self.page)
        found = publishing.record(self.connection, self.page, self.news)
        return [change for change in found if change.origin == "live"]


def _iso(moment: datetime) -> str:
    return moment.astimezone(TOKYO).isoformat()
