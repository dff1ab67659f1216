"""How well sheets are read: cells right, silently wrong, asked about and dropped, by file and in sum.

    python -m tests.tools.score_sheets [-v] [DIR …]

Every file of a folder with an `.expected.json` beside it counts (the samples' README tells its form). A cell is

* **right**: the value is one of the expected, and the question it must raise stands at that cell;
* **silent**: something else, or nothing, or without its question, and no problem at that cell;
* **asked**: not right, but a problem stands at the cell, its column is shown as not understood, or nothing in the file
  was, which is said;
* **dropped**: its row or sheet is not there, and nobody is told.

Counted apart: **stray** values, in a column that says something else or in a row that is no record.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gridworker.errors import UserError
from gridworker.exchange import foreign, raw
from gridworker.exchange.understood import Understanding

DATA: Final = Path(__file__).parents[1] / "data" / "sheets"
_ADDRESS: Final = "household.address"
_KINDS: Final = ("right", "silent", "asked", "dropped")


@dataclass
class Score:
    """What one file, or all, came to; `told` says what went wrong, a line each."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def add(self, kind: str, line: str = "") -> None:
        """Count one thing and remember what was wrong with it."""
        self.counts[kind] += 1
        if line:
            self.told.append(f"{kind:8} {line}")


@dataclass
class Found:
    """One sheet as understood: the rows of all its tables, columns by letter, what was told as not understood."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    unmapped: set[str] = field(default_factory=set)
    header_rows: list[int] = field(default_factory=list)
    ignored: dict[str, str] = field(default_factory=dict)


def score(path: Path) -> Score:
    """One file against what a careful person reads in it."""
    told = json.loads(path.with_name(path.stem + ".expected.json").read_text(encoding="utf-8"))
    result, start = Score(), time.process_time()
    try:
        book = raw.read_book_here(path.read_bytes())
        read = time.process_time()
        sheets = _found(foreign.understand(book, None, path.name))
    except UserError as error:
        read, sheets = time.process_time(), {}
        result.told.append(f"refused  {error}")
    result.counts["raw ms"] = round((read - start) * 1000)
    result.counts["understood ms"] = round((time.process_time() - read) * 1000)
    wanted: dict[str | None, list[dict[str, Any]]] = {}
    for part in (told, *told.get("also", ())):
        wanted.setdefault(part["sheet"], []).append(part)
    for name, parts in wanted.items():
        _score_sheet(result, parts, sheets.get(name or "") or _only(sheets), name or "")
    if not any(sheet.rows for sheet in sheets.values()):
        result.counts["asked"] += result.counts.pop("dropped", 0)
    for name in told.get("other_sheets", {}):
        _phantoms(result, sheets.get(name, Found()).rows, name)
    return result


def _only(sheets: dict[str, Found]) -> Found:
    """The sheet of a file that has one, whatever it is called."""
    return next(iter(sheets.values())) if len(sheets) == 1 else Found()


def _found(understood: Understanding) -> dict[str, Found]:
    """By sheet: what was understood, further tables with the main one."""
    found: dict[str, Found] = {}
    told = [part for sheet in understood.as_json()["sheets"] for part in (sheet, *sheet.get("more", ()))]
    for sheet, said in zip(understood.sheets, told, strict=True):
        one = found.setdefault(sheet.name, Found(header_rows=said["header_rows"], ignored=said["ignored_rows"]))
        one.rows += said["rows"]
        one.columns |= said["columns"]
        one.unmapped |= {column.name for column in sheet.unmapped}
    return found


def _score_sheet(result: Score, parts: list[dict[str, Any]], found: Found, name: str) -> None:
    left = list(found.rows)
    for number, part in enumerate(parts):
        letters = _score_columns(result, part, parts, found, name, first=number == 0)
        for record in part["records"]:
            row = _matching(record, left, part["layout"])
            if row is not None:
                left.remove(row)
            _Record(result, part, found, name, letters).score(record, row)
    _phantoms(result, left, name)
    if parts[0]["layout"] == "table" and parts[0]["records"]:
        _count(result, "header", found.header_rows == parts[0]["header_rows"], f"{name} {found.header_rows}")
    for row, kinds in parts[0]["ignored_rows"].items():
        got = found.ignored.get(row)
        _count(result, "ignored", got in kinds.split("|"), f"{name} row {row} is {kinds}, not {got}")


def _count(result: Score, what: str, is_right: bool, line: str) -> None:
    result.counts[f"{what} all"] += 1
    result.add(f"{what} right" if is_right else f"{what} wrong", "" if is_right else line)


def _score_columns(
    result: Score, part: dict[str, Any], parts: list[dict[str, Any]], found: Found, name: str, first: bool
) -> dict[str, list[str]]:
    """Count the columns; by the first name of a field: the columns where it was read."""
    wanted: dict[str, str] = part.get("columns") or {}
    letters: dict[str, list[str]] = {}
    for fields in wanted.values() or part.get("fields", ()):
        places = [letter for letter, got in found.columns.items() if got in fields.split("|")]
        letters[fields.split("|")[0]] = places
    for letter, fields in wanted.items():
        got = found.columns.get(letter)
        _count(result, "column", got in fields.split("|"), f"{name} {letter} is {fields}, not {got}")
    for fields in part.get("fields", ()):
        _count(result, "column", bool(letters[fields.split("|")[0]]), f"{name} {fields} not found")
    if first and part["layout"] == "table":
        known = {letter for one in parts for letter in (one.get("columns") or {})}
        traps = {letter for one in parts for letter in one.get("traps", {})}
        for letter, got in found.columns.items():
            if letter not in known and part.get("optional", {}).get(letter) is None:
                result.add("trap" if letter in traps else "extra column", f"{name} {letter} read as {got}")
    return letters


def _matching(record: dict[str, Any], rows: list[dict[str, Any]], layout: str) -> dict[str, Any] | None:
    """The row that most of a record's values stand in; of a table, one of the same number."""
    values = {str(value) for value in record["values"].values() if value is not None}
    among = [row for row in rows if layout != "table" or row["row"] == record["row"]]
    ranked = [(len(values & {_text(value) for value in row["values"].values()}), row) for row in among]
    best = max((shared for shared, _row in ranked), default=0)
    return next((row for shared, row in ranked if shared == best and (best or layout == "table")), None)


class _Record:
    """Scores the cells of one record."""

    def __init__(
        self, result: Score, part: dict[str, Any], found: Found, name: str, letters: dict[str, list[str]]
    ) -> None:
        self._result, self._found, self._name, self._letters = result, found, name, letters
        specs = list((part.get("columns") or {}).values()) or part.get("fields", [])
        self._names = {spec.split("|")[0]: spec.split("|") for spec in specs}
        self._wanted = part.get("columns") or {}
        self._optional = {one for told in part.get("optional", {}).values() for one in told.split("|")}

    def score(self, record: dict[str, Any], row: dict[str, Any] | None) -> None:
        """Every value of the record, then whatever else was read in its row."""
        for name, value in record["values"].items():
            kind, got = self._absent(name) if row is None else self._kind(record, row, name, value)
            where = f"{self._name} {record.get('row', record.get('column'))} {name}"
            asked = record["issues"].get(name, "")
            line = "" if kind == "right" else f"{where}: {got!r}, not {value!r} {asked}"
            self._result.add(kind, line)
        if row is not None:
            self._score_strays(record, row)

    def _absent(self, name: str) -> tuple[str, None]:
        """A row that was not read because none of its columns was understood is asked about."""
        return "asked" if self._wanted and self._is_told(name) else "dropped", None

    def _kind(self, record: dict[str, Any], row: dict[str, Any], name: str, value: Any) -> tuple[str, Any]:
        names = self._names.get(name, [name])
        got = next((row["values"][one] for one in names if row["values"].get(one) is not None), None)
        codes = {problem["code"] for problem in row["problems"] if problem["cell"] in self._cells(record, row, name)}
        issue = record["issues"].get(name, "?")
        matches = is_among(got, value)
        if matches and (issue[0] == "?" or codes):
            return "right", got
        if codes or self._is_told(name):
            return "asked", got
        return "silent", got

    def _cells(self, record: dict[str, Any], row: dict[str, Any], name: str) -> set[str]:
        """Where a problem with the value would stand."""
        if "cells" in record:
            return {record["cells"][name]}
        letters = self._letters.get(name) or self._letters.get(_ADDRESS, ())
        return {f"{letter}{row['row']}" for letter in letters}

    def _is_told(self, name: str) -> bool:
        """Whether the column is shown as one that nobody understood."""
        names = [name] if name in self._names else [_ADDRESS]
        wanted = {letter for letter, spec in self._wanted.items() if spec.split("|")[0] in names}
        return bool(wanted & self._found.unmapped) or (not self._letters.get(names[0]) and not self._wanted)

    def _score_strays(self, record: dict[str, Any], row: dict[str, Any]) -> None:
        """Values of fields that the record does not have, except where a column may be read either way."""
        known = set(record["values"]) | {name for names in self._names.values() for name in names} | self._optional
        for name, value in row["values"].items():
            if name not in known and value is not None:
                where = record.get("row", record.get("column"))
                self._result.add("stray", f"{self._name} {where} {name}: {value!r}")


def _phantoms(result: Score, rows: list[dict[str, Any]], name: str) -> None:
    """Rows that are no records."""
    for row in rows:
        result.counts["phantom rows"] += 1
        for field_name, value in row["values"].items():
            if value is not None:
                result.add("stray", f"{name} {row['row']} is no record; {field_name}: {value!r}")


def is_among(value: object, told: object) -> bool:
    """Whether a value is the expected one, or one of several that will do; `null` stands for none."""
    if isinstance(told, str):
        return _in_order(_text(value)) in map(_in_order, told.split("|"))
    return value == told


def _in_order(text: str) -> list[str]:
    """Several values are the same in any order."""
    return sorted(text.split("、"))


def _text(value: object) -> str:
    return "null" if value is None else "、".join(value) if isinstance(value, list) else str(value)


def files(folder: Path) -> Iterator[Path]:
    """The files of a folder that say what is expected of them."""
    for told in sorted(folder.glob("*.expected.json")):
        name = json.loads(told.read_text(encoding="utf-8"))["file"]
        if (folder / name).exists():
            yield folder / name


def main() -> None:
    """Score folders, by default the samples and the further sheets."""
    names = [name for name in sys.argv[1:] if name != "-v"]
    for folder in [Path(name) for name in names] or [DATA, DATA / "more"]:
        total = Score()
        print(f"\n{folder}\n{_HEAD}")
        for path in files(folder):
            one = score(path)
            total.counts.update(one.counts)
            print(_line(path.stem, one.counts))
            for line in one.told if "-v" in sys.argv else ():
                print("      " + line)
        print(_line("sum", total.counts))


_HEAD: Final = (
    "cells: right/all  share  silent  stray asked dropped | columns right/all extra traps | head | ignored | "
    "phantom rows | ms raw, understood"
)


def _line(name: str, counts: Counter[str]) -> str:
    cells = sum(counts[kind] for kind in _KINDS)
    share = 100 * counts["right"] / cells if cells else 100.0
    return (
        f"{counts['right']:5}/{cells:<5} {share:5.1f}% {counts['silent']:5} {counts['stray']:5} {counts['asked']:5} "
        f"{counts['dropped']:5} | {counts['column right']:4}/{counts['column all']:<4} {counts['extra column']:3} "
        f"{counts['trap']:3} | {counts['header right']:2}/{counts['header all']:<2} | "
        f"{counts['ignored right']:3}/{counts['ignored all']:<3} | {counts['phantom rows']:3} | "
        f"{counts['raw ms']:5} {counts['understood ms']:5}  {name}"
    )


if __name__ == "__main__":
    main()
