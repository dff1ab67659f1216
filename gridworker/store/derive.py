"""From entries to rows, marks and search terms: everything here can be made again at any time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Kind, Ledger
from gridworker.domain.ledgers import fingerprint, ledger, ledgers
from gridworker.domain.versions.entries import Entry, Value
from gridworker.domain.versions.fold import GroupState, fold
from gridworker.store import counts, entries, identity, queries, rows, search
from gridworker.store.database import transaction
from gridworker.store.engine import Connection

_KNOWN = "schema"
"""The setting that says what the program knew that derived the rows."""
CHUNK = 2000
"""Records derived at a time when everything is made again."""
WRITTEN = 500
"""Records whose rows are gathered before they are written."""


@dataclass(slots=True)
class Component:
    """A record with those a person or a key joined to it; called by `name`."""

    name: int
    id: Id
    ledger: Ledger
    records: list[entries.RecordEntries]

    def taking_part(self) -> list[Entry]:
        """All entries that count."""
        return [entry for record in self.records for entry in record.taking_part()]

    def states(self) -> dict[str, GroupState]:
        """The fold of all claims over the members."""
        return fold(self.ledger, self.taking_part())


def component(connection: Connection, no: int) -> Component | None:
    """The component a record belongs to; None for an unknown record or a decision."""
    row = connection.execute("select coalesce(name, no) from record where no = ?", (no,)).fetchone()
    return None if row is None else _called(connection, row[0])


def _called(connection: Connection, name: int) -> Component | None:
    joined = [one[0] for one in connection.execute("select no from record where name = ?", (name,))]
    loaded = entries.load(connection, dict.fromkeys((name, *joined)))
    first = loaded[name]
    if first.ledger not in ledgers():
        return None
    return Component(name, first.id, ledger(first.ledger), list(loaded.values()))


def refresh(
    connection: Connection,
    numbers: Iterable[int],
    *,
    index: bool = True,
    count: bool = True,
    loaded: Mapping[int, entries.RecordEntries] | None = None,
    before: dict[Id, rows.Row] | None = None,
    heed: Callable[[float], object] = lambda _share: None,
) -> dict[Id, rows.Row]:
    """Derive anew whatever these records take part in; returns the rows that stand. `loaded` saves reading again,
    `before` receives the rows that stood under the same ids, `heed` hears the share done and may raise.
    """
    touched = list(numbers)
    renamed = identity.renew(connection, touched)
    joined = identity.any_joined(connection)
    work = _Work(connection, before, index=index, count=count)
    done: set[int] = set()
    every = (*touched, *sorted(renamed), *_referring(connection, renamed))
    for place, no in enumerate(every):
        heed(place / len(every))
        if no in done:
            continue
        found = component(connection, no) if joined else _alone(connection, no, loaded or {})
        if found is not None:
            done.update(record.no for record in found.records)
            work.derive(found, joined=joined)
    work.write()
    return work.stands


def _alone(connection: Connection, no: int, loaded: Mapping[int, entries.RecordEntries]) -> Component | None:
    """The component of a record while no two records are joined anywhere."""
    record = loaded.get(no) or entries.load(connection, [no]).get(no)
    if record is None or record.ledger not in ledgers():
        return None
    return Component(no, record.id, ledger(record.ledger), [record])


@dataclass(slots=True)
class _Work:
    """What is to be written, gathered so that each table is written rarely."""

    connection: Connection
    before: dict[Id, rows.Row] | None = None
    index: bool = True
    count: bool = True
    """Whether the sums of visits follow; who writes everything counts once in the end."""
    stands: dict[Id, rows.Row] = field(default_factory=dict)
    """Every row that stands in the end."""
    standing: dict[str, list[tuple[int, rows.Row]]] = field(default_factory=dict)
    marks: list[rows.Derived] = field(default_factory=list)
    gone: list[tuple[Ledger, Id, int]] = field(default_factory=list)
    """Ledger, id and number of records without a row of their own."""

    def derive(self, found: Component, *, joined: bool) -> None:
        """Fold one component."""
        if len(self.marks) >= WRITTEN:
            self.write()
        states = found.states()
        if joined:
            states = {group: _agreed(self.connection, found.ledger, group, one) for group, one in states.items()}
        self.gone += [(found.ledger, one.id, one.no) for one in found.records if one.no != found.name or not states]
        derived = rows.derive(found.ledger, found.id, states)
        self.marks.append(derived)
        if states:
            if joined:
                _resolve_references(self.connection, found.ledger, derived.row.values)
            self.standing.setdefault(found.ledger.name, []).append((found.name, derived.row))

    def write(self) -> None:
        """Write everything derived over what stood there."""
        with counts.renewed(self.connection, self._counted() if self.count else {}):
            self._write_rows()
        rows.put_marks(self.connection, self.marks)
        self.gone, self.standing, self.marks = [], {}, []

    def _counted(self) -> dict[str, list[Id]]:
        """The ids of what is written, by ledger."""
        found = {name: [row.id for _no, row in some] for name, some in self.standing.items()}
        for of, id, _no in self.gone:
            found.setdefault(of.name, []).append(id)
        return found

    def _write_rows(self) -> None:
        for of, id, no in self.gone:
            rows.remove(self.connection, of, id)
            search.remove(self.connection, no)
        for name, some in self.standing.items():
            derived = {row.id: row for _no, row in some}
            if self.before is not None:
                self.before.update(queries.by_ids(self.connection, name, derived))
            rows.put(self.connection, ledger(name), derived.values())
            if self.index:
                search.put(self.connection, ledger(name), some)
            self.stands |= derived


def _referring(connection: Connection, renamed: Iterable[int]) -> list[int]:
    """Records that refer to one whose name changed."""
    found: list[int] = []
    for no in renamed:
        id, name = connection.execute("select id, ledger from record where no = ?", (no,)).fetchone()
        for of in ledgers().values():
            for one in of.fields:
                if one.kind is Kind.REF and one.of == name:
                    sql = f'select r.no from "{of.name}" l join record r on r.id = l.id where l."{one.name}" = ?'
                    found += [row[0] for row in connection.execute(sql, (id,))]
    return found


def _resolve_references(connection: Connection, of: Ledger, values: dict[str, Value]) -> None:
    for name in references(of):
        value = values.get(name)
        if isinstance(value, int):
            values[name] = name_of(connection, value)


def _agreed(connection: Connection, of: Ledger, group: str, state: GroupState) -> GroupState:
    """References to records that are one by now are no conflict."""
    if not state.conflicts or group not in references(of):
        return state
    meant = {
        name_of(connection, value[0]) if isinstance(value[0], int) else value[0] for value, _ids in state.conflicts
    }
    return replace(state, conflicts=()) if len(meant) == 1 else state


def references(of: Ledger) -> list[str]:
    """The reference fields of a ledger."""
    return [one.name for one in of.fields if one.kind is Kind.REF]


def name_of(connection: Connection, record: Id) -> Id:
    """The id a record is called by now: that of its component (versions.md §9)."""
    row = connection.execute(
        "select n.id from record r join record n on n.no = r.name where r.id = ?", (record,)
    ).fetchone()
    return int(row[0]) if row else record


def members_of(connection: Connection, record: Id) -> list[Id]:
    """The records that are one with this one: the one all are called by first, then the others by id."""
    name = name_of(connection, record)
    sql = "select r.id from record r join record n on n.no = r.name where n.id = ? order by r.id"
    return [name, *(row[0] for row in connection.execute(sql, (name,)))]


def own_row(connection: Connection, record: Id) -> rows.Row | None:
    """What a record says by itself, whatever it was joined with."""
    no = entries.number_of(connection, record)
    found = entries.load(connection, [no])[no] if no is not None else None
    if found is None or found.ledger not in ledgers():
        return None
    of = ledger(found.ledger)
    states = fold(of, found.taking_part())
    return rows.derive(of, found.id, states).row if states else None


def rebuild(connection: Connection) -> None:
    """Throw away everything derived and make it again from the entries."""
    for one in ledgers().values():
        connection.execute(f'delete from "{one.name}"')
    connection.execute("delete from mark")
    connection.execute("delete from natural_key")
    connection.execute("update record set name = null where name is not null")
    search.clear(connection)
    for chunk in _chunks(list(entries.every_number(connection))):
        refresh(connection, chunk, count=False)
    counts.rebuild(connection)


def renew(connection: Connection) -> None:
    """After an upgrade, once: derive what the program before did not know, or had no column for."""
    known = fingerprint()
    is_known = connection.execute("select 1 from setting where name = ? and value = ?", (_KNOWN, known)).fetchone()
    if is_known and counts.are_known(connection):
        return
    with transaction(connection):
        for one in ledgers().values() if not is_known else ():
            for chunk in _chunks(_stale(connection, one)):
                refresh(connection, chunk, count=False)
        connection.execute("insert or replace into setting values(?,?)", (_KNOWN, known))
        counts.rebuild(connection)


def _stale(connection: Connection, of: Ledger) -> list[int]:
    """Records whose row is missing, or holds fields that were unknown."""
    sql = (
        f'select r.no from record r left join "{of.name}" l on l.id = r.id'
        " where r.ledger = ? and (l.id is null or instr(l._state, '\"more\"'))"
    )
    return [row[0] for row in connection.execute(sql, (of.name,))]


def _chunks(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]


def groups_of(connection: Connection) -> Callable[[Id], Mapping[str, GroupState]]:
    """What tells the folded groups of a record, nothing for an unknown one; of those joined it is found out once."""

    @lru_cache(maxsize=WRITTEN)
    def folded(name: int) -> Mapping[str, GroupState]:
        found = _called(connection, name)
        return found.states() if found else {}

    def told(record: Id) -> Mapping[str, GroupState]:
        no = entries.number_of(connection, record)
        row = connection.execute("select coalesce(name, no) from record where no = ?", (no,)).fetchone()
        return folded(row[0]) if row else {}

    return told


def states_of(connection: Connection, record: Id) -> tuple[Component, Mapping[str, GroupState]] | None:
    """The component and folded groups of a record, for those who write."""
    no = entries.number_of(connection, record)
    found = component(connection, no) if no is not None else None
    return (found, found.states()) if found else None
