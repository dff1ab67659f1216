"""The one door: what becomes a version, and what it has seen."""

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Cell, Masked, Statement, Version
from gridworker.services.workspace import Workspace
from gridworker.store import batches, derive, entries, history, taking
from gridworker.store.batches import BatchHead
from gridworker.store.deeds import Deed
from gridworker.store.door import Change
from gridworker.store.taking import Brought

HOUSEHOLD, NEED = ledger("household"), ledger("need")
HOME = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502", "head": "李桂芳"}


def versions(workspace: Workspace, record: Id) -> list[Version]:
    no = entries.number_of(workspace.connection, record)
    assert no is not None
    found = entries.load(workspace.connection, [no])[no]
    return [one.entry for one in found.entries if isinstance(one.entry, Version)]


def add(workspace: Workspace, **patch: object) -> Id:
    return workspace.write("add", Change(HOUSEHOLD, HOME | patch)).ids[0]  # type: ignore[arg-type]


def take(workspace: Workspace, *some: object, number: int = 1) -> None:
    deed = Deed("书", "book", "2026-11-26T08:00:00", "book", id=number + 1000)
    head = BatchHead(number, number, f"{number}.xlsx", str(number), "ours", "", "", "", "2026-11-20")
    taking.take(workspace.connection, head, [Brought("household", one, deed, "住户名册", "F7") for one in some], {})  # type: ignore[arg-type]


def test_a_new_record_is_one_version_that_has_seen_nothing(worker: Workspace) -> None:
    record = add(worker)
    (only,) = versions(worker, record)
    assert (only.seen, dict(only.patch), only.side) == (frozenset(), HOME, "worker")


def test_an_edit_has_seen_all_versions_and_groups_move_whole(worker: Workspace) -> None:
    record = add(worker)
    worker.write("set", Change(HOUSEHOLD, {"building": "4"}, record))
    first, second = versions(worker, record)
    assert second.seen == {first.id}
    assert second.patch == {"estate": "金江西苑", "building": "4", "unit": "2", "room": "502"}


def test_what_stands_already_is_no_news(worker: Workspace) -> None:
    record = add(worker)
    written = worker.write("set", Change(HOUSEHOLD, {"head": "李桂芳", "phone": None}, record))
    assert not written.changed
    assert len(versions(worker, record)) == 1


def test_seen_is_stored_as_a_difference_without_loss(worker: Workspace) -> None:
    record = add(worker)
    for number in range(30):
        worker.write("set", Change(HOUSEHOLD, {"note": str(number)}, record))
    chain = versions(worker, record)
    for place, version in enumerate(chain):
        assert version.seen == {one.id for one in chain[:place]}
    bodies = [row[0] for row in worker.connection.execute("select body from entry order by key")]
    assert max(map(len, bodies)) < 400


def test_who_knows_a_member_only_masked_keeps_it_when_editing_the_rest(township: Workspace) -> None:
    cell = Cell(frozenset([100]), ("金江西苑", "3", "2", Masked("**")))
    take(township, Statement(50, {"address": cell}))
    township.write("set", Change(HOUSEHOLD, {"building": "4"}, 50))
    (edit,) = versions(township, 50)
    assert edit.patch == {"estate": "金江西苑", "building": "4", "unit": "2"}
    assert edit.origin == {"address": 100}
    row = township.row("household", 50)
    assert row is not None
    assert row.values["room"] == Masked("**")


def test_a_township_s_save_confirms_what_was_typed_into_a_book(township: Workspace) -> None:
    record = township.write("add", Change(NEED, {"content": "灯不亮", "kind": "N12", "status": "已上报"})).ids[0]
    (made,) = versions(township, record)
    reply = Version(102, record, "book", frozenset([made.id]), {"reply": "好"})
    head = BatchHead(1, 1, "1.xlsx", "1", "ours", "", "", "", "2026-11-20")
    deed = Deed("书", "book", "2026-11-20T08:00:00", "book", id=1000)
    taking.take(township.connection, head, [Brought("need", reply, deed, "诉求台账", "P9")], {})
    states = derive.states_of(township.connection, record)
    assert states is not None
    assert states[1]["reply"].unconfirmed
    township.write("set", Change(NEED, {"reply": "好"}, record))
    states = derive.states_of(township.connection, record)
    assert states is not None
    assert not states[1]["reply"].unconfirmed


def test_history_names_file_and_cell(township: Workspace) -> None:
    record = add(township)
    (made,) = versions(township, record)
    take(township, Version(102, record, "book", frozenset([made.id]), {"phone": "19900001234"}))
    first, second = history.history(township.connection, record)
    assert (second.sheet, second.cell, second.deed.side) == ("住户名册", "F7", "book")
    assert second.patch == {"phone": "19900001234"}
    assert first.deed.author == "何静文"


def test_keys_pack_and_unpack() -> None:
    keys = [1 << 20, (1 << 20) + 1, (7 << 20) + 3, (1 << 45) + 9]
    assert list(batches.unpack_keys(batches.pack_keys(reversed(keys)))) == keys


def test_a_forged_entry_refuses_the_whole_file(township: Workspace) -> None:
    import pytest

    from gridworker.errors import UserError

    record = add(township)
    (made,) = versions(township, record)
    with pytest.raises(UserError) as told:
        take(
            township,
            Version(104, record, "book", frozenset(), {"note": "新"}),
            Version(made.id, record, "worker", frozenset(), {"head": "别人"}),
        )
    assert told.value.code == "forged_entry"
    assert len(versions(township, record)) == 1
    assert not batches.listing(township.connection)
