"""Inserting rows into a sheet of somebody else's workbook, as a spreadsheet program would.

New rows look like the row above them. Whatever speaks of cells moves along: formulas here and elsewhere, merged
cells, validations, conditional formats, printed areas, tables, comments, pictures, charts.
"""

from contextlib import suppress
from copy import deepcopy
from typing import Final

from lxml import etree

from gridworker.exchange.patch_parts import WORKBOOK, Parts, integer, tag, whole
from gridworker.exchange.patch_refs import (
    Insertion,
    after_insertion,
    areas_after_insertion,
    cell_after_insertion,
    copied,
    leads_out,
)
from gridworker.exchange.patch_sheet import SheetPatch
from gridworker.exchange.raw_errors import Unreadable

_FORMULAS: Final = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_AREAS: Final = frozenset({"sqref"})
_AREA_ATTRIBUTES: Final = ("sqref", "ref")
_CELL_ATTRIBUTES: Final = ("activeCell", "topLeftCell")
_ANCHORS: Final = frozenset({"from", "to"})


def insert_rows(sheet: SheetPatch, after: int, count: int) -> None:
    """Put so many empty rows below a row, in its style. Sums over the rows down to there take the new ones in."""
    if count < 1:
        return
    parts, insertion = sheet.parts, Insertion(sheet.name, after, count)
    sheet.unshare()
    _move_cells(sheet, insertion)
    for part in parts.sheets.values():
        _move_formulas(parts, part, insertion, here=part == sheet.part)
    for part in [WORKBOOK, *(name for name in parts.names if name.startswith("xl/charts/chart"))]:
        _move_formulas(parts, part, insertion, here=False)
    _move_areas(parts.change(sheet.part), insertion)
    for kind in ("table", "comments", "threadedComment"):
        for part in parts.related(sheet.part, kind):
            _move_areas(parts.change(part), insertion)
    for part in parts.related(sheet.part, "drawing"):
        _move_drawings(parts.change(part), insertion)
    for part in parts.related(sheet.part, "vmlDrawing"):
        with suppress(Unreadable):  # some programs write it with tags left open
            _move_notes(parts.change(part), insertion)
    _clone_row(sheet, insertion)
    sheet.forget_results()


def _move_cells(sheet: SheetPatch, insertion: Insertion) -> None:
    for number, line in sheet.rows.items():
        row = insertion.row(number)
        if row != number:
            line.set("r", str(row))
            for cell in line:
                cell.set("r", cell.get("r", "").rstrip("0123456789") + str(row))
    sheet.forget_rows()


def _move_formulas(parts: Parts, part: str, insertion: Insertion, *, here: bool) -> None:
    """Formulas of a part; those of the row above do not grow with the rows, they speak of the rows before them."""
    own = f"{insertion.after}"
    changed = False
    for one in parts.read(part).iter("{*}f", *("{*}" + name for name in _FORMULAS - {"f"})):
        cell = one.getparent()
        name = cell.get("r", "") if cell is not None else ""
        grows = not (here and name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == own)
        text = after_insertion(one.text or "", insertion, here=here, grows=grows)
        if one.text and text != one.text:
            one.text, changed = text, True
    if changed:
        parts.change(part)


def _move_areas(root: etree._Element, insertion: Insertion) -> None:
    """Whatever names cells of its own sheet."""
    for one in root.iter("{*}*"):
        name = etree.QName(one).localname
        if name in _AREAS and one.text:
            one.text = areas_after_insertion(one.text, insertion)
        if name == "brk" and integer(one, "id") >= insertion.after:
            one.set("id", str(integer(one, "id") + insertion.count))
        for attribute in _AREA_ATTRIBUTES:
            _set(one, attribute, _moved_area(name, one.get(attribute, ""), insertion))
        for attribute in _CELL_ATTRIBUTES:
            _set(one, attribute, cell_after_insertion(one.get(attribute, ""), insertion))


def _moved_area(element: str, area: str, insertion: Insertion) -> str:
    """A cell merged across one row, a comment and a link stay with their row; other areas grow."""
    first, _colon, last = area.partition(":")
    digits = (first.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), (last or first).strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    stays = element in {"mergeCell", "comment", "threadedComment", "hyperlink", "f"} and digits[0] == digits[1]
    return cell_after_insertion(area, insertion) if stays else areas_after_insertion(area, insertion)


def _set(one: etree._Element, attribute: str, value: str) -> None:
    if value and one.get(attribute) != value:
        one.set(attribute, value)


def _move_drawings(root: etree._Element, insertion: Insertion) -> None:
    """Pictures and charts below go down; those that begin above keep their size unless they stretch with cells."""
    for anchor in root:
        begins = anchor.find("{*}from/{*}row")
        if begins is None:
            continue
        is_below = whole(begins.text or 0) >= insertion.after
        stretches = anchor.get("editAs", "twoCell") == "twoCell"
        for one in anchor.iterfind("{*}to/{*}row"):
            if is_below or stretches:
                one.text = str(insertion.row(whole(one.text or 0) + 1) - 1)
        if is_below:
            begins.text = str(whole(begins.text or 0) + insertion.count)


def _move_notes(root: etree._Element, insertion: Insertion) -> None:
    """The boxes of comments, which lie apart from their texts: their row from 0, and eight numbers of their place."""
    for one in root.iter("{*}Row"):
        if whole(one.text or 0) >= insertion.after:
            one.text = str(whole(one.text or 0) + insertion.count)
    for one in root.iter("{*}Anchor"):
        place = (one.text or "").split(",")
        if len(place) == 8 and whole(place[2]) >= insertion.after:
            place[2], place[6] = (str(whole(place[at]) + insertion.count) for at in (2, 6))
            one.text = ",".join(place)


def _clone_row(sheet: SheetPatch, insertion: Insertion) -> None:
    """The new rows: style and height of the row above, its formulas for their own rows, its cells merged across."""
    above = sheet.row(insertion.after)
    if above is None:
        return
    before = above
    for step in range(1, insertion.count + 1):
        line = deepcopy(above)
        line.set("r", str(insertion.after + step))
        for cell in line:
            _empty(cell, insertion.after, step)
        before.addnext(line)
        before = line
    sheet.forget_rows()
    _clone_merges(sheet, insertion)


def _empty(cell: etree._Element, row: int, step: int) -> None:
    letters = cell.get("r", "").rstrip("0123456789")
    cell.set("r", f"{letters}{row + step}")
    formula = cell.find("{*}f")
    given = formula.text or "" if formula is not None and not formula.get("t") else ""
    text = "" if leads_out(given) else copied(given, step)
    for child in list(cell):
        cell.remove(child)
    for attribute in ("t", "cm", "vm"):
        cell.attrib.pop(attribute, None)
    if text:
        etree.SubElement(cell, tag(cell, "f")).text = text


def _clone_merges(sheet: SheetPatch, insertion: Insertion) -> None:
    every = sheet.root.find("{*}mergeCells")
    for one in list(every) if every is not None else []:
        first, _colon, last = one.get("ref", "").partition(":")
        letters = [name.rstrip("0123456789") for name in (first, last)]
        if every is not None and first[len(letters[0]) :] == last[len(letters[1]) :] == str(insertion.after):
            for row in range(insertion.after + 1, insertion.after + insertion.count + 1):
                etree.SubElement(every, tag(every, "mergeCell"), ref=f"{letters[0]}{row}:{letters[1]}{row}")
            every.set("count", str(len(every)))
