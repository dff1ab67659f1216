"""Answers ticked within one cell, ☑县内 □省外 or 县内√ 省外□: the cell says what is ticked.

Only where another cell of the column offers the same answers: anything else, a text with boxes in it, an answer to
which somebody wrote more, stays as it is, so that it is asked about or kept whole.
"""

import re
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from gridworker.domain.codes import code_list, code_list_names
from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.structure import Grid

_TICKS: Final = "☑√✓✔✅■☒⊠"
_BOX: Final = re.compile(f"[{_TICKS}☐□]")
_COUNT: Final = r"(?:[(（]?[0-9A-Za-z]{1,2}[.、．)）]|[(（][一二三四五六七八九十]+[)）]|[①-⑳])"
_LEADS: Final = re.compile(rf"(?:.*[:：]|{_COUNT})?")
"""What may stand before the first box: nothing, a label, a number."""
_NUMBER: Final = re.compile(rf"^{_COUNT}\s*|\s*{_COUNT}$")
"""Before an answer, or before its box: ☑1.失业 □2.在业, ①☑失业 ②□在业."""
_TO_FILL: Final = re.compile("[_＿]")
_ENDS: Final = " \t\n　,，、;；/|_"
_PLAIN: Final = re.compile(r"[\w()（）/／+＋·-]{1,12}")
"""An answer: a word or two, nothing that goes on."""
_YES_NO: Final = frozenset("是否有无")
_SAMPLED: Final = 20
"""Records of a column that tell whether it holds boxes."""


class Choice(NamedTuple):
    """What a cell offers and what of it is ticked."""

    offered: tuple[str, ...]
    ticked: tuple[str, ...]


def choice(text: str) -> Choice | None:
    """The answers with a box each; None for a text of another kind, or one that may be read in two ways."""
    marks = _BOX.findall(text)
    kinds = {mark for mark in marks if mark in _TICKS}
    if len(marks) < 2 or len(kinds) > 1:
        return None
    parts = _BOX.split(text)
    begins = _LEADS.fullmatch(parts[0].strip()) is not None
    tight = len(marks) > 2 and not all(part[:1] in _ENDS for part in parts[1:])
    if not begins and (parts[-1].strip(_ENDS) or tight):
        return None
    parts = [_NUMBER.sub("", part.strip(" \t\n　")) for part in (parts[1:] if begins else parts[:-1])]
    every = [(part.strip(_ENDS + "＿"), mark in _TICKS) for part, mark in zip(parts, marks, strict=True)]
    told = [one for one, part in zip(every, parts, strict=True) if one[0] or one[1] or not _TO_FILL.search(part)]
    if len(told) < 2 or not all(_PLAIN.fullmatch(answer) for answer, _is_on in told):
        return None
    return Choice(tuple(answer for answer, _is_on in told), tuple(answer for answer, is_on in told if is_on))


def answered(laid: LaidOut) -> LaidOut:
    """A table whose columns of boxes hold the answers instead."""
    found = {column: offered for column in laid.table.headings if (offered := _offered(laid, column))}
    if not found:
        return laid
    sheet = replace(laid.grid.sheet, rows=list(laid.grid.sheet.rows))
    for row in laid.table.records:
        values = sheet.rows[row - 1] = list(sheet.rows[row - 1])
        for column, offered in found.items():
            raw = values[column - 1] if column <= len(values) else None
            told = choice(raw) if isinstance(raw, str) else None
            if told and told.offered in offered:
                values[column - 1] = "、".join(told.ticked) or None
    return replace(laid, grid=Grid(sheet))


def _offered(laid: LaidOut, column: int) -> set[tuple[str, ...]]:
    """What several cells of a column offer alike, one of them at least with a tick."""
    if not any(_has_boxes(laid, row, column) for row in islice(laid.table.records, _SAMPLED)):
        return set()
    shown = (laid.grid.shown(row, column) for row in laid.table.records)
    told = [one for raw in shown if isinstance(raw, str) and (one := choice(raw))]
    counts = Counter(one.offered for one in told)
    ticked = {one.offered for one in told if one.ticked}
    return {offered for offered, count in counts.items() if offered in ticked and (count > 1 or _is_list(offered))}


def _is_list(offered: tuple[str, ...]) -> bool:
    """Whether all answers are words of one list, so that a single cell is proof enough: a card, a sheet of one row."""
    lists = (code_list(name) for name in code_list_names())
    return set(offered) <= _YES_NO or any(all(map(one.find, offered)) for one in lists)


def _has_boxes(laid: LaidOut, row: int, column: int) -> bool:
    raw = laid.grid.shown(row, column)
    return isinstance(raw, str) and _BOX.search(raw) is not None
