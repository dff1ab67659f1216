"""A batch read again: its entries are exchanged as if the file had just come in, and what stands on them stays."""

from gridworker.domain.ids import hashed_id
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Version
from gridworker.services import dump
from gridworker.services.workspace import Workspace
from gridworker.store import batches, entries, taking
from gridworker.store.batches import BatchHead
from gridworker.store.deeds import Deed
from gridworker.store.door import Change
from gridworker.store.taking import Brought

HOUSEHOLD = ledger("household")
DEED = Deed("甲", "book", "2026-11-20T10:00:00", "book_edit", id=8)
RECORD = 4


def version(name: str, seen: frozenset[int] = frozenset(), **patch: str) -> Version:
    return Version(hashed_id(name), RECORD, "book", seen, dict(patch))


def head(number: int) -> BatchHead:
    return BatchHead(hashed_id("batch", number), 2, "a.xlsx", f"digest{number}", "ours", "", "", "", "2026-11-25")


def take(workspace: Workspace, number: int, *some: Version) -> int:
    brought = [Brought("household", one, DEED) for one in some]
    return taking.take(workspace.connection, head(number), brought, {}).no


def exchange(workspace: Workspace, no: int, *some: Version) -> None:
    taking.exchange(workspace.connection, no, [Brought("household", one, DEED) for one in some], {})


def held(workspace: Workspace) -> dict[Version, int]:
    no = entries.number_of(workspace.connection, RECORD)
    assert no
    found = entries.load(workspace.connection, [no])[no].entries
    return {one.entry.id: one.held for one in found if isinstance(one.entry, Version)}


def test_the_same_id_may_say_something_else_and_what_stands_on_it_stays(township: Workspace) -> None:
    base, other = version("base", head="张三"), version("other", phone="19900001111")
    no = take(township, 1, base, version("edit", frozenset([base.id]), head="李四"))
    township.write("set", Change(HOUSEHOLD, {"head": "王五"}, RECORD))
    township.write("set", Change(HOUSEHOLD, {"head": "赵六"}, RECORD))
    again = (base, version("edit", frozenset([base.id, other.id]), head="李思"), other)
    exchange(township, no, *again)
    number = entries.number_of(township.connection, RECORD)
    assert number
    found = {one.entry.id: one.entry for one in entries.load(township.connection, [number])[number].entries}
    assert [found[one.id] for one in again] == list(again)
    last = max((one for one in found.values() if isinstance(one, Version)), key=lambda one: len(one.seen))
    assert {base.id, hashed_id("edit")} <= last.seen
    assert other.id not in last.seen
    row = township.row("household", RECORD)
    assert row
    assert (row.values["head"], row.values["phone"]) == ("赵六", "19900001111")


def test_counts_stay_right_whatever_brought_an_entry(township: Workspace) -> None:
    shared, gone, fresh = version("shared", head="张三"), version("gone", note="x"), version("fresh", note="y")
    first = take(township, 1, shared, gone)
    take(township, 2, shared)
    exchange(township, first, shared, fresh)
    assert held(township) == {shared.id: 2, gone.id: 0, fresh.id: 1}
    batches.set_state(township.connection, [first], "undone")
    assert held(township) == {shared.id: 1, gone.id: 0, fresh.id: 0}
    exchange(township, first, shared, gone)
    assert held(township) == {shared.id: 1, gone.id: 0, fresh.id: 0}
    assert [one.state for one in batches.listing(township.connection)] == ["in", "undone"]
    batches.set_state(township.connection, [first], "in")
    assert held(township) == {shared.id: 2, gone.id: 1, fresh.id: 0}
    before = list(dump.dump(township, versions=True))
    dump.rebuild(township)
    assert list(dump.dump(township, versions=True)) == before
