"""The test vectors as entries, and what a set of entries comes to in the vectors' words."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gridworker.domain.versions.claims import is_full
from gridworker.domain.versions.entries import (
    MISSING,
    Cell,
    Decision,
    Entry,
    Masked,
    Reading,
    Statement,
    Tombstone,
    Value,
    Version,
)  # fmt: skip
from gridworker.domain.versions.fold import DELETED, GroupState, fold
from gridworker.domain.versions.identity import makes_native, resolve
from gridworker.domain.versions.writing import same_content

FILE = json.loads((Path(__file__).parents[2] / "data" / "versions-cases.json").read_text(encoding="utf-8"))


class CaseSchema:
    """The vectors' ledger."""

    groups: Mapping[str, list[str]] = FILE["schema"]["groups"]
    township = frozenset(FILE["schema"]["township_fields"])

    def group_of(self, field: str) -> str:
        return next((group for group, members in self.groups.items() if field in members), field)

    def members(self, group: str) -> tuple[str, ...]:
        return tuple(self.groups.get(group, (group,)))

    def is_township(self, group: str) -> bool:
        return bool(self.township & set(self.members(group)))

    def key_groups(self) -> frozenset[str]:
        return frozenset({"address", "identity", "name"})

    def keys(self, values: Mapping[str, Value]) -> frozenset[str]:
        found = set()
        address = [values.get(name) for name in ("estate", "building", "unit", "room")]
        if all(isinstance(part, str) for part in address):
            found.add("address:" + "/".join(map(str, address)))
        if isinstance(values.get("id_no"), str) and isinstance(values.get("name"), str):
            found.add(f"identity:{values['id_no']}:{values['name']}")
        return frozenset(found)


SCHEMA = CaseSchema()


def is_foreign(id: Any) -> bool:
    return str(id).startswith("x")


def value_of(raw: Any) -> Value:
    if isinstance(raw, dict):
        return Masked(raw["masked"]) if "masked" in raw else MISSING
    return raw  # type: ignore[no-any-return]


def entry_of(raw: Mapping[str, Any]) -> Entry:
    """One entry of a vector."""
    make = {"version": _version, "statement": _statement, "foreign": _foreign, "decision": _decision, "erase": _erase}
    return make[raw["kind"]](raw)


def _version(raw: Mapping[str, Any]) -> Version:
    patch = {name: value_of(value) for name, value in raw["patch"].items()}
    return Version(raw["id"], raw["record"], raw["side"], frozenset(raw["seen"]), patch, raw.get("from", {}))


def _statement(raw: Mapping[str, Any]) -> Statement:
    cells = {}
    for group, cell in raw["cells"].items():
        members = SCHEMA.members(group)
        one = cell.get("value")
        value = tuple(value_of((one or {}).get(name)) for name in members) if len(members) > 1 else (value_of(one),)
        cells[group] = Cell(frozenset(cell["of"]), value, frozenset(cell["over"]), frozenset(cell.get("hidden", ())))
    return Statement(raw["record"], cells)


def _foreign(raw: Mapping[str, Any]) -> Reading:
    values = {name: value_of(value) for name, value in raw["values"].items()}
    return Reading(raw["id"], raw["record"], values, frozenset(raw["over"]))


def _decision(raw: Mapping[str, Any]) -> Decision:
    return Decision(raw["id"], raw["a"], raw["b"], raw["same"], frozenset(raw["seen"]))


def _erase(raw: Mapping[str, Any]) -> Tombstone:
    return Tombstone(raw["id"], raw["record"], frozenset(raw["groups"]))


def outcome(entries: Iterable[Entry]) -> dict[str, Any]:
    """What a set of entries comes to, in the vectors' words."""
    every = list(entries)
    by_id: dict[Any, Entry] = {}
    refused = set()
    for entry in every:
        id = getattr(entry, "id", None)
        if id is not None:
            refused |= {id} if not same_content(by_id.setdefault(id, entry), entry) else set()
    if refused:
        return {"refused": sorted(refused)}
    by_record: dict[Any, list[Entry]] = {}
    for entry in every:
        if not isinstance(entry, Decision):
            by_record.setdefault(entry.record, []).append(entry)
    keys = {record: keys_of(some) for record, some in by_record.items()}
    natives = {record: keys[record] for record, some in by_record.items() if _is_native(some)}
    rows = {record: keys[record] for record in by_record if record not in natives}
    identity = resolve(natives, rows, [one for one in every if isinstance(one, Decision)])
    members: dict[Any, list[Entry]] = {}
    for record, some in by_record.items():
        members.setdefault(identity.names[record], []).extend(some)
    records = {}
    for name, some in members.items():
        states = fold(SCHEMA, some, is_foreign)
        if states:
            records[name] = told(states)
    found: dict[str, Any] = {"records": records}
    return found | ({"questions": sorted(identity.questions)} if identity.questions else {})


def _is_native(some: Iterable[Entry]) -> bool:
    return any(makes_native(one, is_foreign) for one in some)


def keys_of(some: Iterable[Entry]) -> frozenset[str]:
    from gridworker.domain.versions.identity import keys_of as real

    return real(SCHEMA, some, is_foreign)


def told(states: Mapping[str, GroupState]) -> dict[str, Any]:
    """A folded component as an expectation is written."""
    row: dict[str, Any] = {}
    found: dict[str, Any] = {"row": row}
    for group, state in states.items():
        if group == DELETED:
            found |= {"deleted": True} if state.shown == (True,) else {}
        else:
            row |= {name: _plain(value) for name, value in zip(SCHEMA.members(group), state.shown, strict=True)}
        if state.conflicts:
            values = sorted(
                (_group(group, value) for value, _ids in state.conflicts),
                key=lambda one: json.dumps(one, ensure_ascii=False),
            )
            found.setdefault("conflicts", {})[group] = values
        if state.incomplete:
            found.setdefault("incomplete", []).append(group)
        if state.unconfirmed:
            found.setdefault("unconfirmed", []).append(group)
        if state.proposals:
            found.setdefault("proposals", {})[group] = [
                {"id": id, "value": _group(group, value)} for id, value in state.proposals
            ]
    for name in ("incomplete", "unconfirmed"):
        if name in found:
            found[name].sort()
    return found


def _group(group: str, value: tuple[Value, ...]) -> Any:
    members = SCHEMA.members(group)
    if len(members) == 1:
        return _plain(value[0])
    return {name: _plain(one) for name, one in zip(members, value, strict=True) if one is not MISSING}


def _plain(value: Value) -> Any:
    if isinstance(value, Masked):
        return {"masked": value.text}
    return {"missing": True} if value is MISSING else value


__all__ = ["FILE", "SCHEMA", "entry_of", "is_foreign", "is_full", "outcome", "told"]
