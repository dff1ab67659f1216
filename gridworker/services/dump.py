"""The shared facts as sorted JSON lines: two stores with the same facts dump the same bytes."""

import json
from collections.abc import Iterator
from typing import Any

from gridworker.domain import ids, values
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledgers
from gridworker.domain.versions import packing
from gridworker.domain.versions.entries import Cell, Entry, Statement, Value
from gridworker.services.records import fields_json
from gridworker.services.workspace import Workspace
from gridworker.store import derive, entries, queries


def dump(workspace: Workspace, *, versions: bool = False) -> Iterator[str]:
    """One line per record; with `versions` also one per entry that counts."""
    marks = _marks(workspace)
    for of in sorted(ledgers().values(), key=lambda one: one.name):
        lines = []
        for row in queries.all_rows(workspace.connection, of.name):
            if not row.deleted:
                id = ids.to_text(row.id)
                lines.append(
                    (id, _line({"ledger": of.name, "id": id, "fields": fields_json(row)} | marks.get(row.id, {})))
                )
        yield from (line for _id, line in sorted(lines))
    if versions:
        yield from sorted(set(_entry_lines(workspace)))  # what erasure left of two statements may be the same


def _line(fact: dict[str, Any]) -> str:
    return json.dumps(fact, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _marks(workspace: Workspace) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for record, group, name, conflicts, incomplete, unconfirmed, _proposals in queries.marks(workspace.connection):
        mark = found.setdefault(record, {})
        of = ledgers()[name]
        if conflicts:
            told = [_value(of, group, value) for value, _ids in json.loads(conflicts)]
            mark.setdefault("conflicts", {})[group] = sorted(told, key=_line_of)
        if incomplete:
            mark.setdefault("incomplete", []).append(group)
        if unconfirmed:
            mark.setdefault("unconfirmed", []).append(group)
    return found


def _line_of(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _value(of: Ledger, group: str, packed: list[Any]) -> object:
    members = of.members(group)
    unpacked = [packing.unpack_value(one) for one in packed]
    told = [values.to_json(of.by_name.get(name), one) for name, one in zip(members, unpacked, strict=True)]
    return told[0] if len(told) == 1 else dict(zip(members, told, strict=True))


def _entry_lines(workspace: Workspace) -> Iterator[str]:
    for no in entries.every_number(workspace.connection):
        for record in entries.load(workspace.connection, [no]).values():
            for entry in record.taking_part():
                yield _line(
                    {
                        "record": ids.to_text(record.id),
                        "entry": _entry(ledgers().get(record.ledger), entry),
                        "kind": packing.kind_of(entry).name.lower(),
                    }
                )


def _entry(of: Ledger | None, entry: Entry) -> object:
    if isinstance(entry, Statement):
        return {group: _cell(of, group, cell) for group, cell in entry.cells.items()}
    told: dict[str, Any] = {}
    for name in entry.__slots__:
        value = getattr(entry, name)
        if isinstance(value, frozenset):
            told[name] = sorted(ids.to_text(one) if isinstance(one, int) else one for one in value)
        elif name == "origin":
            told[name] = {group: ids.to_text(id) for group, id in value.items()}
        elif name in {"patch", "values"}:
            told[name] = {key: _told(of, key, one) for key, one in value.items()}
        else:
            told[name] = ids.to_text(value) if name in {"id", "record", "a", "b"} else value
    return told


def _cell(of: Ledger | None, group: str, cell: Cell) -> dict[str, Any]:
    some = {name: sorted(ids.to_text(one) for one in getattr(cell, name)) for name in ("of", "over", "hidden")}
    members = (*(of.members(group) if of else ()), *([group] * len(cell.value)))  # a newer release may know more
    return some | {"value": [_told(of, name, one) for name, one in zip(members, cell.value, strict=False)]}


def _told(of: Ledger | None, name: str, value: Value) -> object:
    return values.to_json(of.by_name.get(name) if of else None, value)


def rebuild(workspace: Workspace) -> None:
    """Make everything derived anew; the dump must not change."""
    derive.rebuild(workspace.connection)
