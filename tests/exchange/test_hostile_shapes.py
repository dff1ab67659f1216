"""Files that open and are no reasonable sheets: what a fuzzer found, each as small as it gets."""

import io
import zipfile
from datetime import date
from time import monotonic

import pytest

from gridworker.domain.text.address import Address, walk_key
from gridworker.errors import UserError
from gridworker.exchange import context, form_fresh, gw, marking, raw, raw_text, weekly
from gridworker.exchange.model import RawBook, RawSheet
from gridworker.exchange.patch_parts import Parts, damage_told
from tests.exchange.test_hostile import SHEET, cell, with_rows
from tests.fuzz import seeds


def test_a_door_of_thousands_of_digits_has_its_place_in_a_walk():
    doors = ["9" * 5000, "10", "9", "012", "0"]
    assert [*sorted(doors, key=lambda door: walk_key(Address(room=door)))] == ["0", "9", "10", "012", "9" * 5000]


def test_a_page_or_text_wider_than_any_sheet_is_refused():
    row = b"<table><tr>" + b'<td colspan="1000">x</td>' * 20 + b"</tr></table>"
    for data in (row, b"a" + b"," * 20_000 + b"b"):
        with pytest.raises(UserError) as caught:
            raw.read_book_here(data)
        assert caught.value.code == "too_large"
    assert raw.read_book_here(b"a" + b"," * 20_000).sheets[0].rows[0][0] == "a"


def test_a_workbook_far_wider_than_any_sheet_names_the_cell():
    with pytest.raises(UserError, match="BXX1"):
        raw.read_book_here(with_rows(cell("A1") + cell("BXX1") + cell("A200")))


def test_a_number_that_is_none_is_text():
    assert raw.read_book_here(with_rows(cell("A1", "NaN") + cell("A2", "-INF"))).sheets[0].rows == [["nan"], ["-inf"]]


def test_endless_text_above_a_table_says_nothing_of_it_and_costs_no_time():
    sheet = RawSheet("表", rows=[["梅山镇" * 10_000]])
    began = monotonic()
    assert not context.context_facts(sheet, [1], (2, 3), "a.xlsx").facts
    assert monotonic() - began < 1


def test_an_old_form_of_odd_merges_names_and_values_is_written_anew():
    merges = [(1, 1, 1_048_576, 16_384), (1, 1, 2, 2), (2, 2, 3, 3), (4, 1, 4, 2)]
    rows = [[float("nan"), float("inf"), date(1850, 1, 1)], ["姓名", "电话"]]
    book = RawBook(
        "ods", [RawSheet(name, rows=rows, merges=merges) for name in ("a[1]:*", "A", "a", "'" * 40, "history")]
    )
    again = raw.read_book_here(form_fresh.as_xlsx(book))
    assert len({sheet.name.casefold() for sheet in again.sheets}) == len(book.sheets)
    assert again.sheets[1].merges == [(1, 1, 2, 2), (4, 1, 4, 2)]


def test_an_old_form_without_end_is_refused():
    with pytest.raises(UserError) as caught:
        form_fresh.as_xlsx(RawBook("xls", [RawSheet("表", rows=[["x"] * 1000] * 1000)]))
    assert caught.value.code == "too_large"


def test_a_part_that_grows_far_beyond_its_packed_size_is_not_taken_apart():
    with pytest.raises(UserError) as caught:
        Parts(with_rows('<row hidden="1"><c s="0"/></row>' * 300_000)).read(SHEET)
    assert caught.value.code == "too_large"


def test_numbers_that_are_none_are_damage_and_no_traceback():
    data = with_rows('<row r="x"><c r="A1"><v>1</v></c></row>')
    with pytest.raises(UserError) as caught, damage_told():
        marking.marked(data, {"Sheet": marking.Table(1)}, [])
    assert caught.value.code == "damaged_file"


def test_a_workbook_of_three_kilobytes_under_a_password_opens_again():
    small = with_rows(cell("A1", "7"))
    assert len(small) > 4096 > len(small := _without_theme(small))
    assert raw.read_book_here(weekly.encrypted(small, "pw"), "pw").sheets[0].rows == [[7]]


def _without_theme(data):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if "theme" not in name:
                new.writestr(name, old.read(name))
    return target.getvalue()


def test_the_marked_copy_leaves_macros_behind():
    marked = marking.marked(seeds.with_macros().data, {}, [])
    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        assert "xl/vbaProject.bin" not in archive.namelist()
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")


def test_a_part_packed_in_a_way_nobody_knows_is_damage():
    data = bytearray(with_rows(cell("A1", "7")))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        listed = data.index(b"docProps/app.xml", archive.start_dir) - 46
    data[listed + 10 : listed + 12] = b"\x63\x00"
    with pytest.raises(UserError) as caught, damage_told():
        marking.marked(bytes(data), {"Sheet": marking.Table(1)}, [])
    assert caught.value.code == "damaged_file"


def test_millions_of_commas_after_a_row_are_nothing():
    (sheet,) = raw_text.read_text(b"a,b" + b"," * 1_000_000 + b"\n1,2\n").sheets
    assert [len(row) for row in sheet.rows] == [raw_text.MOST_COLUMNS, 2]


def test_faults_of_our_own_are_no_damage():
    ours: dict[str, int] = {}
    with pytest.raises(KeyError), damage_told():
        ours["none"] += 1


def test_numbers_of_our_own_head_that_nobody_wrote_are_none():
    """Python makes no number of thousands of digits, and takes ² for a digit."""
    assert gw.read_log({"chain_lines": "9" * 5000}) == gw.LogHead()
    assert not gw.is_newer({"format": "gridworker ²"})
