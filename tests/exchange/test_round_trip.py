"""Workbooks out, through a real spreadsheet program, and home again."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gridworker.domain.ids import to_text
from gridworker.services import dump, export, imports, intake
from gridworker.services.export import Wish
from gridworker.services.import_report import FileReport
from gridworker.services.workspace import Workspace
from tests.exchange.week import NEEDS, WEEK, Week
from tests.office import Office

Opened = Callable[..., Workspace]


@pytest.fixture
def sides(week_left: Week, tmp_path: Path, open_copy: Opened) -> Iterator[tuple[Workspace, Workspace]]:
    """The worker whose week left, and a township that knows nothing."""
    worker = week_left.reopen(tmp_path)
    yield worker, open_copy("township")
    worker.close()


def send(workspace: Workspace, path: Path, *, password: str = "", grid: str = "") -> Path:
    export.export(workspace, WEEK, path, Wish(full=bool(password), reason="周报", password=password, grid=grid))
    return path


def take(workspace: Workspace, path: Path, password: str = "") -> FileReport:
    return intake.take(workspace, [path], intake.Options(password=password)).files[0]


def row_of(week: Week, need: str) -> int:
    return next(row for row in week.rows(NEEDS, "状态") if week.record(NEEDS, row) == need)


def facts(workspace: Workspace) -> set[str]:
    return set(dump.dump(workspace))


def need_waiting(workspace: Workspace) -> str:
    for line in dump.dump(workspace):
        fact = json.loads(line)
        if fact["ledger"] == "need" and fact["fields"]["status"] == "已上报":
            return str(fact["id"])
    raise AssertionError


@pytest.mark.parametrize("password", ["", "上报密码2026"])
def test_what_left_comes_in_without_an_edit(sides: tuple[Workspace, Workspace], tmp_path: Path, password: str) -> None:
    worker, township = sides
    book = send(worker, tmp_path / "week.xlsx", password=password)
    report = take(township, book, password)
    assert not report.problems
    assert report.cells["in"] == report.cells["unchanged"] > 500
    if password:
        assert facts(township) == facts(worker)
    before = list(dump.dump(township, versions=True))
    again = take(township, book, password)
    assert (again.created, again.changed) == (0, 0)
    assert list(dump.dump(township, versions=True)) == before


def test_a_masked_book_says_nothing_private(sides: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    worker, _township = sides
    book = send(worker, tmp_path / "week.xlsx")
    text = _all_text(book)
    for table, fields in {"household": ("head", "phone"), "resident": ("name", "id_no", "phone")}.items():
        for row in worker.connection.execute(f"select {', '.join(fields)} from {table}"):
            for value in row:
                assert not value or len(str(value)) < 3 or str(value) not in text


def _all_text(path: Path) -> str:
    found = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in found for row in sheet for cell in row if cell.value is not None)


@pytest.mark.office
@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_saved_again_by_a_real_program_nothing_changed(
    sides: tuple[Workspace, Workspace], week_left: Week, tmp_path: Path, office: Office, ending: str
) -> None:
    _worker, township = sides
    saved = office.save(week_left.book, tmp_path / f"again{ending}")
    report = take(township, saved)
    assert [one.code for one in report.problems] == []
    assert report.cells["in"] == report.cells["unchanged"]


@pytest.mark.office
def test_replies_typed_in_a_real_program_come_home_as_exactly_those_edits(
    sides: tuple[Workspace, Workspace], week_left: Week, tmp_path: Path, office: Office
) -> None:
    worker, township = sides
    need = need_waiting(worker)
    row = row_of(week_left, need)
    typed = {"乡镇答复": "同意，本周五前到场。", "交办单位": "镇住建办", "审核意见": "通过"}
    cells = {week_left.cell(NEEDS, name, row): text for name, text in typed.items()}
    saved = office.save(week_left.book, tmp_path / "reply.xlsx", {NEEDS: cells})
    report = take(worker, saved)
    assert [one.code for one in report.problems] == []
    assert report.conflicts == 0
    edits = {(ledger, to_text(record), names) for ledger, record, names in report.touched}
    assert edits == {
        ("need", need, ("reply",)),
        ("need", need, ("assigned_to",)),
        ("need", need, ("review",)),
    } or {names for *_more, names in edits} == {("reply",), ("assigned_to",), ("review", "review_note")}
    fact = next(json.loads(line) for line in dump.dump(worker) if json.loads(line)["id"] == need)
    assert fact["fields"]["reply"] == "同意，本周五前到场。"
    assert fact["fields"]["assigned_to"] == "镇住建办"
    assert fact["fields"]["review"] == "accepted"
    assert set(fact["unconfirmed"]) == {"reply", "assigned_to", "review"}
    before = list(dump.dump(worker, versions=True))
    assert take(worker, saved).changed == 0
    assert list(dump.dump(worker, versions=True)) == before
    assert take(township, saved).problems == []


@pytest.mark.office
@pytest.mark.parametrize("do", [f"sort:{NEEDS}!3", "drop:_gw", f"rename:{NEEDS}!回复"])
def test_sorted_renamed_or_without_the_hidden_sheet(
    sides: tuple[Workspace, Workspace], week_left: Week, tmp_path: Path, office: Office, do: str
) -> None:
    _worker, township = sides
    saved = office.save(week_left.book, tmp_path / "done.xlsx", do=do)
    report = take(township, saved)
    assert [one.code for one in report.problems] == []
    assert report.cells["in"] == report.cells["unchanged"] > 500


CASES: list[tuple[str, object, str | None, object]] = [
    ("诉求内容", "换了说法", None, "换了说法"),
    ("办理时限", "2026.12.3", None, "2026-12-03"),
    ("办理时限", "2026年12月3日", None, "2026-12-03"),
    ("办理时限", "不知道哪天", "invalid", "as it was"),
    ("承办单位", None, None, None),
    ("承办单位", "=1/0", "error_cell", "as it was"),
    ("联系电话", "199****9", "masked_edit", "as it was"),
    ("联系电话", "19900001234", None, "19900001234"),
    ("紧急程度", "红", None, "red"),
]
FIELDS = {"诉求内容": "content", "办理时限": "due_on", "承办单位": "unit", "联系电话": "phone", "紧急程度": "urgency"}


@dataclass(frozen=True)
class Edited:
    """A workbook with one cell edited in each of some rows: what its import told, and the needs before and after."""

    cells: list[str]
    needs: list[str]
    report: FileReport
    before: dict[str, dict[str, Any]]
    after: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def edited(week_left: Week, tmp_path_factory: pytest.TempPathFactory, office: Office) -> Edited:
    folder = tmp_path_factory.mktemp("edited")
    rows = [row for row in week_left.rows(NEEDS, "诉求内容") if week_left.text(NEEDS, "诉求内容", row) != "***"]
    cells = [week_left.cell(NEEDS, one[0], row) for one, row in zip(CASES, rows, strict=False)]
    typed = {cell: one[1] for cell, one in zip(cells, CASES, strict=True)}
    saved = office.save(week_left.book, folder / "edited.xlsx", {NEEDS: typed})
    with closing(week_left.reopen(folder)) as worker:
        before = _every(worker)
        report = take(worker, saved)
        return Edited(cells, [week_left.record(NEEDS, row) for row in rows], report, before, _every(worker))


@pytest.mark.office
@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{one[0]}-{one[1]}" for one in CASES])
def test_one_cell_edited(edited: Edited, number: int) -> None:
    head, _typed, problem, value = CASES[number]
    cell, need = edited.cells[number], edited.needs[number]
    told = [one.code for one in edited.report.problems if one.cell == cell]
    assert told == ([problem] if problem else [])
    before, after = edited.before[need], edited.after[need]
    assert after[FIELDS[head]] == (before[FIELDS[head]] if value == "as it was" else value)
    assert {name for name in after if after[name] != before.get(name)} <= {FIELDS[head]}


@pytest.mark.office
def test_cells_edited_are_told_and_nothing_else_is(edited: Edited) -> None:
    told = {name: count for name, count in edited.report.cells.items() if count and name not in {"in", "unchanged"}}
    flagged = sum(value == "as it was" for *_more, value in CASES)
    assert told == {"applied": len(CASES) - flagged, "flagged": flagged}
    assert len(edited.report.problems) == flagged
    assert {id for id in edited.before if edited.after[id] != edited.before[id]} <= set(edited.needs[: len(CASES)])


def _every(workspace: Workspace) -> dict[str, dict[str, Any]]:
    every = map(json.loads, dump.dump(workspace))
    return {one["id"]: one["fields"] for one in every}


def _fields(workspace: Workspace, need: str) -> dict[str, Any]:
    return next(json.loads(line)["fields"] for line in dump.dump(workspace) if json.loads(line)["id"] == need)


def test_a_lone_worker_and_a_township_reading_any_weeks_never_see_a_conflict(
    sides: tuple[Workspace, Workspace], tmp_path: Path, open_copy: Opened
) -> None:
    from gridworker.domain.ids import from_text
    from gridworker.domain.ledgers import ledger
    from gridworker.services import records

    worker, township = sides
    need = need_waiting(worker)
    books = []
    for week in range(4):
        records.change(
            worker, ledger("need"), from_text(need), {"content": f"第{week}次的说法", "phone": f"1990000000{week}"}
        )
        books.append(send(worker, tmp_path / f"week{week}.xlsx"))
    for some in ((2, 0), (0, 2), (3, 1, 0), (1, 3)):
        reader = open_copy("township")
        for week in some:
            assert take(reader, books[week]).conflicts == 0
        fields = _fields(reader, need)
        assert fields["content"] == f"第{max(some)}次的说法"
    home = send(township, tmp_path / "nothing.xlsx") if take(township, books[1]) else None
    before = list(dump.dump(worker))
    assert home is not None
    assert take(worker, home).conflicts == 0
    assert list(dump.dump(worker)) == before


def test_undo_takes_a_book_back_and_the_file_brings_it_again(
    sides: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    worker, township = sides
    empty = facts(township)
    book = send(worker, tmp_path / "week.xlsx")
    report = take(township, book)
    full = facts(township)
    undone = imports.undo(township, report.batch)
    assert undone.kept == 0
    assert undone.withdrawn > 50
    assert facts(township) == empty
    take(township, book)
    assert facts(township) == full


def test_a_dry_run_changes_nothing_and_says_what_would(sides: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    worker, township = sides
    before = list(dump.dump(township, versions=True))
    book = send(worker, tmp_path / "week.xlsx")
    report = intake.take(township, [book], intake.Options(dry_run=True)).files[0]
    assert report.created > 50
    assert list(dump.dump(township, versions=True)) == before


def test_wrong_and_missing_passwords(sides: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    worker, township = sides
    book = send(worker, tmp_path / "week.xlsx", password="上报密码2026")
    for given, code in (("", "password_needed"), ("不对", "wrong_password")):
        report = take(township, book, given)
        assert report.error is not None
        assert report.error.code == code
    township.store.set("report_password", "上报密码2026")
    assert take(township, book).created > 50


def test_needs_to_be_kept_secret_leave_only_encrypted(sides: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    from gridworker.domain.ids import from_text
    from gridworker.domain.ledgers import ledger
    from gridworker.services import records

    worker, _township = sides
    need = need_waiting(worker)
    records.change(worker, ledger("need"), from_text(need), {"confidential": "是"})
    assert need not in _all_text(send(worker, tmp_path / "masked.xlsx"))
    full = export.export(worker, WEEK, tmp_path / "full.xlsx", Wish(full=True, reason="周报", password="上报密码2026"))
    assert full.counts["need"] == export.export(worker, WEEK, tmp_path / "m.xlsx", Wish(full=False)).counts["need"] + 1


def test_a_workbook_is_chinese_whatever_the_window_speaks(sides: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    from gridworker.i18n import use_language

    worker, township = sides
    chinese = _all_text(send(worker, tmp_path / "zh.xlsx"))
    use_language("en")
    english = send(worker, tmp_path / "en.xlsx")
    words = set(_all_text(english).split()) - set(chinese.split())
    assert not [word for word in words if word.isalpha() and word.isascii() and len(word) < 10]
    assert take(township, english).problems == []


def test_texts_of_children_and_of_sensitive_needs_stay_home(sides: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    from gridworker.domain.ids import to_text
    from gridworker.domain.ledgers import ledger
    from gridworker.services import records

    worker, _township = sides
    home = records.add(worker, ledger("household"), [{"estate": "金江西苑", "building": "9", "room": "901"}]).ids[0]
    child = {"household": to_text(home), "name": "尉迟小宝", "birth": "2018-05-01"}
    person = records.add(worker, ledger("resident"), [child]).ids[0]
    told = {"household": to_text(home), "registered_at": "2026-11-18", "content": "不可外传甲"}
    one = records.add(worker, ledger("need"), [told | {"kind": "N07", "resident": to_text(person)}]).ids[0]
    other = records.add(worker, ledger("need"), [told | {"kind": "N03", "content": "不可外传乙"}]).ids[0]
    for number, need in enumerate((one, other)):
        step = {"need": to_text(need), "done_on": "2026-11-19", "content": f"不可外传丙{number}"}
        records.add(worker, ledger("followup"), [step])
    assert "不可外传" not in _all_text(send(worker, tmp_path / "masked.xlsx"))


def test_what_cannot_be_read_in_a_blank_cell_is_told(
    sides: tuple[Workspace, Workspace], week_left: Week, tmp_path: Path
) -> None:
    worker, _township = sides
    cell = week_left.cell(NEEDS, "办结日期", row_of(week_left, need_waiting(worker)))
    report = take(worker, _typed(week_left.book, tmp_path / "typed.xlsx", {cell: "明年"}))
    assert [(one.cell, one.value) for one in report.problems] == [(cell, "明年")]


def test_clearing_what_nobody_saw_is_asked_about(
    sides: tuple[Workspace, Workspace], week_left: Week, tmp_path: Path
) -> None:
    worker, _township = sides
    need = need_waiting(worker)
    before = _fields(worker, need)
    row = row_of(week_left, need)
    cells: dict[str, object] = {week_left.cell(NEEDS, head, row): None for head in ("反映人", "诉求内容")}
    report = take(worker, _typed(week_left.book, tmp_path / "typed.xlsx", cells))
    assert [one.code for one in report.problems] == ["cleared_unseen", "cleared_unseen"]
    assert _fields(worker, need) == before


def test_a_sheet_without_its_hidden_columns_is_told(township: Workspace, week_left: Week, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(week_left.book)
    book[NEEDS].delete_cols(book[NEEDS].max_column)
    book.save(tmp_path / "lost.xlsx")
    report = take(township, tmp_path / "lost.xlsx")
    assert [(one.sheet, one.code) for one in report.problems] == [(NEEDS, "tokens_lost")]


def test_a_masked_book_is_encrypted_under_a_given_password(sides: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    worker, township = sides
    export.export(worker, WEEK, tmp_path / "m.xlsx", Wish(full=False, password="一次性密码"))
    assert (tmp_path / "m.xlsx").read_bytes()[:4] != b"PK\x03\x04"
    assert take(township, tmp_path / "m.xlsx", "一次性密码").created > 50


def _typed(book: Path, target: Path, cells: dict[str, object]) -> Path:
    found = openpyxl.load_workbook(book)
    for name, value in cells.items():
        found[NEEDS][name] = value
    found.save(target)
    return target
