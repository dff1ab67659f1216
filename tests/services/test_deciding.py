"""Joining and parting records by a person's decision: what stands, what waits for a choice, the way back, any order."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import conflicts, deciding, dump, household_page, records, undoing, visiting
from gridworker.services.visiting import NeedGiven
from gridworker.services.workspace import Workspace
from gridworker.store import derive, entries, queries, taking
from gridworker.store.batches import BatchHead
from gridworker.store.database import transaction
from gridworker.store.deeds import deeds
from gridworker.store.door import Change
from gridworker.store.taking import Brought
from tests.conftest import OpenCopy

HOUSEHOLD, RESIDENT = ledger("household"), ledger("resident")
DOOR = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502"}


def home(workspace: Workspace, **more: object) -> Id:
    return workspace.write("add", Change(HOUSEHOLD, {"grid": workspace.grid, **DOOR, **more})).ids[0]  # type: ignore[dict-item]


def person(workspace: Workspace, household: Id, name: str, **more: object) -> Id:
    return workspace.write("add", Change(RESIDENT, {"household": household, "name": name, **more})).ids[0]  # type: ignore[dict-item]


def dumped(workspace: Workspace) -> list[str]:
    return list(dump.dump(workspace, versions=True))


def standing(workspace: Workspace) -> list[str]:
    return list(dump.dump(workspace))


def test_two_households_become_one_and_everything_of_both_is_on_its_page(worker: Workspace) -> None:
    one, other = home(worker, head="李测试"), home(worker, head="李测式", phone="19900000001")
    person(worker, one, "李测试")
    person(worker, other, "王测试")
    visiting.save(worker, other, {"mode": "home", "outcome": "met"}, [NeedGiven({"kind": "N12", "content": "灯不亮"})])
    deciding.join(worker, HOUSEHOLD, other, one)
    name = min(one, other)
    page = household_page.read(worker, name)
    assert {member.name for member in page.members} == {"李测试", "王测试"}
    assert page.needs[0].content == "灯不亮"
    assert page.phone == "199****0001"
    assert [one.name for one in conflicts.conflicts(worker)] == [f"household/{records.ids.to_text(name)}/head"]
    assert {part.id for part in deciding.parts(worker, one)} == {one, other}
    assert queries.count(worker.connection, "household") == 1


def test_what_came_from_where_is_told(worker: Workspace) -> None:
    one, other = home(worker, head="李测试"), home(worker, head="李测式", phone="19900000001")
    deciding.join(worker, HOUSEHOLD, one, other)
    told = {line.label: line for line in deciding.compare(worker, HOUSEHOLD, [one, other])}
    assert told["户主"].values == ("李测试", "李测式")
    assert (told["户主"].differs, told["楼栋"].differs, told["联系电话"].differs) == (True, False, False)
    assert told["联系电话"].values == ("", "199****0001")


def test_undo_and_parting_bring_back_both(worker: Workspace) -> None:
    one, other = home(worker, head="李测试"), home(worker, head="王测试")
    person(worker, other, "王测试")
    before = standing(worker)
    done = deciding.join(worker, HOUSEHOLD, one, other)
    assert standing(worker) != before
    undoing.undo(worker, done)
    assert standing(worker) == before
    deciding.join(worker, HOUSEHOLD, one, other)
    joined = standing(worker)
    done = deciding.take_out(worker, HOUSEHOLD, max(one, other))
    assert standing(worker) == before
    undoing.undo(worker, done)
    assert standing(worker) == joined


def test_people_of_joined_households_do_not_differ_in_where_they_live(worker: Workspace) -> None:
    one, other = home(worker), home(worker)
    first, second = person(worker, one, "李测试"), person(worker, other, "李测试")
    deciding.join(worker, RESIDENT, first, second)
    assert [found.group for found in conflicts.conflicts(worker)] == ["household"]
    done = deciding.join(worker, HOUSEHOLD, one, other)
    assert conflicts.conflicts(worker) == []
    undoing.undo(worker, done)
    assert [found.group for found in conflicts.conflicts(worker)] == ["household"]


def test_parting_takes_one_of_three_out(worker: Workspace) -> None:
    some = sorted(home(worker, head=name) for name in ("李测试", "王测试", "张测试"))
    deciding.join(worker, HOUSEHOLD, some[0], some[1])
    deciding.join(worker, HOUSEHOLD, some[1], some[2])
    deciding.take_out(worker, HOUSEHOLD, some[1])
    assert [derive.name_of(worker.connection, id) for id in some] == some
    assert all(worker.row("household", id) for id in some)


def test_a_joined_record_is_found_by_its_old_id(worker: Workspace) -> None:
    one, other = home(worker, head="李测试"), home(worker)
    deciding.join(worker, HOUSEHOLD, one, other)
    assert records.get(worker, HOUSEHOLD, records.ids.to_text(max(one, other))).id == min(one, other)


@pytest.mark.parametrize("case", ["again", "itself", "other ledger", "unknown", "need", "apart"])
def test_what_cannot_be_joined_is_said_and_leaves_nothing(worker: Workspace, case: str) -> None:
    one, other, third = home(worker), home(worker), home(worker)
    if case in {"again", "apart"}:
        deciding.join(worker, HOUSEHOLD, one, other)
    if case == "apart":
        deciding.part(worker, HOUSEHOLD, other, third)
    pairs = {
        "again": (HOUSEHOLD, one, other), "itself": (HOUSEHOLD, one, one), "unknown": (HOUSEHOLD, one, 77),
        "other ledger": (HOUSEHOLD, one, person(worker, one, "李测试")), "need": (ledger("need"), one, other),
        "apart": (HOUSEHOLD, one, third),
    }  # fmt: skip
    before = dumped(worker)
    with pytest.raises(UserError):
        deciding.join(worker, *pairs[case])
    assert dumped(worker) == before


def brought(workspace: Workspace) -> list[Brought]:
    """Every entry of a store, as a workbook would bring it."""
    found = []
    for no in entries.every_number(workspace.connection):
        for record in entries.load(workspace.connection, [no]).values():
            by_no = deeds(workspace.connection, {one.deed for one in record.entries})
            found += [Brought(record.ledger, one.entry, by_no[one.deed]) for one in record.entries]
    return found


def take(workspace: Workspace, number: int, some: list[Brought]) -> None:
    head = BatchHead(number, number, f"{number}.xlsx", str(number), "ours", "", "", "", "2026-11-20T10:00:00")
    taking.take(workspace.connection, head, some, {})


verdicts = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6
)


@settings(max_examples=25)
@given(verdicts, st.randoms(use_true_random=False))
def test_whatever_the_order_the_same_bytes(
    law_stores: tuple[Workspace, Workspace, Workspace], decided: list[tuple[bool, bool, int, int]], dice: Random
) -> None:
    """Joining and parting households and their people in turn: the same facts here, there, and made anew."""
    for workspace in law_stores:
        wipe(workspace)
    here, there, yonder = law_stores
    homes = [home(here, head=f"户主{number}") for number in range(4)]
    people = [person(here, homes[number], f"人{number % 2}") for number in range(4)]
    for of_people, same, a, b in decided:
        of, some = (RESIDENT, people) if of_people else (HOUSEHOLD, homes)
        if a != b:
            decide(here, of, some[a], some[b], same=same)
    facts = brought(here)
    shuffled = facts * 2
    dice.shuffle(shuffled)
    take(there, 1, facts)
    for number in range(3):
        take(yonder, number, shuffled[number::3])
    assert dumped(there) == dumped(here)
    assert dumped(yonder) == dumped(here)
    with transaction(here.connection):
        derive.rebuild(here.connection)
    assert dumped(there) == dumped(here)


def decide(workspace: Workspace, of: object, one: Id, other: Id, *, same: bool) -> None:
    try:
        (deciding.join if same else deciding.part)(workspace, of, one, other)  # type: ignore[arg-type]
    except UserError:
        assert same


@pytest.fixture(scope="module")
def law_stores(stores_of_tests, tmp_path_factory):  # type: ignore[no-untyped-def]
    copies = OpenCopy(stores_of_tests, tmp_path_factory.mktemp("deciding"))
    yield copies(), copies(), copies()
    for workspace in copies.opened:
        workspace.close()


def wipe(workspace: Workspace) -> None:
    with transaction(workspace.connection):
        for table in ("entry", "record", "batch", "source", "mark", "natural_key", "household", "resident", "deed"):
            workspace.connection.execute(f'delete from "{table}"')
        for table in ("grid", "worker", "search"):
            workspace.connection.execute(f'delete from "{table}"')
        workspace.connection.execute("delete from setting where name = 'identity'")
