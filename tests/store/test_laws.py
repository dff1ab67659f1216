"""The laws that hold whatever comes in: order, repetition, undo, and rows that can always be made again."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridworker.domain.ids import hashed_id
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Cell, Decision, Reading, Statement, Tombstone, Version
from gridworker.services import dump as dump_service
from gridworker.services.workspace import Workspace
from gridworker.store import batches, derive, entries, taking
from gridworker.store.batches import BatchHead
from gridworker.store.database import transaction
from gridworker.store.deeds import Deed
from gridworker.store.taking import Brought
from tests.conftest import Made, OpenCopy

HOUSEHOLD = ledger("household")
RECORDS = [2, 4, 6]
ROWS = [11, 13, 15]
DEED = Deed("甲", "worker", "2026-11-20T10:00:00", "test", id=8)
TABLES = ("entry", "record", "batch", "source", "mark", "natural_key", "household", "deed")


class Bench:
    """Two empty stores that are wiped between examples."""

    def __init__(self, one: Workspace, other: Workspace) -> None:
        self.stores = (one, other)
        self.wipe()

    def wipe(self) -> None:
        for workspace in self.stores:
            with transaction(workspace.connection):
                for table in (*TABLES, "grid", "worker"):
                    workspace.connection.execute(f'delete from "{table}"')
                workspace.connection.execute("delete from setting where name = 'identity'")
                workspace.connection.execute("delete from search")


@pytest.fixture(scope="module")
def bench(stores_of_tests: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    copies = OpenCopy(stores_of_tests, tmp_path_factory.mktemp("laws"))
    yield Bench(copies(), copies())
    for workspace in copies.opened:
        workspace.close()


addresses = st.tuples(st.sampled_from("12"), st.sampled_from(["101", "102"]))
heads = st.sampled_from(["张三", "李四", None])


@st.composite
def patches(draw: st.DrawFn) -> dict[str, object]:
    patch: dict[str, object] = {}
    if draw(st.booleans()):
        building, room = draw(addresses)
        patch |= {"grid": 100, "estate": "金江西苑", "building": building, "unit": "1", "room": room}
    if draw(st.booleans()) or not patch:
        patch["head"] = draw(heads)
    return patch


@st.composite
def histories(draw: st.DrawFn) -> list[Brought]:
    """Versions, statements, foreign rows, decisions, erasures; authors had seen any part of what came before."""
    found: list[Brought] = []
    seen: dict[int, list[int]] = {}
    for number in range(draw(st.integers(1, 9))):
        record = draw(st.sampled_from(RECORDS))
        past = seen.setdefault(record, [])
        before = frozenset(draw(st.lists(st.sampled_from(past), unique=True))) if past else frozenset()
        id = hashed_id("law", number)
        entry = draw(st.sampled_from(["version", "version", "statement", "reading", "decision", "erasure"]))
        if entry == "version":
            side = draw(st.sampled_from(["worker", "township", "book"]))
            found.append(Brought("household", Version(id, record, side, before, draw(patches())), DEED))
            past.append(id)
        elif entry == "statement" and past:
            of = frozenset([draw(st.sampled_from(past))])
            cell = Cell(of, (draw(heads),), before - of)
            found.append(Brought("household", Statement(record, {"head": cell}), DEED))
        elif entry == "decision":
            pair = draw(st.lists(st.sampled_from(RECORDS + ROWS), min_size=2, max_size=2, unique=True))
            found.append(Brought(entries.DECISIONS, Decision(id, *pair, draw(st.booleans())), DEED))
        elif entry == "erasure":
            gone = draw(st.sampled_from([record, record, *ROWS]))
            groups = frozenset(draw(st.sampled_from([(), ("head",), ("address",)])))
            found.append(Brought("household", Tombstone(id, gone, groups), DEED))
            seen.setdefault(gone, []).append(id)
        else:
            row = draw(st.sampled_from(ROWS))
            found.append(Brought("household", Reading(id | 1, row, draw(patches())), DEED))
    return found


def take(workspace: Workspace, number: int, brought: list[Brought]) -> None:
    head = BatchHead(number, number, f"{number}.xlsx", str(number), "ours", "", "", "", "2026-11-20T10:00:00")
    taking.take(workspace.connection, head, brought, {})


def dumped(workspace: Workspace) -> list[str]:
    return list(dump_service.dump(workspace, versions=True))


@settings(max_examples=60)
@given(histories(), st.randoms(use_true_random=False), st.integers(1, 3))
def test_any_order_any_number_of_times(bench: Bench, history: list[Brought], dice: object, parts: int) -> None:
    bench.wipe()
    one, other = bench.stores
    take(one, 1, history)
    shuffled = history * 2
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    for part in range(parts):
        take(other, part, shuffled[part::parts])
    assert dumped(one) == dumped(other)


@settings(max_examples=60)
@given(histories())
def test_every_row_is_the_fold_of_its_entries(bench: Bench, history: list[Brought]) -> None:
    bench.wipe()
    workspace = bench.stores[0]
    for number, one in enumerate(history):
        take(workspace, number, [one])
    before = dumped(workspace)
    with transaction(workspace.connection):
        derive.rebuild(workspace.connection)
    assert dumped(workspace) == before


@settings(max_examples=60)
@given(histories(), histories(), histories())
def test_undo_is_as_if_it_never_came_but_for_what_it_erased(
    bench: Bench, first: list[Brought], second: list[Brought], third: list[Brought]
) -> None:
    bench.wipe()
    one, other = bench.stores
    shared = {_id(brought) for brought in (*first, *third)}
    second = [brought for brought in second if _id(brought) not in shared]
    for number, some in enumerate((first, second, _consistent(first, third))):
        take(one, number, some)
    erasures = [brought for brought in second if isinstance(brought.entry, Tombstone)]
    for number, some in enumerate((first, erasures, _consistent(first, third))):
        take(other, number, some)
    everything = dumped(one)
    no = one.connection.execute("select no from batch where id = 1").fetchone()[0]
    batches.set_state(one.connection, [no], "undone")
    assert dumped(one) == dumped(other)
    batches.set_state(one.connection, [no], "in")
    assert dumped(one) == everything


def test_who_is_who_after_undo_asks_nobody_that_is_gone(bench: Bench) -> None:
    """A row that was joined and is taken back lends its name to nobody."""
    bench.wipe()
    native = [Brought("household", Version(id, id, "worker", frozenset(), {"head": "张三"}), DEED) for id in (4, 6)]
    pairs = [(12, 6, 11, True), (14, 4, 6, True), (16, 11, 4, False)]
    decided = [Brought(entries.DECISIONS, Decision(*some, frozenset()), DEED) for some in pairs]
    row = Brought("household", Reading(13, 11, {"head": "张三"}), DEED)
    one, other = bench.stores
    for number, some in enumerate(([row], native + decided)):
        take(one, number, some)
    take(other, 1, native + decided)
    no = one.connection.execute("select no from batch where id = 0").fetchone()[0]
    batches.set_state(one.connection, [no], "undone")
    assert dumped(one) == dumped(other)


def _id(brought: Brought) -> object:
    return getattr(brought.entry, "id", None) or repr(brought.entry)


def _consistent(first: list[Brought], third: list[Brought]) -> list[Brought]:
    """Without ids that the first list uses for something else: those would rightly be refused."""
    known = {_id(brought): brought.entry for brought in first}
    return [brought for brought in third if known.get(_id(brought), brought.entry) == brought.entry]
