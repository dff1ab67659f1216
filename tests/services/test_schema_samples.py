"""Stores and workbooks of every released schema open in this program and say what they said."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gridworker.errors import DataError
from gridworker.services import dump, intake, keeping, records
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Workspace
from gridworker.store import database, schema
from tests.conftest import OpenCopy
from tests.tools.make_schema_sample import PASSWORD, TODAY

SAMPLES = sorted((Path(__file__).parents[1] / "data" / "schema").iterdir())


@pytest.fixture(params=SAMPLES, ids=lambda one: f"schema {one.name}")
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a sample's store beside its workbooks."""
    shutil.copytree(request.param, tmp_path / "sample")
    return tmp_path / "sample"


@pytest.fixture
def opened(sample: Path) -> Iterator[Workspace]:
    workspace = workspaces.open_folder(sample, PASSWORD, TODAY)
    yield workspace
    workspace.close()


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_the_store_opens_and_says_what_it_said(sample: Path, opened: Workspace) -> None:
    assert list(dump.dump(opened)) == lines(sample / "dump.jsonl")
    assert keeping.check(opened).ok


@pytest.mark.parametrize("form", ["masked", "full"])
def test_its_workbooks_say_what_they_said(sample: Path, open_copy: OpenCopy, form: str) -> None:
    township = open_copy("township")
    report = intake.take(township, [sample / f"{form}.xlsx"], intake.Options(password=PASSWORD)).files[0]
    assert report.problems == []
    assert report.cells["applied"] == report.cells["flagged"] == 0
    assert list(dump.dump(township)) == lines(sample / f"{form}.jsonl")


def test_its_own_workbooks_tell_the_store_nothing_new(sample: Path, opened: Workspace) -> None:
    for form in ("masked", "full"):
        report = intake.take(opened, [sample / f"{form}.xlsx"], intake.Options(password=PASSWORD)).files[0]
        assert (report.problems, report.created, report.changed, report.conflicts) == ([], 0, 0, 0)
    assert list(dump.dump(opened)) == lines(sample / "dump.jsonl")


def doctored(sample: Path, *statements: str) -> None:
    """Change the store as another release would have left it."""
    with closing(database.open_with_key(sample, database.unlock(sample, PASSWORD))) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("column", ["phone", "head"])
def test_an_older_store_is_brought_up_to_date(sample: Path, column: str) -> None:
    doctored(
        sample,
        f"alter table household drop column {column}",
        "drop table followup",
        "delete from setting where name = 'schema'",
        "pragma user_version = 0",
    )
    with closing(workspaces.open_folder(sample, PASSWORD, TODAY)) as workspace:
        assert list(dump.dump(workspace)) == lines(sample / "dump.jsonl")
        assert keeping.check(workspace).ok
        assert workspace.connection.execute("pragma user_version").fetchone()[0] == schema.VERSION
        home = workspace.connection.execute("select id from household order by id").fetchone()[0]
        records.change(workspace, records.ledger("household"), home, {column: "19900004321"})
        assert workspace.connection.execute(f"select {column} from household where id = ?", (home,)).fetchone() == (
            "19900004321",
        )


def test_a_store_of_a_newer_program_is_refused_and_left_as_it_is(sample: Path, tmp_path: Path) -> None:
    doctored(sample, f"pragma user_version = {schema.VERSION + 1}", "pragma wal_checkpoint(truncate)")
    before = {part: (sample / part).read_bytes() for part in database.PARTS}
    with pytest.raises(DataError) as refused:
        workspaces.open_folder(sample, PASSWORD, TODAY)
    assert refused.value.code == "newer_store"
    assert "升级" in refused.value.message + refused.value.hint
    assert {part: (sample / part).read_bytes() for part in database.PARTS} == before
