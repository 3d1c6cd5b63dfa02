"""What operators are told besides changes: messages that could not be delivered, and how the service itself is.

What is told is noted in the transaction that writes the message telling it: once, whatever dies.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, func, or_, select, update

from storage import audience, incidents, outbox, posting
from storage.batches import batches
from storage.observation import Delivery, Incident, Notice, Phase, Standing
from storage.outbox_tables import DELIVERY, STANDING

MakeReport = Callable[[Sequence[Delivery], Sequence[Standing]], Sequence[Notice]]
MakeNotices = Callable[[Incident, Phase], Sequence[Notice]]

# A notice to the operator that is dead is not told by another: where none arrives they would never end.
_IS_NOTICE: Final = and_(DELIVERY.c.kind == "notice", DELIVERY.c.channel == "operator")
_DEAD: Final = and_(DELIVERY.c.status == "dead", ~_IS_NOTICE)
_AGAIN: Final = timedelta(days=1)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def report(connection: Connection, at: datetime, make: MakeReport) -> int:
    """Write the notices that `make` makes of dead messages and bounces not told of; how many.

    A notice that died itself is told of with the next that is to be told, by what then is another way.

    Where it makes none (there may be no operator) all stays to be told; what was told by a notice that died itself is
    told again a day later.
    """
    lost = connection.execute(select(func.max(DELIVERY.c.created_at)).where(_IS_NOTICE, DELIVERY.c.status == "dead"))
    told_in_vain = DELIVERY.c.reported_at <= min(lost.scalar() or _NEVER, at - _AGAIN)
    untold_rows = (_DEAD, or_(DELIVERY.c.reported_at.is_(None), told_in_vain))
    rows = list(connection.execute(select(DELIVERY).where(*untold_rows).order_by(DELIVERY.c.id).with_for_update()))
    untold = (STANDING.c.state == "bounced", STANDING.c.reported_at.is_(None))
    bounces = connection.execute(select(STANDING).where(*untold).order_by(STANDING.c.id).with_for_update()).all()
    if not rows and not bounces:
        return 0
    dead_notices = (DELIVERY.c.status == "dead", _IS_NOTICE, DELIVERY.c.reported_at.is_(None))
    rows += connection.execute(select(DELIVERY).where(*dead_notices).order_by(DELIVERY.c.id).with_for_update()).all()
    notices = make(outbox.deliveries(connection, rows), [audience.standing(row) for row in bounces])
    if notices:
        posting.write_notices(connection, notices, at)
        for table, told in ((DELIVERY, rows), (STANDING, bounces)):
            for some in batches(row.id for row in told):
                connection.execute(update(table).where(table.c.id.in_(some)).values(reported_at=at))
    return len(notices)


def bounced(
    connection: Connection, delivery: int, at: datetime, error: str, *, lease_until: datetime | None = None
) -> None:
    """The server knows no such recipient: the message is dead, and its destination is told nothing more.

    Without effect where `storage.outbox.failed` has none.
    """
    row = outbox.failed(connection, delivery, at, error, None, lease_until=lease_until)
    if row is not None:
        audience.stand(connection, row.subscriber, "bounced", at, destination=row.destination, why=error)


def condition(connection: Connection, kind: str, found: str | None, at: datetime, make: MakeNotices) -> bool:
    """Tell of an incident of the service: at its opening, again after a day, at its end; whether it was one of these.

    `found` says what is wrong, None that nothing is; `make` makes the notices of the incident as it then stands.
    """
    told = incidents.of_service(connection, kind, found, at)
    if told is None:
        return False
    posting.write_notices(connection, make(*told), at)
    return True
