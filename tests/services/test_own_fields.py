"""Fields that people added: they are versions like any other, stay out of masked files, and need no declaration."""

from pathlib import Path

import openpyxl
import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import conflicts, dump, intake, own_fields, records
from gridworker.services.export import Wish
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.conftest import OpenCopy
from tests.services.township_books import book, filled

HIVES = "+养蜂箱数"
PASSWORD = "上报密码2026"
FULL = Wish(full=True, reason="测试", password=PASSWORD)


def keep(workspace: Workspace, value: object) -> int:
    home = queries.every(workspace.connection, "household", "id")[0]
    records.change(workspace, ledger("household"), home.id, {HIVES: value})
    return home.id


def test_it_travels_in_a_full_book_and_two_different_ones_wait_for_a_choice(
    open_copy: OpenCopy, tmp_path: Path
) -> None:
    worker, township = filled(open_copy), open_copy("township")
    home = keep(worker, "12箱")
    options = intake.Options(password=PASSWORD)
    report = intake.take(township, [book(worker, tmp_path, wish=FULL)], options)
    assert [one.code for one in report.files[0].problems] == []
    row = township.row("household", home)
    assert row is not None
    assert own_fields.facts(row) == (("养蜂箱数", "12箱"),)
    assert list(dump.dump(township)) == list(dump.dump(worker))
    keep(worker, "15箱")
    records.change(township, ledger("household"), home, {HIVES: "13箱"})
    intake.take(township, [book(worker, tmp_path, name="again.xlsx", wish=FULL)], options)
    assert [one.name for one in conflicts.conflicts(township)] == [f"household/{to_text(home)}/{HIVES}"]


def test_people_read_it_in_a_column_of_a_full_book_and_nowhere_in_a_masked_one(
    open_copy: OpenCopy, tmp_path: Path
) -> None:
    worker = filled(open_copy)
    keep(worker, "12箱")
    masked = openpyxl.load_workbook(book(worker, tmp_path, name="masked.xlsx", wish=Wish(full=False)))
    shown = [str(cell.value) for sheet in masked for row in sheet.iter_rows() for cell in row if cell.value]
    assert not any("12箱" in text or "养蜂" in text or text == "自定义项" for text in shown)
    from gridworker.exchange import raw

    opened = raw.read_book(book(worker, tmp_path, wish=FULL).read_bytes(), PASSWORD)
    sheet = next(one for one in opened.sheets if one.name == "住户名册")
    assert "自定义项" in sheet.rows[2]
    assert any("养蜂箱数：12箱" in row for row in sheet.rows)


def test_a_column_nobody_declared_comes_in_under_its_own_heading(worker: Workspace, tmp_path: Path) -> None:
    sheet = openpyxl.Workbook()
    for line in (["姓名", "住址", "养蜂箱数"], ["测试甲", "大湾组1号", "12箱"]):
        sheet.active.append(line)
    sheet.save(tmp_path / "蜂农.xlsx")
    columns = {"A": "resident.name", "B": "household.address", "C": f"resident.{HIVES}"}
    mapping = {"sheets": [{"sheet": None, "header_rows": [1], "columns": columns}]}
    report = intake.take(worker, [tmp_path / "蜂农.xlsx"], intake.Options(mapping=mapping)).files[0]
    assert [one.code for one in report.problems] == []
    (person,) = queries.every(worker.connection, "resident")
    assert own_fields.facts(person) == (("养蜂箱数", "12箱"),)
    assert own_fields.known(worker, ledger("resident")) == [HIVES]
    assert own_fields.known(worker, ledger("household")) == []


@pytest.mark.parametrize(("typed", "name"), [("养蜂箱数", HIVES), (" 养 蜂/箱 ", "+养 蜂／箱"), ("+ＡＢ", "+AB")])
def test_a_heading_makes_the_name(typed: str, name: str) -> None:
    assert own_fields.name_for(ledger("resident"), typed) == name


@pytest.mark.parametrize("typed", ["", "  ", "+", "姓名", "电话"])
def test_an_empty_heading_and_a_declared_one_make_none(typed: str) -> None:
    with pytest.raises(UserError):
        own_fields.name_for(ledger("resident"), typed)


def test_a_heading_with_a_stop_in_it_is_found_by_its_name() -> None:
    of = ledger("resident")
    assert records.field_named(of, "+1.5米以下").label == "1.5米以下"
    assert records.field_named(of, "resident.+1.5米以下").label == "1.5米以下"


def test_a_name_that_is_no_clean_heading_is_no_field(worker: Workspace) -> None:
    assert ledger("household").field("+a/b") is None
    with pytest.raises(UserError):
        records.field_named(ledger("household"), "+a/b")
