"""The one door: every fact a person enters becomes versions here, in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gridworker.domain.ids import Id, random_id
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules import restricted
from gridworker.domain.versions.entries import MISSING, Decision, Masked, Tombstone, Value, Version
from gridworker.domain.versions.fold import GroupState
from gridworker.domain.versions.writing import split_by_seen
from gridworker.store import counts, derive, entries, identity, rows, search
from gridworker.store.database import transaction
from gridworker.store.deeds import Deed, record_deed
from gridworker.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Change:
    """Set these fields of a record; without a record, a new one."""

    ledger: Ledger
    patch: Mapping[str, Value]
    record: Id = 0
    also_seen: frozenset[Id] = frozenset()
    """Ids shown to the person besides what the store knows: all sides of a conflict that is being decided."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person on who is who: two records of a ledger are the same, or are not."""

    ledger: Ledger
    a: Id
    b: Id
    same: bool


@dataclass(slots=True)
class Written:
    """What a transaction did."""

    ids: list[Id] = field(default_factory=list)
    changed: list[tuple[str, Id, tuple[str, ...]]] = field(default_factory=list)
    """Ledger, record and fields of each change that said something new."""


def write(connection: Connection, deed: Deed, changes: Iterable[Change], *, index: bool = True) -> Written:
    """Enter changes as versions; values that stand already are no news."""
    written = Written()
    with transaction(connection):
        deed_no = record_deed(connection, deed)
        fresh: list[tuple[Id, Change]] = []
        every = list(changes)
        known = entries.known_among(connection, [change.record for change in every if change.record])
        for change in every:
            id = change.record or random_id()
            written.ids.append(id)
            if id not in known:
                fresh.append((id, change))
                known.add(id)
                continue
            _create(connection, deed, deed_no, fresh, written, index=index)
            fresh = []
            _edit(connection, deed, deed_no, id, change, written, index=index)
        _create(connection, deed, deed_no, fresh, written, index=index)
    return written


def decide(connection: Connection, deed: Deed, verdicts: Iterable[Verdict]) -> Written:
    """Enter decisions on who is who, each having seen whatever was decided on its pair before."""
    written = Written()
    with transaction(connection):
        deed_no = record_deed(connection, deed)
        identity.activate(connection, keys=False)
        for one in verdicts:
            seen = frozenset(known.id for known in identity.decisions_on(connection, one.a, one.b))
            decision = Decision(random_id(), min(one.a, one.b), max(one.a, one.b), one.same, seen)
            (no,) = entries.new_numbers(connection, 1)
            connection.execute("insert into record(no, id, ledger) values(?,?,?)", (no, decision.id, entries.DECISIONS))
            entries.insert(connection, [entries.row_for(decision, no << entries.SHIFT, deed_no, _NOTHING)])
            derive.refresh(connection, [no])
            written.ids.append(decision.id)
            written.changed += [(one.ledger.name, derive.name_of(connection, id), ()) for id in (one.a, one.b)]
    return written


def _create(
    connection: Connection, deed: Deed, deed_no: int, fresh: list[tuple[Id, Change]], written: Written, *, index: bool
) -> None:
    if not fresh:
        return
    numbers = entries.new_numbers(connection, len(fresh))
    by_ledger: dict[str, tuple[Ledger, list[tuple[int, rows.Row]]]] = {}
    records, versions = [], []
    for no, (id, change) in zip(numbers, fresh, strict=True):
        patch = {name: value for name, value in change.patch.items() if value is not None}
        records.append((no, id, change.ledger.name))
        for place, part in enumerate(_apart(change.ledger, patch)):
            version = Version(random_id(), id, deed.side, frozenset(), part)
            versions.append(entries.row_for(version, (no << entries.SHIFT) + place, deed_no, _NOTHING))
        row = rows.Row(id, change.ledger.name, _whole_groups(change.ledger, patch))
        by_ledger.setdefault(change.ledger.name, (change.ledger, []))[1].append((no, row))
        written.changed.append((change.ledger.name, id, tuple(patch)))
    connection.executemany("insert into record(no, id, ledger) values(?,?,?)", records)
    entries.insert(connection, versions)
    if identity.is_active(connection):  # a row of some list may speak of this very door
        derive.refresh(connection, numbers, index=index)
        return
    with counts.renewed(connection, {name: [row.id for _no, row in some] for name, (_of, some) in by_ledger.items()}):
        for ledger, numbered in by_ledger.values():
            rows.put(connection, ledger, [row for _no, row in numbered])
            if index:
                search.put(connection, ledger, numbered)


_NOTHING = entries.RecordEntries(0, 0, "")


def _apart(ledger: Ledger, patch: Mapping[str, Value]) -> list[dict[str, Value]]:
    """What speaks of restricted groups in a version of its own: versions travel whole, and that one stays here."""
    staying = {ledger.group_of(name) for name in restricted.spoken_in(patch)}
    going = {name: value for name, value in patch.items() if ledger.group_of(name) not in staying}
    rest = {name: value for name, value in patch.items() if name not in going}
    return [part for part in (going, rest) if part] or [{}]


def _whole_groups(ledger: Ledger, patch: Mapping[str, Value]) -> dict[str, Value]:
    """Groups move whole: members of a touched group that were not given are null."""
    whole = dict(patch)
    for members in ledger.groups.values():
        if any(member in patch for member in members):
            for member in members:
                whole.setdefault(member, None)
    return whole


def _edit(
    connection: Connection, deed: Deed, deed_no: int, id: Id, change: Change, written: Written, *, index: bool
) -> None:
    found = derive.states_of(connection, id)
    if found is None:
        return
    component, states = found
    patch = _news(change, states, township=deed.side == "township")
    if not patch:
        return
    record = next(one for one in component.records if one.no == component.name)
    erased = {entry.id for entry in component.taking_part() if isinstance(entry, Tombstone)}
    new_rows = []
    parts = split_by_seen(change.ledger, states, patch)
    for part, seen in ((one, seen) for some, seen in parts for one in _apart(change.ledger, some)):
        visible, origin = _visible(change.ledger, states, part)
        version = Version(random_id(), component.id, deed.side, seen | erased | change.also_seen, visible, origin)
        new_rows.append(entries.append(record, version, deed_no))
    entries.insert(connection, new_rows)
    derive.refresh(connection, [component.name], index=index)
    written.changed.append((change.ledger.name, component.id, tuple(change.patch)))


def _visible(
    ledger: Ledger, states: Mapping[str, GroupState], patch: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Id]]:
    """A patch without the members its author could not see; they stay those of the head it was made from (§7)."""
    visible: dict[str, Value] = {
        name: value for name, value in patch.items() if not isinstance(value, Masked) and value is not MISSING
    }
    partial = {ledger.group_of(name) for name in patch.keys() - visible.keys()}
    return visible, {group: min(states[group].of) for group in partial}


def _news(change: Change, states: Mapping[str, GroupState], *, township: bool) -> dict[str, Value]:
    """The groups of a change that differ from what stands, each whole; a decision is always news."""
    ledger = change.ledger
    news: dict[str, Value] = {}
    for group in dict.fromkeys(ledger.group_of(name) for name in change.patch):
        members = ledger.members(group)
        state = states.get(group)
        now = dict(zip(members, state.shown, strict=True)) if state and state.shown else dict.fromkeys(members)
        then = {name: change.patch.get(name, now[name]) for name in members}
        if then != now or change.also_seen or (state and (state.incomplete or (township and state.unconfirmed))):
            news.update(then)
    return news
