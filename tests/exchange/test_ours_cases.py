"""What reading our own workbook must not get silently wrong: copies, slid rows, doubtful values, unknown members."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from gridworker.domain.ids import from_text, random_id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.log_heads import LogHead
from gridworker.domain.versions.entries import MISSING, Cell, Statement, Value, Version
from gridworker.exchange import gw
from gridworker.exchange.misaligned import put_right
from gridworker.exchange.model import BookReading, Contribution, OutBook, OutRow, OutSheet, RawBook, RawSheet
from gridworker.exchange.ours import own_sheets, read_ours
from gridworker.exchange.token import decode_token, encode_token
from gridworker.exchange.weekly import workbook_bytes

HEAD_ROW, FIRST_ROW = 3, 4
DAY = date(2026, 11, 22)
Edit = Callable[[Any], None]


def made(of: Ledger, values: dict[str, Value], shown: dict[str, str] | None = None) -> OutRow:
    groups = dict.fromkeys(of.group_of(name) for name in values)
    cells = {
        group: Cell(frozenset([random_id()]), tuple(values.get(name) for name in of.members(group))) for group in groups
    }
    return OutRow(random_id(), values, cells, shown or {})


def household(number: int) -> OutRow:
    values: dict[str, Value] = {
        "estate": "金江西苑", "building": "3", "unit": "2", "room": str(500 + number),
        "head": f"李桂{'芳兰英华梅'[number % 5]}", "phone": f"1380000{number:04d}", "housing": "own", "note": "无",
    }  # fmt: skip
    return made(ledger("household"), values, {"=last_met": "2026-11-01", "=next_due": "2026-12-01", "=open_needs": "1"})


def workbook(of: Ledger, rows: list[OutRow]) -> bytes:
    sheet = OutSheet(of, rows, of.columns)
    return workbook_bytes(
        OutBook(
            random_id(), "金江社区 金江西苑3网格（JX03）", "JX03", "陈晓芸", "worker", "2026-W47", date(2026, 11, 16),
            DAY, DAY, masked=False, previous=None, log=LogHead(), sheets=[sheet],
        )
    )  # fmt: skip


def read(data: bytes, edit: Edit | None = None, name: str = "住户名册") -> BookReading:
    if edit:
        book = openpyxl.load_workbook(io.BytesIO(data))
        edit(book[name])
        target = io.BytesIO()
        book.save(target)
        data = target.getvalue()
    found = read_ours(raw_book(data), "digest")
    assert found
    assert found.cells == found.unchanged + found.edited + found.flagged + found.offered
    return found


def raw_book(data: bytes) -> RawBook:
    found = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for name in found.sheet_names:
        rows = found.get_sheet_by_name(name).to_python(skip_empty_area=False)
        sheets.append(RawSheet(name, rows=[[None if cell == "" else cell for cell in row] for row in rows]))
    return RawBook("xlsx", sheets)


def column(sheet: Any, head: str) -> int:
    return next(cell.column for cell in sheet[HEAD_ROW] if cell.value == head)


def put(head: str, text: object, row: int = FIRST_ROW) -> Edit:
    def edit(sheet: Any) -> None:
        sheet.cell(row, column(sheet, head)).value = text

    return edit


def copied(sheet: Any, to: int = 30) -> None:
    for number in range(1, sheet.max_column + 1):
        sheet.cell(to, number).value = sheet.cell(FIRST_ROW, number).value


def versions(found: BookReading) -> list[Version]:
    return [one.entry for one in found.contributions if isinstance(one.entry, Version)]


def codes(found: BookReading) -> list[str]:
    return [one.code for one in found.problems]


@pytest.fixture
def four() -> bytes:
    return workbook(ledger("household"), [household(number) for number in range(4)])


def test_a_copy_made_over_into_another_household_leaves_the_original_alone(four: bytes) -> None:
    def edit(sheet: Any) -> None:
        copied(sheet)
        put("户主", "王小明", 30)(sheet)
        put("室／门牌号", "999", 30)(sheet)

    found = read(four, edit)
    assert not versions(found)
    assert codes(found) == ["copied_row"]
    (new,) = found.loose
    assert (new.row, new.record, new.values["household.room"], new.values["household.head"]) == (30, 0, "999", "王小明")
    assert found.unchanged == read(four).unchanged


def test_copies_edited_apart_are_siblings_of_which_none_is_lost(four: bytes) -> None:
    def edit(sheet: Any) -> None:
        copied(sheet)
        put("联系电话", "13911111111")(sheet)
        put("联系电话", "13922222222", 30)(sheet)

    found = read(four, edit)
    one, other = versions(found)
    assert (one.record, one.seen) == (other.record, other.seen)
    assert [one.patch, other.patch] == [{"phone": "13911111111"}, {"phone": "13922222222"}]
    assert one.id != other.id
    assert not codes(found)


def test_of_copies_that_all_name_another_the_one_changed_least_is_the_edit(four: bytes) -> None:
    def edit(sheet: Any) -> None:
        copied(sheet)
        put("户主", "王小明")(sheet)
        put("户主", "赵大山", 30)(sheet)
        put("房屋使用情况", "出租", 30)(sheet)

    found = read(four, edit)
    assert [one.patch for one in versions(found)] == [{"head": "王小明"}]
    assert [one.values["household.head"] for one in found.loose] == ["赵大山"]
    assert codes(found) == ["copied_row", "identity_changed"]


def test_an_edit_in_one_of_two_copies_counts_wherever_it_stands(four: bytes) -> None:
    def edit(sheet: Any) -> None:
        copied(sheet)
        put("联系电话", "13922222222", 30)(sheet)

    found = read(four, edit)
    assert [one.patch for one in versions(found)] == [{"phone": "13922222222"}]
    assert not codes(found)


def test_untouched_copies_are_silent_and_bad_cells_in_a_copy_are_not(four: bytes) -> None:
    assert not read(four, copied).problems

    def edit(sheet: Any) -> None:
        copied(sheet)
        put("联系电话", "123456789012345", 30)(sheet)

    assert codes(read(four, edit)) == ["invalid"]


def test_sorting_only_the_visible_columns_edits_nothing() -> None:
    data = workbook(ledger("household"), [household(number) for number in range(9)])
    before = {one.entry.record: one.entry for one in read(data).contributions if isinstance(one.entry, Statement)}

    def edit(sheet: Any) -> None:
        last = sheet.max_column - 1
        rows = [[sheet.cell(row, number).value for number in range(2, last + 1)] for row in range(FIRST_ROW, 13)]
        for row, texts in enumerate(reversed(rows), start=FIRST_ROW):
            for number, text in enumerate(texts, start=2):
                sheet.cell(row, number).value = text
        put("联系电话", "13911111111", 5)(sheet)

    found = read(data, edit)
    edits = versions(found)
    assert [one.patch for one in edits] == [{"phone": "13911111111"}]
    assert not codes(found)
    after = {one.entry.record: one.entry for one in found.contributions if isinstance(one.entry, Statement)}
    assert {id for id in before if before[id] != after[id]} == {edits[0].record}


def test_rows_that_cannot_be_told_apart_after_such_a_sort_are_asked_about() -> None:
    of = ledger("visit")
    visit: dict[str, Value] = {"visited_at": "2026-11-18", "mode": "home", "outcome": "not_met"}
    other = visit | {"visited_at": "2026-11-19"}
    rows = [made(of, dict(values)) for values in (visit, visit, other, other, visit | {"outcome": "met"})]

    def edit(sheet: Any) -> None:
        heads = ("走访时间", "走访方式", "走访结果")
        texts = [[sheet.cell(row, column(sheet, head)).value for head in heads] for row in range(FIRST_ROW, 9)]
        for row, some in enumerate(texts[2:] + texts[:2], start=FIRST_ROW):
            for head, text in zip(heads, some, strict=True):
                put(head, text, row)(sheet)

    found = read(workbook(of, rows), edit, "走访台账")
    assert not versions(found)
    assert set(codes(found)) == {"misaligned_row"}


def test_many_honest_edits_are_no_sort(four: bytes) -> None:
    def edit(sheet: Any) -> None:
        for row in range(FIRST_ROW, 8):
            put("户主", f"王小{'甲乙丙丁'[row - FIRST_ROW]}", row)(sheet)

    found = read(four, edit)
    assert len(versions(found)) == 4
    assert codes(found) == ["identity_changed"] * 4
    sheet = next(own_sheets(raw_book(four)))
    assert [row.number for row, _found in put_right(sheet.raw, sheet.columns, sheet.rows, "d")[0]] == [4, 5, 6, 7]


def test_a_row_written_over_with_another_household_is_a_new_row(four: bytes) -> None:
    def edit(sheet: Any) -> None:
        put("户主", "王小明")(sheet)
        put("楼栋", "7")(sheet)

    found, before = read(four, edit), read(four)
    assert (versions(found), codes(found)) == ([], ["row_reused"])
    records = {one.entry.record for one in found.contributions if isinstance(one.entry, Statement)}
    assert len(records) == 3
    assert [one.values["household.building"] for one in found.loose] == ["7"]
    assert before.unchanged > found.unchanged


def test_a_door_corrected_as_a_whole_is_one_edit(four: bytes) -> None:
    def edit(sheet: Any) -> None:
        put("楼栋", "7")(sheet)
        put("室／门牌号", "701")(sheet)

    found = read(four, edit)
    assert [one.patch["room"] for one in versions(found)] == ["701"]
    assert codes(found) == ["identity_changed"]


@pytest.mark.parametrize(
    ("head", "text", "code"),
    [("联系电话", "13911111111、13922222222", "multiple"), ("联系电话", "139****1111", "partial")],
)
def test_a_doubtful_value_is_never_silent(four: bytes, head: str, text: str, code: str) -> None:
    assert codes(read(four, put(head, text))) == [code]


def test_a_day_without_a_year_is_asked_about() -> None:
    values: dict[str, Value] = {"number": "JX03-2026-A0001", "content": "想请人代办", "due_on": "2026-12-01"}
    found = read(workbook(ledger("need"), [made(ledger("need"), values)]), put("办理时限", "1月20日"), "诉求台账")
    assert (versions(found), codes(found)) == ([], ["partial"])


def test_a_renamed_heading_is_told(four: bytes) -> None:
    found = read(four, put("联系电话", "电话", HEAD_ROW))
    assert (versions(found), codes(found)) == ([], ["column_missing"])
    assert "联系电话" in found.problems[0].message


def test_an_id_that_looks_like_an_escaped_letter_stays_that_id() -> None:
    id = from_text("B_x0041_AAA")
    of = ledger("resident")
    value: dict[str, Value] = {"household": id, "name": "王秀英"}
    cells = {name: Cell(frozenset([id]), (one,)) for name, one in value.items()}
    sheet = OutSheet(of, [OutRow(id, value, cells)], ("household", "name"))
    version = Contribution(of.name, Version(id, id, "worker", frozenset(), value), deed=id)
    book = OutBook(id, "", "", "", "worker", "", DAY, DAY, DAY, False, id, LogHead(), [sheet], carried=[version])
    found = read(workbook_bytes(book), lambda _saved_again: None, gw.SHEET)
    assert (found.export, found.problems, found.edited) == (id, [], 0)
    assert [one.entry for one in found.contributions] == [version.entry, Statement(id, cells)]


def test_a_damaged_line_of_gw_breaks_nothing(four: bytes) -> None:
    def edit(sheet: Any) -> None:
        for key, value in sheet.iter_rows():
            value.value = "2026/11/22" if key.value == "last" else value.value

    assert not read(four, edit, "_gw").problems


def test_a_row_with_more_ids_than_a_cell_holds_is_told() -> None:
    row = household(1)
    cell = replace(row.cells["head"], over=frozenset(random_id() for _number in range(3000)))
    found = read(workbook(ledger("household"), [replace(row, cells={**row.cells, "head": cell}), household(2)]))
    assert codes(found) == ["not_comparable"]
    assert {one.entry.record for one in found.contributions if isinstance(one.entry, Statement)}.isdisjoint(
        {row.record}
    )


def test_a_member_not_known_here_is_never_stated_as_cleared() -> None:
    of = ledger("resident")
    of_ids = frozenset([random_id()])
    value = (MISSING, "1903-05-06", "女")
    row = OutRow(random_id(), dict(zip(of.members("identity"), value, strict=True)), {"identity": Cell(of_ids, value)})
    sheet = OutSheet(of, [row], tuple(one.name for one in of.fields))
    book = OutBook(random_id(), "", "", "", "worker", "", DAY, DAY, DAY, False, None, LogHead(), [sheet])
    found = read(workbook_bytes(book))
    statement = found.contributions[0].entry
    assert isinstance(statement, Statement)
    assert statement.cells["identity"].value == value


def test_who_fills_a_blank_cell_has_not_seen_what_its_writer_had_not() -> None:
    of = ledger("household")
    heard_of, own = random_id(), random_id()
    cells = {"head": Cell(frozenset([own]), ("李桂芳",), frozenset([heard_of]))}
    row = OutRow(random_id(), {"head": "李桂芳"}, cells, held=frozenset([own]))
    token = decode_token(encode_token(of, random_id(), row, ["head", "phone"]))
    assert token.over("head") == {heard_of}
    assert token.over("phone") == {own}
