"""What is ambiguous in a workbook that came back, each case made by a real spreadsheet program (excel.md §4)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from gridworker.domain.ids import to_text
from gridworker.services import choosing, conflicts, dump, export, intake
from gridworker.services.export import Wish
from gridworker.services.import_report import FileReport
from gridworker.services.workspace import Workspace
from tests.exchange.week import HOMES, NEEDS, WEEK, Week
from tests.office import Office

ENDINGS = [".xlsx", ".ods"]
Opened = Callable[..., Workspace]
pytestmark = pytest.mark.office


class Sent:
    """A workbook that left a worker, and what comes back from it."""

    def __init__(self, worker: Workspace, week: Week, folder: Path, office: Office) -> None:
        self.worker, self.folder, self.office, self.book = worker, folder, office, week.book
        self.sheets, self.cell, self.text, self.record, self.rows = (
            week.sheets, week.cell, week.text, week.record, week.rows
        )  # fmt: skip
        self.before = self.facts()

    def back(self, ending: str, edits: dict[str, dict[str, object]] | None = None, do: str = "") -> FileReport:
        """Saved by the real program after edits, and taken in."""
        saved = self.office.save(self.book, self.folder / f"back{ending}", edits, do)
        report = intake.take(self.worker, [saved]).files[0]
        assert report.error is None
        assert report.cells["in"] == sum(count for name, count in report.cells.items() if name != "in")
        return report

    def facts(self) -> dict[str, dict[str, object]]:
        """By record what the store says now."""
        return {json.loads(line)["id"]: json.loads(line) for line in dump.dump(self.worker)}

    def changed(self) -> set[str]:
        """Records of before that read otherwise now."""
        now = self.facts()
        return {id for id, fact in self.before.items() if now.get(id) != fact}

    def fresh(self) -> list[dict[str, object]]:
        """Records that were not there before."""
        return [fact for id, fact in self.facts().items() if id not in self.before]


@pytest.fixture
def sent(week_left: Week, tmp_path: Path, office: Office) -> Iterator[Sent]:
    worker = week_left.reopen(tmp_path)
    yield Sent(worker, week_left, tmp_path, office)
    worker.close()


def codes(report: FileReport) -> list[str]:
    return [one.code for one in report.problems]


def waiting(sent: Sent) -> list[tuple[str, str, str]]:
    found = conflicts.conflicts(sent.worker)
    return [(conflicts.kind_of(one.waiting), to_text(one.record), one.group) for one in found]


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_only_theirs_changed_applies_and_respelling_changes_nothing(sent: Sent, ending: str) -> None:
    row, other = sent.rows(NEEDS, "办理时限")[:2]
    due = str(sent.text(NEEDS, "办理时限", other))[:10].replace("-", ".")
    cells = {sent.cell(NEEDS, "承办单位", row): "物业公司", sent.cell(NEEDS, "办理时限", other): due}
    report = sent.back(ending, {NEEDS: cells})
    assert codes(report) == []
    assert sent.changed() == {sent.record(NEEDS, row)}
    assert report.cells["applied"] == 1


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_an_error_and_a_formula_are_no_clearing(sent: Sent, ending: str) -> None:
    rows = sent.rows(NEEDS, "承办单位")[:2]
    places = [sent.cell(NEEDS, "承办单位", row) for row in rows]
    cells = dict(zip(places, ("=1/0", '=CONCATENATE("物业";"公司")'), strict=True))
    report = sent.back(ending, {NEEDS: cells})
    assert codes(report) == ["error_cell"]
    assert sent.changed() <= {sent.record(NEEDS, rows[1])}


def test_both_changed_alike_is_one_value_and_differently_a_conflict(sent: Sent) -> None:
    from gridworker.domain.ids import from_text
    from gridworker.domain.ledgers import ledger
    from gridworker.services import records

    rows = sent.rows(NEEDS, "承办单位")[:2]
    for row in rows:
        records.change(sent.worker, ledger("need"), from_text(sent.record(NEEDS, row)), {"unit": "物业公司"})
    cells = {sent.cell(NEEDS, "承办单位", row): text for row, text in zip(rows, ("物业公司", "社区"), strict=True)}
    report = sent.back(".xlsx", {NEEDS: cells})
    assert (report.conflicts, report.cells["conflicting"], report.cells["applied"]) == (1, 1, 1)
    assert waiting(sent) == [("conflict", sent.record(NEEDS, rows[1]), "unit")]


def test_one_cleared_cell_clears(sent: Sent) -> None:
    row = sent.rows(NEEDS, "承办单位")[0]
    sent.back(".ods", {NEEDS: {sent.cell(NEEDS, "承办单位", row): None}})
    assert sent.facts()[sent.record(NEEDS, row)]["fields"]["unit"] is None  # type: ignore[index]


def test_a_cleared_column_is_proposed_and_cleared_once_confirmed(sent: Sent) -> None:
    rows = sent.rows(NEEDS, "承办单位")
    assert len(rows) > 1
    report = sent.back(".xlsx", {NEEDS: {sent.cell(NEEDS, "承办单位", row): None for row in rows}})
    assert set(codes(report)) == {"mass_clearing"}
    assert report.cells["proposals"] == report.proposals == len(rows)
    assert sent.changed() == set()
    every = conflicts.conflicts(sent.worker)
    assert len(every) == len(rows)
    choosing.choose(sent.worker, [(one.waiting, 1) for one in every])
    units = [sent.facts()[sent.record(NEEDS, row)]["fields"]["unit"] for row in rows]  # type: ignore[index]
    assert units == [None] * len(rows)
    assert waiting(sent) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_rows_copied_deleted_and_written_in_between(sent: Sent, ending: str) -> None:
    first, second, third, fourth = sent.rows(NEEDS, "诉求内容")[:4]
    typed = {sent.cell(NEEDS, "诉求内容", fourth): "楼道灯又坏了"}
    do = f"delete:{NEEDS}!{second};copy:{NEEDS}!{first}>{third};insert:{NEEDS}!{third}"
    report = sent.back(ending, {NEEDS: typed}, do)
    assert codes(report) == []
    assert report.absent == 1
    assert sent.changed() == {sent.record(NEEDS, fourth)}
    assert sent.fresh() == []


def test_a_row_without_an_id_is_a_row_of_its_own(sent: Sent) -> None:
    last = sent.rows(HOMES, "小区／村民组")[-1]
    heads = {"小区／村民组": "金江西苑", "楼栋": "99", "单元": "1", "室／门牌号": "101", "户主": "王新来"}
    typed = {sent.cell(HOMES, head, last + 1): text for head, text in heads.items()}
    saved = sent.office.save(sent.book, sent.folder / "blank.xlsx", None, f"insert:{HOMES}!{last + 1}")
    sent.book = saved
    report = sent.back(".ods", {HOMES: typed})
    assert codes(report) == ["row_without_token"]
    assert sent.changed() == set()
    assert [(one["ledger"], one["fields"]["head"]) for one in sent.fresh()] == [("household", "王新来")]  # type: ignore[index]


@pytest.mark.parametrize("ending", ENDINGS)
def test_only_the_visible_columns_were_moved(sent: Sent, ending: str) -> None:
    rows = sent.rows(NEEDS, "诉求内容")
    do = ";".join(f"swap_visible:{NEEDS}!{one}>{other}" for one, other in zip(rows[::2], rows[1::2], strict=False))
    report = sent.back(ending, None, do)
    assert sent.changed() == set()
    assert sent.fresh() == []
    assert set(codes(report)) <= {"misaligned_row"}
    assert report.cells["applied"] == report.cells["conflicting"] == 0


def test_without_the_id_column_the_token_tells(sent: Sent) -> None:
    report = sent.back(".xlsx", None, f"drop_column:{NEEDS}!1")
    assert (codes(report), sent.changed(), sent.fresh()) == ([], set(), [])
    assert report.cells["unchanged"] == report.cells["in"]


def test_without_id_and_token_nothing_is_overwritten_or_doubled(sent: Sent) -> None:
    report = sent.back(".ods", None, f"drop_column:{HOMES}!last;drop_column:{HOMES}!1")
    assert "tokens_lost" in codes(report)
    assert (sent.changed(), sent.fresh()) == (set(), [])


def test_a_damaged_token_makes_the_row_a_proposal(sent: Sent) -> None:
    row = sent.rows(NEEDS, "承办单位")[0]
    last = sent.sheets[NEEDS].cell(3, sent.sheets[NEEDS].max_column)
    damaged = str(sent.sheets[NEEDS][f"{last.column_letter}{row}"].value)[:-1] + "?"
    cells = {f"{last.column_letter}{row}": damaged, sent.cell(NEEDS, "承办单位", row): "物业公司"}
    report = sent.back(".xlsx", {NEEDS: cells})
    assert "damaged_token" in codes(report)
    assert sent.changed() == set()
    assert ("proposal", sent.record(NEEDS, row), "unit") in waiting(sent)


def test_a_row_made_over_into_another_record_leaves_the_old_one(sent: Sent) -> None:
    one, other = sent.rows(HOMES, "户主")[:2]
    heads = {"楼栋": "98", "单元": "9", "室／门牌号": "909", "户主": "诸葛换"}
    renamed = {sent.cell(HOMES, "户主", other): "司马正"}
    report = sent.back(".xlsx", {HOMES: {sent.cell(HOMES, head, one): text for head, text in heads.items()} | renamed})
    assert sorted(codes(report)) == ["identity_changed", "row_reused"]
    assert sent.changed() == {sent.record(HOMES, other)}
    assert [one["fields"]["head"] for one in sent.fresh()] == ["诸葛换"]  # type: ignore[index]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_mark_in_the_column_to_delete_deletes_and_later_work_stands_against_it(sent: Sent, ending: str) -> None:
    from gridworker.domain.ids import from_text
    from gridworker.domain.ledgers import ledger
    from gridworker.services import records

    one, other, third = sent.rows(NEEDS, "诉求内容")[:3]
    records.change(sent.worker, ledger("need"), from_text(sent.record(NEEDS, other)), {"unit": "物业公司"})
    marks = {one: "是", other: "√", third: "也许"}
    report = sent.back(ending, {NEEDS: {sent.cell(NEEDS, "删除", row): mark for row, mark in marks.items()}})
    assert codes(report) == ["deletion_unclear"]
    now = sent.facts()
    assert sent.record(NEEDS, one) not in now
    assert sent.record(NEEDS, third) in now
    assert waiting(sent) == [("conflict", sent.record(NEEDS, other), "_deleted")]


def test_a_heading_renamed_and_one_gone_say_nothing(sent: Sent) -> None:
    place = openpyxl.utils.column_index_from_string(sent.cell(NEEDS, "承办单位", 3).rstrip("3"))
    cells = {sent.cell(NEEDS, "紧急程度", 3): "轻重"}
    report = sent.back(".xlsx", {NEEDS: cells}, f"drop_column:{NEEDS}!{place}")
    assert codes(report) == ["column_missing"]
    assert all(word in report.problems[0].message for word in ("紧急程度", "承办单位"))
    assert sent.changed() == set()


def test_a_record_nobody_here_knew_is_taken_and_an_older_file_after_a_newer_one_is_none(
    sent: Sent, open_copy: Opened, office: Office
) -> None:
    from gridworker.domain.ids import from_text
    from gridworker.domain.ledgers import ledger
    from gridworker.services import records

    township = open_copy("township")
    row = sent.rows(NEEDS, "承办单位")[0]
    need = sent.record(NEEDS, row)
    records.change(sent.worker, ledger("need"), from_text(need), {"unit": "物业公司"})
    export.export(sent.worker, WEEK, sent.folder / "newer.xlsx", Wish(full=False))
    books = [office.save(one, one.with_suffix(".ods")) for one in (sent.folder / "newer.xlsx", sent.book)]
    newer, older = (intake.take(township, [book]).files[0] for book in books)
    assert newer.created > 0
    assert (older.created, older.changed, older.conflicts) == (0, 0, 0)
    fields = {json.loads(line)["id"]: json.loads(line)["fields"] for line in dump.dump(township)}
    assert fields[need]["unit"] == "物业公司"
