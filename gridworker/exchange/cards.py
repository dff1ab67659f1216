"""The labels of a form and the cells that answer them: 姓名 | 王大明 | 性别 | 男, or 姓名：王大明 in one cell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from gridworker.exchange import pace
from gridworker.exchange.headings import fold, is_known, meanings, rooted
from gridworker.exchange.structure import Grid, Heading

Cell = tuple[int, int]

_LONGEST_LABEL: Final = 24
_LONGEST_ROOTED: Final = 8
"""Characters of a label of which only words are known; longer texts are answers."""
_LABELS_IN_COLUMN: Final = 0.3
"""Share of known labels in a column of labels."""
_WIDE: Final = 2
"""Columns beyond its first over which a title is merged, but no label."""
_ROW_OF_HEADINGS: Final = 4
"""Labels side by side: no form, but the heading of a table."""
_INLINE: Final = re.compile(r"([^\s:：]{2,12})[:：][ \t　]*(.*)", re.DOTALL)

_NEXT: Final = re.compile(r"(?<![ \t　])[ \t　]{2,}(?=[^\s:：]{2,12}[:：])")
"""Before the second label of a cell: 调查人：李明　　户主签字：."""

_VALUE: Final = re.compile(r"[0-9]{3}|[0-9][年月日.\-/][0-9]")
_NUMBERS: Final = re.compile("[0-9一二三四五六七八九十]+")
"""What tells one title from the next: 走访卡（一）, 走访卡（二）."""


class Pair(NamedTuple):
    """A label and the cell that answers it."""

    label: Cell
    heading: Heading
    answer: Cell
    inline: str | None = None
    """The answer where it stands in the label's own cell."""


class _Span(NamedTuple):
    """One cell of a row, merged ones once."""

    column: int
    text: str
    is_label: bool
    is_tall: bool
    """Merged down over further rows: the group of the labels beside it."""
    begins: bool
    """Whether it begins in this row."""
    in_column: bool
    """Whether it stands among labels."""


def is_label(text: str) -> bool:
    """Whether a text is a known heading and could stand before its value."""
    label = text.rstrip(":： ")
    is_text = 2 <= len(label) <= _LONGEST_LABEL and not label.isdecimal()
    return is_text and (is_known("", label) or (len(label) <= _LONGEST_ROOTED and bool(rooted("", label))))


def holds_value(text: str) -> bool:
    """Whether a day or a number of some length stands in a text: it answers, wherever it stands."""
    return _VALUE.search(text) is not None


def label_columns(grid: Grid, rows: Iterable[int]) -> set[int]:
    """Columns in which labels stand: what else stands there is a label too, if one nobody knows."""
    found: dict[int, list[str]] = {}
    for row in rows:
        for column, value in grid.filled(row, range(1, grid.width + 1)).items():
            found.setdefault(column, []).append(str(value))
    labels = {column: [one for one in texts if is_label(one)] for column, texts in found.items()}
    return {
        column
        for column, some in labels.items()
        if len(set(some)) > 1 and len(some) >= _LABELS_IN_COLUMN * len(found[column])
    }


def find_pairs(grid: Grid, rows: Sequence[int], columns: set[int]) -> list[Pair]:
    """All labels of some rows in reading order; a line that stands alone is the group of those below it.

    Not so what stood above the first label already: the title of a card, told again above the next one.
    """
    found: list[Pair] = []
    section, titles = "", set()
    for row in rows:
        pace.breathe()
        spans = _spans(grid, row, columns)
        told = [one for one in spans if one.text]
        if len(told) == 1 and not is_label(told[0].text) and not _INLINE.match(told[0].text):
            title = _NUMBERS.sub("", fold(told[0].text))
            titles |= set() if found else {title}
            section = told[0].text if title not in titles else ""
        else:
            found += _pairs_of_row(grid, row, spans, section)
    return found


def _spans(grid: Grid, row: int, columns: set[int]) -> list[_Span]:
    found: dict[Cell, _Span] = {}
    for column in range(1, grid.width + 1):
        origin = grid.origin(row, column)
        if origin not in found:
            text = grid.text(row, column)
            bottom, right = grid.merges.get(origin, origin)
            is_value = holds_value(text)
            beside = column in columns and not is_value and 2 <= len(text) <= _LONGEST_LABEL and right - column < _WIDE
            known = beside or (is_label(text) and is_known("", text.rstrip(":： ")))
            is_tall = bottom > origin[0]
            found[origin] = _Span(column, text, known, is_tall, origin[0] == row, column in columns)
    return list(found.values())


def _pairs_of_row(grid: Grid, row: int, spans: list[_Span], section: str) -> list[Pair]:
    """Label, answer, label, answer; a tall or unknown text before a label is the group of those that follow."""
    found: list[Pair] = []
    place, group = 0, section
    while place < len(spans):
        one, after = spans[place], spans[place + 1] if place + 1 < len(spans) else None
        run = _run(spans, place)
        if run >= _ROW_OF_HEADINGS:
            place += run
            continue
        if after and after.is_label and (one.is_tall or not (meanings("", one.text) or _is_answer(one, after))):
            group = one.text or group
        elif after and one.begins and (one.is_label or _is_answered(one, after)) and not _asks(after):
            found.append(Pair((row, one.column), Heading(group, one.text.rstrip(":： ")), (row, after.column)))
            place += 1
        else:
            cell = (row, one.column)
            told = [inline for text in _NEXT.split(one.text) if (inline := _INLINE.fullmatch(text))]
            found += [Pair(cell, Heading(group, inline[1]), cell, inline[2]) for inline in told if is_label(inline[1])]
        place += 1
    return found


def _asks(one: _Span) -> bool:
    """Whether a text waits to be answered itself, so that it answers no other: 户主签字：."""
    return one.text.endswith((":", "："))


def _is_answered(one: _Span, after: _Span) -> bool:
    """Whether a text of which only words are known is a label, as what follows can only be a value."""
    return holds_value(after.text) and is_label(one.text)


def _is_answer(one: _Span, after: _Span) -> bool:
    """Whether a text answers the label before it though it reads like one: 访视方式 | 电话."""
    return one.is_label and one.in_column and not after.in_column


def _run(spans: list[_Span], place: int) -> int:
    """How many labels stand side by side from here."""
    run = 0
    while place + run < len(spans) and spans[place + run].is_label:
        run += 1
    return run


def split_cards(pairs: list[Pair]) -> list[list[Pair]]:
    """The pairs card by card: each begins with the label that every card has, the first of them."""
    folded = [(fold(one.heading.group), fold(one.heading.leaf)) for one in pairs]
    counts = Counter(folded)
    times = Counter(counts.values()).most_common(1)[0][0]
    first = next(text for text in folded if counts[text] == times)
    begins = [one.label for one, text in zip(pairs, folded, strict=True) if text == first]
    cards: dict[Cell, list[Pair]] = {begin: [] for begin in begins}
    for one in pairs:
        cards[_begin_of(one.label, begins)].append(one)
    return list(cards.values())


def _begin_of(label: Cell, begins: list[Cell]) -> Cell:
    """The begin of the card a label lies in: the nearest to the left, and of those the nearest above."""
    before = [one for one in begins if one[0] <= label[0] and one[1] <= label[1]]
    return max(before, key=lambda one: (one[1], one[0]), default=begins[0])
