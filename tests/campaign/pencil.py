"""A quick hand in a workbook: types into cells, copies and deletes rows by changing the XML, as WPS would save it."""

import io
import zipfile
from typing import Final

from lxml import etree

from gridworker.exchange.layout import cell_name

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NS: Final = {"m": _MAIN}


class Workbook:
    """An opened xlsx; only the sheets that were touched are written anew."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._book = etree.fromstring(self._parts["xl/workbook.xml"])
        relations = etree.fromstring(self._parts["xl/_rels/workbook.xml.rels"])
        self._targets = {one.get("Id"): f"xl/{one.get('Target')}" for one in relations}
        shared = etree.fromstring(self._parts["xl/sharedStrings.xml"])
        self.strings = ["".join(one.itertext()) for one in shared]
        self._open: dict[str, Sheet] = {}

    @property
    def names(self) -> list[str]:
        """Of all sheets."""
        return [one.get("name") for one in self._book.iterfind("m:sheets/m:sheet", _NS)]

    def sheet(self, name: str) -> "Sheet":
        """A sheet by name."""
        part = self._targets[self._element(name).get(_RELATION)]
        if part not in self._open:
            self._open[part] = Sheet(etree.fromstring(self._parts[part]), self.strings)
        return self._open[part]

    def drop(self, name: str) -> None:
        """Remove a sheet."""
        element = self._element(name)
        element.getparent().remove(element)

    def save(self) -> bytes:
        """The file as it is now."""
        changed = {part: etree.tostring(sheet.root) for part, sheet in self._open.items()}
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, data in (self._parts | changed | {"xl/workbook.xml": etree.tostring(self._book)}).items():
                archive.writestr(name, data)
        return target.getvalue()

    def _element(self, name: str) -> etree._Element:
        return next(one for one in self._book.iterfind("m:sheets/m:sheet", _NS) if one.get("name") == name)


class Sheet:
    """The rows and cells of one sheet."""

    def __init__(self, root: etree._Element, strings: list[str]) -> None:
        self.root = root
        self._strings = strings
        self._rows = root.find("m:sheetData", _NS)

    def texts(self, row: int) -> dict[int, str]:
        """By column what stands in a row as text."""
        found = self._row(row)
        cells = {} if found is None else {_column(one.get("r")): self._text(one) for one in found}
        return {column: text for column, text in cells.items() if text}

    @property
    def last_row(self) -> int:
        """The number of the last row."""
        return int(self._rows[-1].get("r"))

    def put(self, row: int, column: int, text: str | None) -> None:
        """Type into a cell that is there; None empties it."""
        cell = next(one for one in self._row(row) if _column(one.get("r")) == column)
        for part in list(cell):
            cell.remove(part)
        cell.attrib.pop("t", None)
        if text is not None:
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t").text = text

    def copy_down(self, row: int) -> None:
        """A copy of a row below the last one."""
        number = self.last_row + 1
        copied = etree.fromstring(etree.tostring(self._row(row)))
        copied.set("r", str(number))
        for cell in copied:
            cell.set("r", cell_name(number, _column(cell.get("r"))))
        self._rows.append(copied)

    def delete(self, row: int) -> None:
        """Take a row out; the others keep their numbers, as after hiding and filtering."""
        self._rows.remove(self._row(row))

    def _row(self, number: int) -> etree._Element | None:
        return next((one for one in self._rows if one.get("r") == str(number)), None)

    def _text(self, cell: etree._Element) -> str:
        value = "".join(cell.itertext())
        return self._strings[int(value)] if cell.get("t") == "s" and value else value


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number
