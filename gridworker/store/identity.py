"""Who is who in the store: keys and decisions of the records touched, and the names that follow (versions.md §9).

While nobody's foreign list and no decision ever came in, every record is itself and nothing here costs anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.versions.entries import Decision, Entry
from gridworker.domain.versions.identity import Identity, keys_of, makes_native, resolve
from gridworker.store import entries
from gridworker.store.engine import Connection

_ACTIVE = "identity"
_BY_DECISION, _BY_KEY = "decisions", "1"
"""What may join records here: only what persons decided, or natural keys too."""


def renew(connection: Connection, touched: Iterable[int]) -> set[int]:
    """Name anew whatever touched records are connected with; returns the records whose component changed."""
    numbers = set(touched)
    active = _active(connection)
    if not active:
        return set()
    near = {other for no in numbers for other in _put_keys(connection, no)} if active == _BY_KEY else set()
    closed = _closure(connection, numbers | near)
    return _put_names(connection, closed, resolve(closed.natives, closed.rows, closed.decisions.values()))


def decisions_on(connection: Connection, a: Id, b: Id) -> list[Decision]:
    """What persons decided on a pair, overruled decisions included."""
    return [one for one in _decisions_by_record(connection).get(a, ()) if {one.a, one.b} == {a, b}]


def decided_same(connection: Connection, record: Id) -> list[Id]:
    """The records that a person said to be the same as this one, as it stands now."""
    about = _decisions_by_record(connection).get(record, [])
    overruled = {id for one in about for id in one.seen}
    standing = [one for one in about if one.id not in overruled]
    apart = {one.a + one.b - record for one in standing if not one.same}
    return sorted({other for one in standing if (other := one.a + one.b - record) not in apart})


def is_active(connection: Connection) -> bool:
    """Whether a foreign row or a decision ever came in."""
    return bool(_active(connection))


def any_joined(connection: Connection) -> bool:
    """Whether any record is called by another's id."""
    return connection.execute("select 1 from record where name is not null limit 1").fetchone() is not None


def activate(connection: Connection, *, keys: bool = True) -> None:
    """From the first decision on, names are looked at; from the first foreign row on, every record has its keys."""
    active = _active(connection)
    if active == _BY_KEY or (active and not keys):
        return
    level = _BY_KEY if keys else _BY_DECISION
    connection.execute("insert or replace into setting values(?, ?)", (_ACTIVE, level))
    for one in ledgers().values() if keys else ():
        if one.keys_from:
            for no in entries.every_number(connection, one.name):
                _put_keys(connection, no)


def _active(connection: Connection) -> str:
    row = connection.execute("select value from setting where name = ?", (_ACTIVE,)).fetchone()
    return str(row[0]) if row else ""


def _put_keys(connection: Connection, no: int) -> list[int]:
    """Write the keys of a record anew; returns those that shared a former one."""
    sharing = "select b.no from natural_key a join natural_key b on a.key = b.key where a.no = ? and b.no <> ?"
    former = [row[0] for row in connection.execute(sharing, (no, no))]
    record = entries.load(connection, [no])[no]
    connection.execute("delete from natural_key where no = ?", (no,))
    if record.ledger in ledgers() and ledger(record.ledger).keys_from:
        keys = [_key(record, one) for one in keys_of(ledger(record.ledger), record.taking_part())]
        connection.executemany("insert or ignore into natural_key values(?,?)", [(key, no) for key in keys])
    return former


def _key(record: entries.RecordEntries, key: str) -> str:
    return f"{record.ledger}:{key}"


@dataclass(slots=True)
class _Closed:
    """A set of records that no key and no decision leads out of."""

    numbers: dict[Id, int] = field(default_factory=dict)
    natives: dict[Id, frozenset[str]] = field(default_factory=dict)
    rows: dict[Id, frozenset[str]] = field(default_factory=dict)
    decisions: dict[Id, Decision] = field(default_factory=dict)
    silent: list[int] = field(default_factory=list)
    """Numbers of records of which nothing takes part: they are nobody, whatever they were called before."""


_SUSPECTS = """
select distinct a.no from natural_key a join natural_key b on b.key = a.key and b.no <> a.no
join record ra on ra.no = a.no join record rb on rb.no = b.no
where coalesce(ra.name, ra.no) <> coalesce(rb.name, rb.no)"""
"""Only who shares a key with somebody he was not joined with, or was decided on, can be in question."""


def questions(connection: Connection) -> dict[Id, list[Id]]:
    """Records that a person has to be asked about, each with those it may be, by the names they go by."""
    suspects = [row[0] for row in connection.execute(_SUSPECTS)]
    closed = _closure(connection, [*suspects, *entries.every_number(connection, entries.DECISIONS)])
    identity = resolve(closed.natives, closed.rows, closed.decisions.values())
    return {id: _candidates(connection, closed, identity, id) for id in sorted(identity.questions)}


def _candidates(connection: Connection, closed: _Closed, identity: Identity, id: Id) -> list[Id]:
    """Whom a record in question may be: by a shared key, or by what was said about the pair."""
    sql = "select b.no from natural_key a join natural_key b on b.key = a.key where a.no = ?"
    sharing = {row[0] for row in connection.execute(sql, (closed.numbers[id],))}
    pairs = [{one.a, one.b} for one in closed.decisions.values() if id in {one.a, one.b}]
    near = {other for other, no in closed.numbers.items() if no in sharing or any(other in pair for pair in pairs)}
    own = identity.names[id]
    return sorted({identity.names[other] for other in near if other != id} - ({own} if own == id else set()))


def _closure(connection: Connection, numbers: Iterable[int]) -> _Closed:
    closed = _Closed()
    about = _decisions_by_record(connection)
    waiting, done = list(numbers), set[int]()
    while waiting:
        no = waiting.pop()
        if no in done:
            continue
        done.add(no)
        record = entries.load(connection, [no])[no]
        some = record.taking_part()
        if record.ledger == entries.DECISIONS:
            held = [one.entry for one in record.entries]  # a decision taken back parts what it had joined
            ends = [id for one in held if isinstance(one, Decision) for id in (one.a, one.b)]
        else:
            ends = _add(connection, closed, record, some, about, waiting)
        waiting += [found for id in ends if (found := entries.number_of(connection, id)) is not None]
        joined = "select no from record where name = ? union select name from record where no = ? and name is not null"
        waiting += [row[0] for row in connection.execute(joined, (no, no))]
    return closed


def _add(
    connection: Connection, closed: _Closed, record: entries.RecordEntries, some: list[Entry],
    about: dict[Id, list[Decision]], waiting: list[int],
) -> list[Id]:  # fmt: skip
    keys = frozenset(row[0] for row in connection.execute("select key from natural_key where no = ?", (record.no,)))
    if some:
        kind = closed.natives if any(map(makes_native, some)) else closed.rows
        kind[record.id] = keys
        closed.numbers[record.id] = record.no
    else:
        closed.silent.append(record.no)
    for key in keys:
        waiting += [row[0] for row in connection.execute("select no from natural_key where key = ?", (key,))]
    ends = []
    for decision in about.get(record.id, ()):
        closed.decisions[decision.id] = decision
        ends += [decision.a, decision.b]
    return ends


def _decisions_by_record(connection: Connection) -> dict[Id, list[Decision]]:
    found: dict[Id, list[Decision]] = {}
    for record in entries.load(connection, entries.every_number(connection, entries.DECISIONS)).values():
        for one in record.taking_part():
            if isinstance(one, Decision):
                found.setdefault(one.a, []).append(one)
                found.setdefault(one.b, []).append(one)
    return found


def _put_names(connection: Connection, closed: _Closed, identity: Identity) -> set[int]:
    changed: set[int] = set()
    called = {no: closed.numbers[identity.names[id]] for id, no in closed.numbers.items()}
    for no, name in (called | {no: no for no in closed.silent}).items():
        before = connection.execute("select name from record where no = ?", (no,)).fetchone()[0]
        after = name if name != no else None
        if before != after:
            connection.execute("update record set name = ? where no = ?", (after, no))
            changed |= {no, name} | ({before} if before is not None else set())
    return changed
