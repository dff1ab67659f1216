"""What a printed paper says: rows of cells on A4, the same for preview, PDF and printer; Chinese like every form.

The words and widths of the forms stand in `resources/print`; printing is logged, since paper carries personal data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gridworker.domain.pictures import Picture
from gridworker.paths import json_resource
from gridworker.services import access
from gridworker.services.workspace import Workspace

LEFT, CENTRE, RIGHT = "left", "centre", "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a part of a row, `width` in shares of it; sizes in points."""

    text: str = ""
    width: float = 1
    align: str = CENTRE
    size: float = 10
    bold: bool = False
    shaded: bool = False
    framed: bool = True
    heat: int = 0
    """Its ground on the heat ramp, from 1 (light) to 5 (dark); 0 for none."""
    picture: Picture | None = None
    """Drawn in the cell instead of words."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, at least so many millimetres high; `kept`: on one page with the row below."""

    cells: tuple[Cell, ...]
    height: float
    on_new_page: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A form: `head` stands on every page, `foot` in small letters below, with the page number.

    `name` is a file name and `logged` a line of the access log: both without people.
    """

    name: str
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    foot: str
    logged: str
    landscape: bool = False
    personal: bool = True
    """Whether people can be told from it."""

    def text(self) -> str:
        """Every word on it."""
        cells = [cell for row in (*self.head, *self.rows) for cell in row.cells]
        return "".join(cell.text + (cell.picture.text() if cell.picture else "") for cell in cells)


def form(name: str) -> dict[str, Any]:
    """The words of a form."""
    found: dict[str, Any] = json_resource("print", f"{name}.json")
    return found


def title(text: str) -> Row:
    """The name of the form over the page."""
    return Row((Cell(text, size=18, bold=True, framed=False),), 13)


def line(*texts: str) -> Row:
    """Words over or under the table: the first at the left, the last at the right."""
    aligns = [LEFT, *[CENTRE] * (len(texts) - 2), RIGHT] if len(texts) > 1 else [LEFT]
    return Row(tuple(Cell(text, align=align, framed=False) for text, align in zip(texts, aligns, strict=True)), 8)


def prose(text: str, size: float = 11) -> Row:
    """A paragraph over the whole width."""
    return Row((Cell(text, align=LEFT, size=size, framed=False),), 9)


def facts(pairs: Sequence[tuple[str, str]], height: float, shares: tuple[int, int] = (13, 24)) -> Row:
    """Labels on grey with their values beside them, in one row; a single value has the whole row."""
    label, value = shares
    wide = value if len(pairs) > 1 else 2 * value + label
    align = LEFT if len(pairs) == 1 else CENTRE
    cells = [(Cell(name, label, shaded=True, bold=True), Cell(text, wide, align)) for name, text in pairs]
    return Row(tuple(cell for both in cells for cell in both), height)


def headings(columns: Sequence[dict[str, Any]]) -> Row:
    """The labels over the columns of a table."""
    return Row(tuple(Cell(one["label"], one["width"], bold=True, shaded=True) for one in columns), 10)


def table_row(columns: Sequence[dict[str, Any]], values: dict[str, str], height: float) -> Row:
    """One row of a table: known values, printed choices, or room to write."""
    cells = [
        Cell(
            values.get(one.get("value", ""), "") or one.get("text", ""),
            one["width"],
            one.get("align", LEFT if "text" in one else CENTRE),
            9 if "text" in one else 10,
        )
        for one in columns
    ]
    return Row(tuple(cells), height)


def note_printed(workspace: Workspace, paper: Paper) -> None:
    """Log that a paper with personal data leaves."""
    access.note(workspace, "print", paper.logged)
