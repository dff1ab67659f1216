"""Rows: what the fold of a record's entries says now. Derived; may be thrown away and made again."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED, Kind, Ledger
from gridworker.domain.versions.entries import MISSING, Masked, Value
from gridworker.domain.versions.fold import GroupState
from gridworker.domain.versions.packing import dumps, pack_value
from gridworker.store.engine import Connection


@dataclass(slots=True)
class Row:
    """One record as it stands: fields ever set, with their marks."""

    id: Id
    ledger: str
    values: dict[str, Value]
    deleted: bool = False

    def plain(self, name: str) -> Any:
        """The value in full, or None."""
        value = self.values.get(name)
        return None if isinstance(value, Masked) or value is MISSING else value


@dataclass(slots=True)
class Derived:
    """What one component derives: its row and the marks of groups that need a person's eye."""

    row: Row
    marks: list[tuple[str, GroupState]] = field(default_factory=list)


def derive(ledger: Ledger, id: Id, states: Mapping[str, GroupState]) -> Derived:
    """The row of a folded component."""
    values: dict[str, Value] = {}
    derived = Derived(Row(id, ledger.name, values))
    for group, state in states.items():
        if state.conflicts or state.incomplete or state.unconfirmed or state.proposals:
            derived.marks.append((group, state))
        if group == DELETED:
            derived.row.deleted = state.shown == (True,)
            continue
        if state.shown is not None:
            values.update(zip(ledger.members(group), state.shown, strict=True))
    return derived


def columns_of(ledger: Ledger, row: Row) -> tuple[object, ...]:
    """The row as columns: id, deleted, what columns cannot say, then the fields."""
    values = row.values
    if values.keys() <= ledger.by_name.keys() and not any(map(_is_special, values.values())):
        return (row.id, int(row.deleted), None, *map(values.get, ledger.by_name))
    state: dict[str, Any] = {}
    columns: list[object] = []
    implied = _implied(ledger, row.values)
    for name in ledger.by_name:
        value = row.values.get(name)
        if value is None:
            if name in row.values and name not in implied:
                state.setdefault("cleared", []).append(name)
            columns.append(None)
        elif isinstance(value, Masked):
            state.setdefault("masked", []).append(name)
            columns.append(value.text)
        elif value is MISSING:
            state.setdefault("missing", []).append(name)
            columns.append(None)
        else:
            columns.append(value)
    unknown = row.values.keys() - ledger.by_name.keys()
    if unknown:
        state["more"] = {name: pack_value(row.values[name]) for name in unknown}
    return (row.id, int(row.deleted), dumps(state) if state else None, *columns)


def _is_special(value: Value) -> bool:
    """Whether a column alone cannot say this value."""
    return value is None or value is MISSING or type(value) is Masked


def _implied(ledger: Ledger, values: Mapping[str, Value]) -> set[str]:
    """Members of a group that must be null since another member is not: groups move whole."""
    return {
        member
        for members in ledger.groups.values()
        if any(values.get(member) is not None for member in members)
        for member in members
    }


def put(connection: Connection, ledger: Ledger, rows: Iterable[Row]) -> None:
    """Write rows over those of the same ids."""
    marks = ",".join("?" * (len(ledger.fields) + 3))
    connection.executemany(
        f'insert or replace into "{ledger.name}" values({marks})', [columns_of(ledger, row) for row in rows]
    )


def remove(connection: Connection, ledger: Ledger, id: Id) -> None:
    """Take a row away: its record joined another, or takes no part."""
    connection.execute(f'delete from "{ledger.name}" where id = ?', (id,))


def put_marks(connection: Connection, some: Iterable[Derived]) -> None:
    """Write the marks of components over their former ones."""
    every = list(some)
    connection.executemany("delete from mark where record = ?", [(one.row.id,) for one in every])
    connection.executemany(
        "insert into mark values(?,?,?,?,?,?,?)",
        [_mark(one.row, group, state) for one in every for group, state in one.marks],
    )


def _mark(row: Row, group: str, state: GroupState) -> tuple[object, ...]:
    conflicts = [[[pack_value(one) for one in value], sorted(ids)] for value, ids in state.conflicts]
    proposals = [[id, [pack_value(one) for one in value]] for id, value in state.proposals]
    return (
        row.id, group, row.ledger, dumps(conflicts) if conflicts else None, int(state.incomplete),
        int(state.unconfirmed), dumps(proposals) if proposals else None,
    )  # fmt: skip


def from_columns(ledger: Ledger, columns: tuple[Any, ...], only: Sequence[str] = ()) -> Row:
    """The row that `columns_of` wrote, or those of its fields that were read."""
    id, deleted, state_text, *found = columns
    if state_text is None:
        return Row(id, ledger.name, _plain_values(ledger, only or ledger.by_name, found), bool(deleted))
    fields = [ledger.by_name[name] for name in only] if only else ledger.fields
    state = json.loads(state_text)
    masked, missing, cleared = (set(state.get(word, ())) for word in ("masked", "missing", "cleared"))
    values: dict[str, Value] = {}
    for one, value in zip(fields, found, strict=True):
        if one.name in masked:
            values[one.name] = Masked(value)
        elif one.name in missing:
            values[one.name] = MISSING
        elif value is not None:
            values[one.name] = bool(value) if one.kind is Kind.BOOL else value
        elif one.name in cleared:
            values[one.name] = None
    for name in _implied(ledger, values):
        values.setdefault(name, None)
    for name, value in state.get("more", {}).items():
        values[name] = Masked(value["m"]) if isinstance(value, dict) else value
    return Row(id, ledger.name, values, bool(deleted))


def plain_columns(ledger: Ledger, names: Sequence[str], found: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Id and full values (None for none) of what was read with `columns_wanted`, without making rows of them."""
    for one in found:
        if one[2] is None:
            yield one[0], *one[3:]
        else:
            row = from_columns(ledger, one, names)
            yield row.id, *map(row.plain, names)


def _plain_values(ledger: Ledger, names: Iterable[str], found: Sequence[Any]) -> dict[str, Value]:
    """What columns say that need nothing beside them: nearly all there are, so this is quick."""
    values: dict[str, Value] = {name: value for name, value in zip(names, found, strict=True) if value is not None}
    for name in ledger.bools & values.keys():
        values[name] = bool(values[name])
    for members in ledger.groups.values():
        if not values.keys().isdisjoint(members):
            for name in members:  # groups move whole: those that say nothing are null
                values.setdefault(name, None)
    return values


def get(connection: Connection, ledger: Ledger, id: Id) -> Row | None:
    """One row, deleted ones included."""
    found = connection.execute(f'select * from "{ledger.name}" where id = ?', (id,)).fetchone()
    return from_columns(ledger, found) if found else None


def select(
    connection: Connection,
    ledger: Ledger,
    where: str = "1",
    values: Iterable[object] = (),
    order: str = "id",
    only: Sequence[str] = (),
) -> list[Row]:
    """The rows that a condition of ours names, deleted ones left out; of their fields `only` some, if few are wanted.

    Never put typed text into `where`, `order` or `only`.
    """
    sql = (
        f'select {columns_wanted(only)} from "{ledger.name}"'
        f" where (_deleted is null or _deleted = 0) and ({where}) order by {order}"
    )
    return [from_columns(ledger, found, only) for found in connection.execute(sql, tuple(values)).fetchall()]


def columns_wanted(only: Sequence[str]) -> str:
    """What to select for `from_columns` with the same fields."""
    return ", ".join(["id", "_deleted", "_state", *(f'"{name}"' for name in only)]) if only else "*"
