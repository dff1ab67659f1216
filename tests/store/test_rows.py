"""Rows read in part say the same as whole ones."""

from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import MISSING, Masked, Value
from gridworker.services.workspace import Workspace
from gridworker.store import queries, rows
from gridworker.store.rows import Row

WANTED = ("head", "care_level", "estate", "building", "unit", "room")
HOMES: list[dict[str, Value]] = [
    {"head": "李桂芳", "care_level": "red", "estate": "金江西苑", "building": "3", "unit": None, "room": "502"},
    {"head": Masked("李*"), "care_level": MISSING, "estate": "金江西苑", "building": None, "unit": None, "room": None},
    {"head": None, "care_level": "green", "note": "楼道灯不亮"},
    {"phone": "13800000000"},
]


def test_some_fields_of_a_row_are_those_of_the_whole(worker: Workspace) -> None:
    connection, of = worker.connection, ledger("household")
    rows.put(connection, of, [Row(place, "household", values) for place, values in enumerate(HOMES, 1)])
    every, parts = queries.every(connection, "household"), queries.every(connection, "household", only=WANTED)
    for whole, part in zip(every, parts, strict=True):
        assert whole.values == HOMES[whole.id - 1]
        assert {name: part.values.get(name) for name in WANTED} == {name: whole.values.get(name) for name in WANTED}
        assert queries.by_ids(connection, "household", [whole.id], WANTED) == {whole.id: part}
    told = [(row.id, *map(row.plain, WANTED)) for row in every]
    assert list(queries.plain_columns(connection, "household", WANTED)) == told


def test_yes_and_no_come_back_as_such(worker: Workspace) -> None:
    connection = worker.connection
    both = [Row(1, "need", {"confidential": True}), Row(2, "need", {"confidential": False})]
    rows.put(connection, ledger("need"), both)
    for only in ((), ("confidential",)):
        assert [row.values["confidential"] for row in queries.every(connection, "need", only=only)] == [True, False]
        assert all(type(row.values["confidential"]) is bool for row in queries.every(connection, "need", only=only))
