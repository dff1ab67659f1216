"""Pictures as a model: files, sheets, rows and cells with what is meant by them."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from tests.tools.sheets import people

_ROW: Final = re.compile(r"(~?)([nhrtsxepkd])(?:\*(\d+))?: ?(.*)")
_CELL: Final = re.compile(r"(?P<raw>.*?)(?: *⇒(?P<card>\d?) *(?P<meant>.*?))?(?: *‼(?P<issue>.*))?", re.DOTALL)
_DATED: Final = re.compile(r"@(\d{4}-\d\d-\d\d)?(?:T?(\d\d:\d\d))?(?:~(.*))?")


@dataclass(frozen=True)
class Cell:
    """One cell: what is written and what is meant; `merge` is ^ or < for one that continues another."""

    value: str | float | date | time | None = None
    number_format: str = ""
    formula: str = ""
    merge: str = ""
    meant: str | None = None
    issue: str = ""
    card: int = 1


@dataclass
class Row:
    """A row and its kind, a letter of the picture; `record` counts the cards."""

    kind: str
    cells: list[Cell]
    hidden: bool = False
    record: int = 0


@dataclass
class Sheet:
    """A sheet with its options and the codes of its words."""

    name: str
    options: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    hidden_columns: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)


@dataclass
class Book:
    """A file with its options."""

    name: str
    options: dict[str, str]
    sheets: list[Sheet] = field(default_factory=list)


def books(path: Path) -> list[Book]:
    """All files drawn in a picture file."""
    found: list[Book] = []
    cards = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            found.append(Book(*_titled(line)))
        elif line.startswith("-- "):
            found[-1].sheets.append(Sheet(*_titled(line)))
            cards = 0
        elif line == "card":
            cards += 1
        elif line.strip() and not line.startswith("//"):
            _read(found[-1], found[-1].sheets[-1], line, cards)
    return found


def _titled(line: str) -> tuple[str, dict[str, str]]:
    _mark, name, *options = line.split()
    return name, dict(option.split("=", 1) if "=" in option else (option, "yes") for option in options)


def _read(book: Book, sheet: Sheet, line: str, cards: int) -> None:
    if found := _ROW.fullmatch(line):
        for number in range(1, int(found[3] or 1) + 1):
            texts = found[4].replace("#+", f"#{number}").split("|")
            cells = [_cell(text.strip(" "), book.name) for text in texts]
            sheet.rows.append(Row(found[2], cells, found[1] == "~", cards))
    elif line == "-":
        sheet.rows.append(Row("d", []))
    elif line.startswith("map "):
        name, words = line[4:].split(": ")
        sheet.words[name] = dict(pair.split("=") for pair in words.split(", "))
    elif line.startswith("hide "):
        sheet.hidden_columns = line.split()[1:]
    else:
        sheet.extras.append(line)


def _cell(text: str, seed: str) -> Cell:
    found = _CELL.fullmatch(text)
    assert found
    raw = found["raw"].replace("\\n", "\n")
    told = None if found["meant"] is None else people.meant(found["meant"], seed).replace("¦", "|")
    issue, card = (found["issue"] or "").replace("¦", "|"), int(found["card"] or 1)
    if raw in ("^", "<"):
        return Cell(merge=raw, meant=told, issue=issue)
    value, number_format, formula = _value(raw, seed)
    if told is None and "{" in raw:
        told = people.meant(raw, seed)
    return Cell(value, number_format, formula, "", told, issue, card)


def _value(raw: str, seed: str) -> tuple[str | float | date | time | None, str, str]:
    """The value to write, its number format and its formula."""
    if raw.startswith("=") and "~" in raw:
        formula, cached = raw.rsplit("~", 1)
        return cached if cached.startswith("#") else float(cached), "", formula
    if raw.startswith("#") and len(raw) > 1:
        number, _, form = people.expand(raw[1:], seed).partition("~")
        return float(number), form, ""
    if dated := _DATED.fullmatch(raw):
        day, hour, form = dated.groups()
        if day is None:
            return time.fromisoformat(hour), form or "hh:mm", ""
        return datetime.fromisoformat(f"{day}T{hour}") if hour else date.fromisoformat(day), form or "yyyy-mm-dd", ""
    return people.expand(raw, seed) or None, "", ""
