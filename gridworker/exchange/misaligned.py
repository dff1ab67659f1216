"""Rows whose hidden ids stayed behind when only the visible columns were sorted (excel.md §3).

Each row's content is compared with the tokens of the others and given back the one it left with, if that is certain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.exchange.layout import Column, cell_name
from gridworker.exchange.model import Problem, RawSheet
from gridworker.exchange.own_rows import OwnRow, RowReading, canonical_texts, orientation_texts, read_row, words
from gridworker.exchange.token import RowToken
from gridworker.i18n import _

_LEAST: Final = 3
"""Rows that hold what left in another row: fewer may be slips of a hand."""
_MOST: Final = 1500
"""Rows compared with each other at most: the time grows with the square."""

Columns = Mapping[int, Column]
Read = tuple[OwnRow, RowReading]


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in a row's visible columns, by field and for orientation."""

    row: OwnRow
    texts: Mapping[str, str]
    orientation: Mapping[str, str]

    def is_named_by(self, token: RowToken) -> bool:
        """Whether what names the record to a person is as it left under a token."""
        shown = [name for name in token.ledger.title if name in self.texts and token.shows(name)]
        return bool(shown) and not any(token.edited(name, self.texts[name]) for name in shown)

    def likeness(self, token: RowToken) -> int:
        """How many cells are as they left under a token; the place shown beside them tells like visits apart."""
        alike = sum(token.shows(name) and not token.edited(name, text) for name, text in self.texts.items())
        return alike + 2 * (not token.orientation_edited(self.orientation))


def put_right(
    sheet: RawSheet, columns: Columns, rows: Sequence[OwnRow], digest: str
) -> tuple[list[Read], list[RowReading]]:
    """The rows as read, each under its own token; beside them those whose token cannot be told: only asked about."""
    read = [(row, read_row(sheet, columns, row, digest)) for row in rows]
    astray = _astray(columns, read)
    if not astray:
        return read, []
    owners = _owners(astray)
    kept = [one for one in read if one[0].number not in astray]
    for number, token_row in owners.items():
        right = _rejoined(columns, astray[number].row, token_row)
        kept.append((right, read_row(sheet, columns, right, digest)))
    return kept, [_lost(sheet, one.row) for number, one in astray.items() if number not in owners]


def _astray(columns: Columns, read: Sequence[Read]) -> dict[int, _Content]:
    """By row number the contents that may stand under a wrong token; none in a sheet that is as it should be."""
    changed = [row for row, found in read if found.edited_fields & set(row.token.ledger.columns)]
    if not _LEAST <= len(changed) <= _MOST:
        return {}
    contents = {row.number: _content(columns, row) for row in changed}
    strangers = sum(
        not one.is_named_by(one.row.token) and any(one.is_named_by(other.token) for other in changed)
        for one in contents.values()
    )
    return contents if strangers >= _LEAST else {}


def _content(columns: Columns, row: OwnRow) -> _Content:
    main = set(row.token.ledger.columns)
    texts = {name: text for name, text in canonical_texts(columns, row).items() if name in main}
    return _Content(row, texts, orientation_texts(columns, row))


def _owners(contents: Mapping[int, _Content]) -> dict[int, OwnRow]:
    """By number of the row with the content: the row that holds its token, where no other fits as well."""
    wanted: dict[int, list[OwnRow]] = {}
    for one in contents.values():
        number = _best(one.row.token, contents)
        if number is not None:
            wanted.setdefault(number, []).append(one.row)
    return {number: some[0] for number, some in wanted.items() if len(some) == 1}


def _best(token: RowToken, contents: Mapping[int, _Content]) -> int | None:
    """The row that holds what left under a token; None if none or several do."""
    fitting = [(one.likeness(token), number) for number, one in contents.items() if one.is_named_by(token)]
    fitting.sort(reverse=True)
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    return fitting[0][1]


def _rejoined(columns: Columns, content: OwnRow, behind: OwnRow) -> OwnRow:
    """The content under its own token; of the folded columns, whichever cell is the token's own."""
    cells = list(content.cells)
    stayed = canonical_texts(columns, behind)
    for number, column in columns.items():
        name = column.name
        folded = column.field and name not in behind.token.ledger.columns and behind.token.shows(name)
        if folded and number <= len(cells) and not behind.token.edited(name, stayed[name]):
            cells[number - 1] = behind.cells[number - 1] if number <= len(behind.cells) else None
    return OwnRow(content.number, behind.token, cells)


def _lost(sheet: RawSheet, row: OwnRow) -> RowReading:
    message = _("这一行的内容与隐藏的编号对不上，像是只排了看得见的栏；没有采用，请用原表重新排序后再导入。")
    problem = Problem(sheet.name, cell_name(row.number, 1), "misaligned_row", message, words(row.cells))
    return RowReading(flagged=len(row.token.hashes), problems=[problem])
