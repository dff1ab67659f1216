"""What was done in the households of an estate or building in a time, reached from these households."""

from typing import Final

from gridworker.domain.ids import Id
from gridworker.store.engine import Connection

_STANDS: Final = "(one._deleted is null or one._deleted = 0)"
_THERE: Final = (
    "from household home join {ledger} one on one.household = home.id"
    " where home.estate = ? and (? = '' or home.building = ?) and (home._deleted is null or home._deleted = 0)"
    f" and {_STANDS}"
)


def visits(connection: Connection, place: tuple[str, str], first: str, last: str) -> list[tuple[Id, str]]:
    """Visits of a time with who came along, the latest first."""
    there = _THERE.format(ledger="visit")
    sql = (
        f"select one.id, coalesce(one.companion, '') {there} and one.visited_at >= ? and one.visited_at < ?"
        " order by one.visited_at desc, one.id"
    )
    estate, building = place
    return connection.execute(sql, (estate, building, building, first, last + "~")).fetchall()


def companions(connection: Connection, place: tuple[str, str], first: str, last: str) -> list[tuple[str, int]]:
    """Who came along to the visits of a time, and how often; '' where nobody did."""
    there = _THERE.format(ledger="visit")
    sql = (
        f"select coalesce(one.companion, ''), count(*) {there} and one.visited_at >= ? and one.visited_at < ?"
        " group by 1"
    )
    estate, building = place
    return connection.execute(sql, (estate, building, building, first, last + "~")).fetchall()


def closed_needs(connection: Connection, place: tuple[str, str], first: str, last: str) -> list[Id]:
    """Needs settled in a time, the latest first."""
    there = _THERE.format(ledger="need")
    sql = (
        f"select one.id {there} and one.status in ('已办结', '已销号') and one.closed_on >= ? and one.closed_on <= ?"
        " order by one.closed_on desc, one.id"
    )
    estate, building = place
    return [row[0] for row in connection.execute(sql, (estate, building, building, first, last))]
