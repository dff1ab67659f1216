"""Whoever holds a masked workbook cannot try out what a small foreign file said (versions.md §17.11)."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridworker.domain.ids import Id, hashed_id
from gridworker.services import columns, dump, feedback, intake, setup_file
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.campaign import sheets
from tests.campaign.devices import read_once_each
from tests.campaign.sheets import Line
from tests.conftest import OpenCopy

LINE = Line(sheets.DOORS[0], "王桂兰", "1380001000", None, "2026-11-03", None)


@pytest.fixture(autouse=True)
def in_process() -> Iterator[None]:
    with read_once_each():
        yield


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    (tmp_path / "一户.csv").write_bytes(sheets.as_csv(sheets.homes([LINE])["住户"]))
    return tmp_path / "一户.csv"


def guess(path: Path) -> Id:
    """What anybody can work out from the file alone."""
    return hashed_id(hashlib.sha256(path.read_bytes()).hexdigest(), "", 3, "household", foreign=True)


def homes(workspace: Workspace) -> list[Id]:
    return [row.id for row in queries.every(workspace.connection, "household")]


def set_up(township: Workspace, *workers: Workspace) -> None:
    setup_file.write(township, township.store.folder / "开户.gwsetup")
    for worker in workers:
        setup_file.apply(worker, setup_file.read(township.store.folder / "开户.gwsetup"))


def test_one_township_calls_a_file_alike_and_nobody_else_can(open_copy: OpenCopy, csv: Path) -> None:
    township, one, other = open_copy("township"), open_copy(), open_copy()
    set_up(township, one, other)
    for workspace in (township, one, other):
        intake.take(workspace, [csv])
    assert homes(township) == homes(one) == homes(other) != [guess(csv)]
    assert list(dump.dump(one, versions=True)) == list(dump.dump(other, versions=True))


def test_without_a_setup_file_a_file_is_called_by_its_digest(worker: Workspace, csv: Path) -> None:
    intake.take(worker, [csv])
    assert homes(worker) == [guess(csv)]


def test_a_file_keeps_its_name_when_the_salt_comes_later(open_copy: OpenCopy, csv: Path) -> None:
    township, worker = open_copy("township"), open_copy()
    first = intake.take(worker, [csv]).files[0]
    set_up(township, worker)
    mapping = columns.as_mapping(first.columns, [first.mapping])
    again = intake.take(worker, [csv], intake.Options(mapping=mapping)).files[0]
    assert (again.created, homes(worker)) == (0, [guess(csv)])


def test_a_marked_copy_comes_home_though_it_never_names_the_digest(open_copy: OpenCopy, csv: Path) -> None:
    township, worker = open_copy("township"), open_copy()
    set_up(township, worker)
    out = csv.with_name("标记.xlsx")
    feedback.write_marked(worker, csv, intake.take(worker, [csv]).files[0], out)
    stranger = open_copy()
    for workspace in (worker, stranger):
        report = intake.take(workspace, [out]).files[0]
        assert report.created == (workspace is stranger)
    assert homes(stranger) == homes(worker)
