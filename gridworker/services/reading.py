"""How a file is understood, importing nothing; and the report of an import as a workbook."""

import hashlib
from pathlib import Path
from typing import Any

from gridworker.errors import UserError
from gridworker.exchange import context, foreign, ours, raw, report, returned
from gridworker.exchange.own_view import as_read
from gridworker.i18n import _
from gridworker.services.columns import label
from gridworker.services.import_report import FileReport, GroupReport
from gridworker.services.tally import CELLS


def read(path: Path, mapping: dict[str, Any] | None = None, password: str | None = None) -> dict[str, Any]:
    """What the program reads in a file, in the shape of design §6. Raises UserError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("no_file", _("读不了文件：{path}").format(path=path), _("请核对文件名和位置。")) from error
    book = raw.read_book(data, password)
    own = ours.read_ours(book, hashlib.sha256(data).hexdigest()) if mapping is None else None
    if own:
        return {"file": path.name, "kind": "ours", "sheets": as_read(book, own)}
    return foreign.understand(returned.without_marks(book)[0], mapping, path.name).as_json()


def has_problems(told: dict[str, Any]) -> bool:
    """Whether any row or sheet has something to ask."""
    return any(map(_problems, told["sheets"]))


def _problems(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """Of a sheet as a whole, then row by row."""
    return [*sheet.get("problems", ()), *(one for row in sheet["rows"] for one in row["problems"])]


def lines(told: dict[str, Any]) -> list[str]:
    """The understanding for people."""
    found = []
    for sheet in told["sheets"]:
        found += _table_lines(sheet, _("工作表 {sheet}").format(sheet=sheet["sheet"] or told["file"]))
        for part in sheet.get("more", ()):
            own = {**part, "context": () if part.get("context") == sheet.get("context") else part.get("context", ())}
            found += _table_lines(own, _("同一张工作表里的另一张表"))
    found += [f"{one['sheet']}　{one['message']}" for one in told.get("remarks", ())]
    return found


def _table_lines(table: dict[str, Any], name: str) -> list[str]:
    """One table: how many records, what holds for all of them, each column by heading and meaning, what is asked."""
    headings = table.get("headings", {})
    return [
        _("{table}：{count} 行").format(table=name, count=len(table["rows"])),
        *(
            f"  {context.place(one['at'])}　{context.label(one['fact'])} {one['value']}"
            for one in table.get("context", ())
        ),
        *(f"  {_headed(letter, headings)} → {label(name)}" for letter, name in table["columns"].items()),
        *(f"  {letter} {heading} → {_('没有认出来')}" for letter, heading in table.get("unmapped", {}).items()),
        *(f"  {one['cell']}　{one['message']}" for one in _problems(table)),
    ]


def _headed(letter: str, headings: dict[str, str]) -> str:
    """A column by letter and heading; of a workbook of ours the letter says enough."""
    return f"{letter} {headings[letter]}" if headings.get(letter) else letter


def write_report(done: GroupReport, out: Path, password: str = "") -> None:
    """The report of an import as a workbook; it names cells and values, so it carries the files' password."""
    files = [_line(one) for one in done.files]
    problems = [(one.file, problem) for one in done.files for problem in (*one.problems, *one.remarks)]
    report.write_report(out, files, problems, password or None)


def _line(one: FileReport) -> report.FileLine:
    cells = [one.cells.get(name, 0) for name in CELLS]
    return (one.file, one.created, one.changed, one.unchanged, one.conflicts, one.absent, len(one.problems), *cells)
