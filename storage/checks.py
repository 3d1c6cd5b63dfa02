"""The log of checks: a row each, until they are thinned to counts by day."""

from sqlalchemy import Connection, insert

from storage.observation import Observation
from storage.tables import CHECK, PageRow


def note(connection: Connection, page: PageRow, observation: Observation, snapshot: int | None) -> None:
    """Write the row of a check whose outcome already stands on `page`; `snapshot` is what it stored."""
    redirected = observation.final_url != observation.url
    connection.execute(
        insert(CHECK),
        {
            "page_id": page.id,
            "at": page.last_check,
            "seconds": observation.seconds,
            "outcome": page.outcome,
            "http_status": observation.http_status,
            "final_url": observation.final_url if redirected else None,
            "reason": page.reason,
            "message": page.message,
            "snapshot_id": snapshot,
        },
    )
