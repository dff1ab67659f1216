"""Files that would harm: each gets one sentence, and the program lives on."""

import io
import struct
import sys
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
import xlsxwriter

from gridworker.errors import UserError
from gridworker.exchange import raw, raw_text, raw_zip
from gridworker.exchange.child import Child

SHEET = "xl/worksheets/sheet1.xml"


def workbook() -> bytes:
    """A small workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.active.append(["张小山", "13800000000"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(name: str, text: str | bytes) -> bytes:
    """The small workbook with one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for part in source.namelist():
            out.writestr(part, text if part == name else source.read(part))
    return target.getvalue()


def with_rows(rows: str, *, head: str = "") -> bytes:
    """The small workbook with these rows of XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_part(SHEET, f'{head}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>')


def cell(name: str, value: str = "1") -> str:
    row = "".join(filter(str.isdigit, name))
    return f'<row r="{row}"><c r="{name}"><v>{value}</v></c></row>'


def packed(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()


def damaged_deflate() -> bytes:
    data = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        part = archive.getinfo(SHEET)
    start = part.header_offset + 30 + len(part.filename)
    data[start + 20 : start + 60] = b"\xff" * 40
    return bytes(data)


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)

HOSTILE = {
    "empty": (b"", "empty_file"),
    "blank": (b" \r\n", "empty_file"),
    "truncated": (workbook()[:2000], "damaged_file"),
    "torn in the middle": (damaged_deflate(), "damaged_file"),
    "not a workbook": (packed(**{"word/document.xml": b"<x/>"}), "not_a_workbook"),
    "workbook without parts": (packed(**{"xl/workbook.xml": b"<workbook/>"}), "damaged_file"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not_a_workbook"),
    "page without table": (b"<html><body><p>no</p></body></html>", "not_a_workbook"),
    "ole without workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "damaged_file"),
    "far corner": (with_rows(cell("A1") + cell("XFD1048576")), "too_large"),
    "far row before the others": (with_rows(cell("A1048576") + cell("Z3")), "too_large"),
    "far row among others": (with_rows("".join(map(cell, ("A1", "A899999", "A100000", "A100001")))), "too_large"),
    "far row before wide ones": (with_rows("".join(map(cell, ("A1", "A9999", "A2", "XFD3")))), "too_large"),
    "far row behind a tab": (with_rows('<row\tr="899999"><c\tr="A899999"><v>1</v></c></row>'), "too_large"),
    "far column in small letters": (
        with_rows('<row r="15"><c r="rId999"><v>1</v></c></row>' + cell("A2")),
        "too_large",
    ),
    "broken xml": (with_rows("<row><c"), "damaged_file"),
    "entity bomb": (with_rows('<row r="1"><c r="A1" t="str"><v>&i;</v></c></row>', head=ENTITIES), None),
    "rows upside down": (with_rows(cell("A900000") + cell("Z1")), None),
}
"""By kind: bytes, and the code of the sentence; None where any sentence or reading will do."""


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    opened = Child()
    yield opened
    opened.close()


def refusal(child: Child, data: bytes) -> UserError | None:
    """Why a file was refused, if it was."""
    try:
        child.read(data)
    except UserError as error:
        return error
    return None


@pytest.mark.parametrize("name", HOSTILE)
def test_one_sentence_and_alive(child: Child, name: str) -> None:
    data, code = HOSTILE[name]
    told = refusal(child, data)
    assert code is None or (told and told.code == code)
    assert told is None or (told.message.count("。") == 1 and told.hint)
    assert child.read(workbook()).sheets[0].rows[1] == ["张小山", "13800000000"]


def test_the_far_cell_is_named(child: Child) -> None:
    with pytest.raises(UserError, match="XFD1048576"):
        child.read(with_rows(cell("A1") + cell("XFD1048576")))


def test_a_styled_blank_in_the_far_corner_does_no_harm(child: Child) -> None:
    blank = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert child.read(with_rows(cell("A1", "7") + blank)).sheets[0].rows == [[7]]


def test_a_value_far_down_a_narrow_sheet_is_read(child: Child) -> None:
    assert child.read(with_rows(cell("A1", "7") + cell("A150000", "8"))).sheets[0].rows[149_999] == [8]


def test_a_value_in_the_last_row_of_all_is_named(child: Child) -> None:
    told = refusal(child, with_rows(cell("A1", "7") + cell("A1048576", "8")))
    assert told
    assert "1048576" in told.message


def test_a_far_cell_of_a_sheet_that_is_listed_in_the_wrong_place_is_named() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_rows(cell("L1048576")))) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            data = source.read(name)
            moved = data.replace(b"<sheets>", b"<bookViews>").replace(b"</sheets>", b"</bookViews>")
            out.writestr(name, moved if name == "xl/workbook.xml" else data)
    with pytest.raises(UserError) as told:
        raw.read_book_here(target.getvalue())
    assert told.value.code in {"too_large", "damaged_file"}


def test_a_text_with_rows_without_end_is_too_large() -> None:
    with pytest.raises(UserError) as caught:
        raw.read_book_here(b"1\n" * (raw_text.MOST_ROWS + 1))
    assert caught.value.code == "too_large"


def test_a_bomb_is_not_unpacked(child: Child) -> None:
    bomb = with_part(SHEET, b"<worksheet>" + b" " * (raw_zip.STEEP_FROM + 1) + b"</worksheet>")
    assert len(bomb) < 100_000
    with pytest.raises(UserError) as caught:
        child.read(bomb)
    assert caught.value.code == "too_large"


def test_a_cell_without_end_is_given_up(child: Child) -> None:
    noise = "".join(f"{number:08x}" for number in range(800_000))
    told = refusal(child, with_rows(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{noise}</t></is></c></row>'))
    assert told
    assert told.code == "too_large"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_one_text_shown_in_many_cells_does_not_fill_the_memory(child: Child) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for row in range(20_000):
        sheet.write_string(row, 0, "大湾组" * 10_000)
    book.close()
    told = refusal(child, target.getvalue())
    assert told
    assert told.code in {"too_large", "damaged_file"}
    assert child.read(workbook()).kind == "xlsx"


def test_a_lying_size_is_noticed(child: Child) -> None:
    """The directory says the part is small; what comes out of it says otherwise."""
    data = bytearray(with_rows(cell("A1")))
    place = data.rindex(SHEET.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, place + 24, 10)
    with pytest.raises(UserError):
        child.read(bytes(data))


def test_a_slow_file_is_given_up() -> None:
    impatient = Child(patience=0.0)
    with pytest.raises(UserError) as caught:
        impatient.read(workbook())
    assert caught.value.code == "too_slow"
    impatient.close()


def test_a_reader_that_dies_is_replaced(child: Child) -> None:
    child.read(workbook())
    child._process.kill()
    child._process.join()
    assert child.read(workbook()).kind == "xlsx"


def test_death_in_the_middle_is_a_sentence(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    child.read(workbook())
    monkeypatch.setattr(child, "_started", lambda: child._pipe)
    child._process.kill()
    with pytest.raises(UserError) as caught:
        child.read(workbook())
    assert caught.value.code == "damaged_file"
    monkeypatch.undo()
    assert child.read(workbook()).kind == "xlsx"


@pytest.mark.parametrize("name", ["empty", "truncated", "picture", "far corner", "page without table"])
def test_the_same_without_a_child(name: str) -> None:
    data, code = HOSTILE[name]
    with pytest.raises(UserError) as caught:
        raw.read_book_here(data)
    assert caught.value.code == code
