"""LibreOffice as the real spreadsheet program: one office process per test session, driven by UNO.

Run as a script by the system's Python (which has `uno`): `office.py PIPE`, requests as JSON lines on stdin.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SYSTEM_PYTHON = "/usr/bin/python3"
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8", ".pdf": "calc_pdf_Export"}


class Office:
    """Opens, edits and saves workbooks as a person would."""

    def __init__(self, folder: Path) -> None:
        pipe = f"gridworker{os.getpid()}"
        self._soffice = subprocess.Popen(
            [
                "soffice", "--headless", "--norestore", "--nologo", "--nodefault",
                f"-env:UserInstallation=file://{folder}/profile", f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._script = subprocess.Popen(
            [SYSTEM_PYTHON, __file__, pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def save(self, source: Path, target: Path, edits: dict[str, dict[str, object]] | None = None, do: str = "") -> Path:
        """Open a workbook, type into cells (`{sheet: {cell: value}}`), do things (`a;b`), save by the ending."""
        request = {"source": str(source), "target": str(target), "edits": edits or {}, "do": do}
        assert self._script.stdin is not None
        assert self._script.stdout is not None
        self._script.stdin.write(json.dumps(request) + "\n")
        self._script.stdin.flush()
        answer = self._script.stdout.readline().strip()
        assert answer == "ok", answer
        return target

    def close(self) -> None:
        self._script.kill()
        self._soffice.terminate()
        self._script.wait(10)
        self._soffice.wait(20)
        for stream in (self._script.stdin, self._script.stdout):
            if stream:
                stream.close()


def is_installed() -> bool:
    """Whether the real program and its bridge are here."""
    if not shutil.which("soffice") or not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


def _serve(pipe: str) -> None:
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = _connected(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    for line in sys.stdin:
        try:
            _one(desktop, json.loads(line))
            print("ok", flush=True)
        except Exception as error:
            print(repr(error).replace("\n", " "), flush=True)


def _connected(resolver: Any, address: str) -> Any:
    for _try in range(300):
        try:
            return resolver.resolve(address)
        except Exception:
            time.sleep(0.1)
    raise RuntimeError("no office")


def _property(name: str, value: object) -> Any:
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def _one(desktop: Any, request: dict[str, Any]) -> None:
    document = desktop.loadComponentFromURL(Path(request["source"]).as_uri(), "_blank", 0, (_property("Hidden", True),))
    try:
        for name, cells in request["edits"].items():
            sheet = document.Sheets.getByName(name)
            for cell, value in cells.items():
                _type(sheet.getCellRangeByName(cell), value)
        for what in filter(None, request["do"].split(";")):
            _do(document, what)
        target = Path(request["target"])
        document.storeToURL(target.as_uri(), (_property("FilterName", FILTERS[target.suffix]),))
    finally:
        document.close(True)


def _type(cell: Any, value: object) -> None:
    """As typed: `=…` is a formula, numbers are numbers, text is text, nothing empties."""
    if value is None:
        cell.clearContents(1 | 2 | 4 | 16)
    elif isinstance(value, (int, float)):
        cell.Value = value
    elif str(value).startswith("="):
        cell.Formula = value
    else:
        cell.String = value


def _do(document: Any, what: str) -> None:
    verb, _colon, name = what.partition(":")
    if verb == "sort":
        sheet_name, _colon, column = name.partition("!")
        sheet = document.Sheets.getByName(sheet_name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 3, last.EndColumn, last.EndRow - 2)
        from com.sun.star.table import TableSortField

        field = TableSortField()
        field.Field, field.IsAscending = int(column), False
        import uno

        area.sort((_property("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),))
    elif verb == "drop":
        document.Sheets.removeByName(name)
    elif verb == "rename":
        before, _colon, after = name.partition("!")
        document.Sheets.getByName(before).Name = after
    else:
        _change_rows(document, verb, name)


def _change_rows(document: Any, verb: str, name: str) -> None:
    """Rows and columns, numbered as a person sees them: `copy:SHEET!4>9`, `delete:SHEET!4`, `insert:SHEET!4`, …"""
    sheet_name, _colon, where = name.partition("!")
    sheet = document.Sheets.getByName(sheet_name)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    used = cursor.RangeAddress
    if verb == "delete":
        sheet.Rows.removeByIndex(int(where) - 1, 1)
    elif verb == "insert":
        sheet.Rows.insertByIndex(int(where) - 1, 1)
    elif verb == "drop_column":
        sheet.Columns.removeByIndex(used.EndColumn if where == "last" else int(where) - 1, 1)
    elif verb == "copy":
        source, target = (int(one) - 1 for one in where.split(">"))
        sheet.Rows.insertByIndex(target, 1)
        row = sheet.getCellRangeByPosition(0, source, used.EndColumn, source)
        sheet.copyRange(sheet.getCellByPosition(0, target).CellAddress, row.RangeAddress)
    elif verb == "swap_visible":
        one, other = (int(number) - 1 for number in where.split(">"))
        areas = [sheet.getCellRangeByPosition(1, row, used.EndColumn - 1, row) for row in (one, other)]
        first, second = (area.getDataArray() for area in areas)
        areas[0].setDataArray(second)
        areas[1].setDataArray(first)
    else:
        raise ValueError(verb)


def lines(stream: Any) -> Iterator[str]:
    yield from stream


if __name__ == "__main__":
    _serve(sys.argv[1])
