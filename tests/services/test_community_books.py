"""The weekly workbook of a community: every ledger that holds something is a sheet of it, and comes home as it left."""

from pathlib import Path

import openpyxl
import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import to_text
from gridworker.domain.ledger import Kind, Privacy
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.exchange.layout import fold_head
from gridworker.services import conflicts, dump, export, form_rows, intake, records
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace, grid_id
from gridworker.store import queries
from tests.community import Community
from tests.conftest import OpenCopy

WEEK = Period.of_week(parse_week("2026-W48"))
PASSWORD = "上报密码2026"
OPENED = intake.Options(password=PASSWORD)
FULL = Wish(full=True, reason="周报上报", password=PASSWORD)
MASKED = Wish(full=False)
SHEETS = {of.sheet: of for of in ledgers().values() if of.area}


def send(workspace: Workspace, out: Path, wish: Wish) -> Path:
    return export.export(workspace, WEEK, out, wish).file


def said(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    """By ledger of the community what its records say."""
    return {
        of.name: [records.fields_json(row) for row in queries.every(workspace.connection, of.name)]
        for of in SHEETS.values()
    }


def test_a_full_book_brings_every_ledger_to_the_township_and_twice_changes_nothing(
    worker: Workspace, township: Workspace, tmp_path: Path
) -> None:
    Community(worker)
    book = send(worker, tmp_path / "full.xlsx", FULL)
    first = intake.take(township, [book], OPENED).files[0]
    assert (first.cells["applied"], first.problems) == (0, [])
    assert said(township) == said(worker)
    assert conflicts.conflicts(township) == []
    intake.take(township, [book], OPENED)
    intake.take(worker, [book], OPENED)
    assert said(township) == said(worker)


def test_a_masked_book_shows_nothing_sensitive_and_no_whole_name(worker: Workspace, tmp_path: Path) -> None:
    Community(worker)
    opened = openpyxl.load_workbook(send(worker, tmp_path / "masked.xlsx", MASKED))
    assert SHEETS.keys() <= set(opened.sheetnames)
    for name, of in SHEETS.items():
        heads = {fold_head(str(cell.value)) for cell in opened[name][3] if cell.value}
        hidden = {fold_head(one.label) for one in of.fields if one.privacy is Privacy.SENSITIVE}
        assert not heads & hidden
    text = "\n".join(str(cell) for sheet in opened for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "诸葛守诚" not in text
    assert "19900004321" not in text
    assert "诸葛*" in text


@pytest.mark.parametrize("wish", [MASKED, FULL], ids=["masked", "full"])
def test_what_speaks_of_a_secret_need_leaves_only_encrypted(worker: Workspace, tmp_path: Path, wish: Wish) -> None:
    Community(worker, secret=True)
    made = export.export(worker, WEEK, tmp_path / "book.xlsx", wish)
    at_needs = {of.name for of in SHEETS.values() if any(one.of == "need" for one in of.fields)}
    assert {"party", "mediation", "referral"} <= at_needs
    assert bool(at_needs & made.counts.keys()) == (wish is FULL)
    assert made.counts["captain"] == 1
    chosen = {name: form_rows.Chooser(worker, form_rows.Choice(name)).rows() for name in at_needs}
    assert not any(chosen.values())


def test_ledgers_without_a_record_add_no_sheet_and_replies_stay_short(worker: Workspace, tmp_path: Path) -> None:
    plain = openpyxl.load_workbook(send(worker, tmp_path / "none.xlsx", MASKED))
    assert not SHEETS.keys() & set(plain.sheetnames)
    records.add(worker, ledger("captain"), [{"name": "严守诚", "estate": "金江西苑", "building": "3"}])
    one = openpyxl.load_workbook(send(worker, tmp_path / "one.xlsx", MASKED))
    assert SHEETS.keys() & set(one.sheetnames) == {"楼长名册"}


def test_an_edited_cell_is_taken_and_one_changed_on_both_sides_is_asked(
    worker: Workspace, township: Workspace, open_copy: OpenCopy, tmp_path: Path
) -> None:
    made = Community(worker)
    book = send(worker, tmp_path / "masked.xlsx", MASKED)
    intake.take(township, [book])
    edited = openpyxl.load_workbook(book)
    for name, of in SHEETS.items():
        heads = {fold_head(str(cell.value)): cell.column for cell in edited[name][3] if cell.value}
        edited[name].cell(4, heads[fold_head(of.by_name[_plain(name)].label)], "改过的话")
    edited.save(tmp_path / "edited.xlsx")
    report = intake.take(township, [tmp_path / "edited.xlsx"]).files[0]
    assert (report.cells["applied"], report.problems) == (len(SHEETS), [])
    records.change(worker, ledger("captain"), made.ids["captain"], {_plain("楼长名册"): "另一句话"})
    intake.take(worker, [tmp_path / "edited.xlsx"])
    asked = {(one.ledger.name, one.group) for one in conflicts.conflicts(worker)}
    assert asked == {("captain", _plain("楼长名册"))}


def test_a_row_typed_into_a_sheet_lies_in_the_grid_and_names_its_meeting(worker: Workspace, tmp_path: Path) -> None:
    records.add(worker, ledger("topic"), [{"title": "加装充电桩"}])
    opened = openpyxl.load_workbook(send(worker, tmp_path / "masked.xlsx", MASKED))
    sheet = opened["议题台账"]
    heads = {fold_head(str(cell.value)): cell.column for cell in sheet[3] if cell.value}
    sheet.insert_rows(5)
    sheet.cell(5, heads["议题"], "整治飞线")
    sheet.cell(5, heads["会议名称"], "第三次议事会")
    opened.save(tmp_path / "typed.xlsx")
    intake.take(worker, [tmp_path / "typed.xlsx"])
    [row] = [row for row in queries.every(worker.connection, "topic") if row.values["title"] == "整治飞线"]
    assert (row.values["meeting"], row.values["grid"]) == ("第三次议事会", grid_id("JX03"))


def test_books_and_lists_in_any_order_dump_the_same(worker: Workspace, open_copy: OpenCopy, tmp_path: Path) -> None:
    first = records.add(worker, ledger("captain"), [{"name": "严守诚", "estate": "金江西苑", "building": "3"}]).ids[0]
    files = [send(worker, tmp_path / "a.xlsx", MASKED)]
    records.change(worker, ledger("captain"), first, {"phone": "19900004321"})
    records.add(worker, ledger("captain_review"), [{"captain": to_text(first), "quarter": "2026Q4", "result": "优秀"}])
    files.append(send(worker, tmp_path / "b.xlsx", MASKED))
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in (["楼栋长考评"], ["序号", "楼栋长", "季度", "考评结果"], [1, "严守诚", "2026Q3", "合格"]):
        made.active.append(row)
    made.save(tmp_path / "c.xlsx")
    files.append(tmp_path / "c.xlsx")
    dumps = set()
    for order in ((0, 1, 2), (2, 1, 0, 1)):
        township = open_copy("township")
        for place in order:
            intake.take(township, [files[place]])
        assert queries.count(township.connection, "captain_review") == 2
        dumps.add("\n".join(dump.dump(township, versions=True)))
    assert len(dumps) == 1


def _plain(sheet: str) -> str:
    """A field of words that a masked book shows, that is no name and no reference."""
    of = SHEETS[sheet]
    free = (name for name in reversed(of.columns) if name in of.by_name)
    return next(name for name in free if of.by_name[name].kind in {Kind.TEXT, Kind.LONG})
