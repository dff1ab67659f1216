"""What must hold after every history, whatever happened in it."""

import json
from collections.abc import Sequence
from random import Random

from gridworker.services import dump, imports
from gridworker.store import batches, counts, derive
from gridworker.store.database import transaction
from tests.campaign.devices import Device, File
from tests.campaign.histories import History


def check(history: History) -> None:
    """All laws, from the cheapest on."""
    rows_are_folds(history)
    undo_is_as_if_it_never_came(history)
    everybody_converges(history)
    what_was_said_travels(history)
    a_collector_passes_everything_on(history)


def rows_are_folds(history: History) -> None:
    """Whatever was derived step by step is what the entries say."""
    _made_anew(history.dice.choice(history.devices))


def _made_anew(device: Device) -> None:
    connection = device.workspace.connection
    before, sums = device.dump(), counts.every_sum(connection)
    with transaction(connection):
        derive.rebuild(connection)
    _same(before, device.dump(), "a row is not the fold of its entries")
    _same([str(one) for one in sums], [str(one) for one in counts.every_sum(connection)], "a sum was not kept")


def undo_is_as_if_it_never_came(history: History) -> None:
    """state(all) minus X == state(all except X), and X imported again is back."""
    dice = history.dice
    device = dice.choice(history.devices)
    books = [one for one in batches.listing(device.workspace.connection) if one.state == "in" and one.file]
    if not books:
        return
    gone, everything = dice.choice(books), device.dump()
    imports.undo(device.workspace, gone.id)
    without = device.dump()
    twin = history.pool.device(device.workspace.store.role)
    _wipe_own(twin)
    rest = [device.files[one.id] for one in books if one.id != gone.id]
    dice.shuffle(rest)
    twin.give(device.own_entries())
    for book in rest:
        twin.take(book)
    _same(without, twin.dump(), "undo is not as if it never came")
    device.take(device.files[gone.id])
    _same(everything, device.dump(), "undone and imported again is not back")


def everybody_converges(history: History) -> None:
    """Who has seen the same files and local edits has the same bytes, in whatever order they came."""
    made = {id(device): device.own_entries() for device in history.devices}
    for device in history.devices:
        device.set_clock(history.dice)
        books = list(history.books)
        history.dice.shuffle(books)
        others = [one for key, some in made.items() if key != id(device) for one in some]
        if history.dice.random() < 0.5:
            device.give(others)
            _take_all(device, books)
        else:
            _take_all(device, books)
            device.give(others)
        undone_and_put_back(device, history.dice)
    dumps = [device.dump() for device in history.devices]
    for one in dumps[1:]:
        _same(dumps[0], one, "two machines that have seen the same differ")


def undone_and_put_back(device: Device, dice: Random) -> None:
    """Some imports are taken back one after the other, leave nothing behind, and are put back in another order."""
    known = [one.id for one in batches.listing(device.workspace.connection) if one.state == "in"]
    gone = dice.sample(known, k=min(len(known), dice.choice([0, 1, 2])))
    for one in gone:
        imports.undo(device.workspace, one)
    if gone:
        _made_anew(device)
    for one in dice.sample(gone, k=len(gone)):
        imports.put_back(device.workspace, one)


def what_was_said_travels(history: History) -> None:
    """Edits and decisions of one store, by its full workbook to another that has read the same files."""
    makers = [one for one in history.devices if not one.workspace.is_township]
    maker, other = history.dice.choice(makers), history.pool.device("township")
    files = [*history.books, history.export(maker, full=True)]
    history.dice.shuffle(files)
    for device in (maker, other):
        _take_all(device, files)
    _same(_facts(maker), _facts(other), "what was said does not travel by workbook")


def a_collector_passes_everything_on(history: History) -> None:
    """A and B into C, C's export into D equals A and B into D."""
    full = [book for book in history.books if history.dice.random() < 0.5][:3]
    collector, direct, passed = (history.pool.device("township") for _number in range(3))
    _take_all(collector, full)
    _take_all(direct, full)
    passed.take(history.export(collector, full=True))
    records = {json.loads(line)["id"] for line in dump.dump(passed.workspace)}
    _same(_facts(direct, records), _facts(passed, records), "a collector does not pass everything on")
    _take_all(passed, full)
    _same(_facts(direct), _facts(passed), "the direct books change what the collector passed on")


def _facts(device: Device, only: set[str] | None = None) -> list[str]:
    lines = list(dump.dump(device.workspace))
    return lines if only is None else [line for line in lines if json.loads(line)["id"] in only]


def _take_all(device: Device, books: Sequence[File]) -> None:
    for book in books:
        device.take(book)


def _wipe_own(device: Device) -> None:
    """A twin starts with nothing of its own."""
    for table in ("entry", "record", "deed", "grid", "worker", "natural_key", "mark"):
        device.workspace.connection.execute(f'delete from "{table}"')
    device.workspace.connection.execute("delete from search")


def _same(one: list[str], other: list[str], what: str) -> None:
    if one != other:
        lacking, more = sorted(set(one) - set(other)), sorted(set(other) - set(one))
        raise AssertionError(f"{what}:\n  " + "\n  ".join([*lacking[:4], "-- instead of --", *more[:4]]))
