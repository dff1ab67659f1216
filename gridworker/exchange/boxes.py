"""Answers ticked within one cell, ☑县内 □省外 or 县内√ 省外□: the cell says what is ticked."""

import re
from dataclasses import replace
from itertools import islice
from typing import Final

from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Grid

_TICKS: Final = "☑√✓✔■●"
_BOX: Final = re.compile(f"[{_TICKS}☐□○]")
_NUMBER: Final = re.compile(r"^(?:[0-9A-Za-z]{1,2}[.、．)）]|[①-⑳])\s*")
"""Before an answer: ☑1.失业 □2.在业."""
_ENDS: Final = " \t\n　,，、;；/|_"
_SAMPLED: Final = 20
"""Records of a column that tell whether it holds boxes."""


def ticked(text: str) -> str | None:
    """The answers ticked in a text of several boxes, empty for none ticked; None for a text of another kind."""
    marks = _BOX.findall(text)
    if len(marks) < 2:
        return None
    parts = [_NUMBER.sub("", part.strip(_ENDS)) for part in _BOX.split(text)]
    begins = not parts[0] or parts[0].endswith((":", "："))
    if begins == (not parts[-1]):
        return None
    answers = parts[1:] if begins else parts[:-1]
    if not all(answers):
        return None
    return "、".join(one for one, mark in zip(answers, marks, strict=True) if mark in _TICKS)


def answered(laid: LaidOut) -> LaidOut:
    """A table whose columns of boxes hold the answers instead."""
    found = [column for column in laid.table.headings if _holds_boxes(laid, column)]
    if not found:
        return laid
    sheet = replace(laid.grid.sheet, rows=list(laid.grid.sheet.rows))
    for row in laid.table.records:
        values = sheet.rows[row - 1] = list(sheet.rows[row - 1])
        for column in found:
            if column <= len(values):
                values[column - 1] = _answer(values[column - 1])
    return replace(laid, grid=Grid(sheet))


def _holds_boxes(laid: LaidOut, column: int) -> bool:
    shown = (laid.grid.shown(row, column) for row in islice(laid.table.records, _SAMPLED))
    return any(isinstance(raw, str) and ticked(raw) is not None for raw in shown)


def _answer(raw: RawValue) -> RawValue:
    told = ticked(raw) if isinstance(raw, str) else None
    return raw if told is None else told or None
