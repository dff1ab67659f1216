"""Formulas and lists of words of old workbooks: tokens of BIFF8 ([MS-XLS] 2.5.198), as far as forms and totals go.

Only arithmetic and functions that stay within their sheet are told. Whatever else a formula does, it is none.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Final

from gridworker.exchange.layout import cell_name

_OPERATORS: Final = dict(enumerate(("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>"), start=0x03))
_BEFORE: Final = {0x12: "+", 0x13: "-"}
_PERCENT, _PARENTHESES, _MISSING, _TEXT = 0x14, 0x15, 0x16, 0x17
_HINT, _BOOLEAN, _WHOLE, _NUMBER = 0x19, 0x1D, 0x1E, 0x1F
_FIXED, _VARIABLE, _CELL, _AREA, _CELL_BESIDE, _AREA_BESIDE = 0x21, 0x22, 0x24, 0x25, 0x2C, 0x2D
_SUM, _CHOOSE, _SUM_FUNCTION = 0x10, 0x04, 4
"""Marks of the hint, and the number of the function that the first of them stands for."""
_SHARED: Final = 0x01
_FUNCTIONS: Final = {
    0: "COUNT", 1: "IF", 4: "SUM", 5: "AVERAGE", 6: "MIN", 7: "MAX", 8: "ROW", 9: "COLUMN", 36: "AND", 37: "OR",
    115: "LEFT", 116: "RIGHT", 169: "COUNTA", 228: "SUMPRODUCT", 336: "CONCATENATE", 344: "SUBTOTAL", 345: "SUMIF",
}  # fmt: skip
"""Functions of any number of arguments, by their number in the format."""
_FIXED_FUNCTIONS: Final = {
    25: ("INT", 1), 27: ("ROUND", 2), 31: ("MID", 3), 32: ("LEN", 1), 33: ("VALUE", 1), 38: ("NOT", 1), 39: ("MOD", 2),
    48: ("TEXT", 2), 65: ("DATE", 3), 67: ("DAY", 1), 68: ("MONTH", 1), 69: ("YEAR", 1), 74: ("NOW", 0),
    118: ("TRIM", 1), 129: ("ISBLANK", 1), 212: ("ROUNDUP", 2), 213: ("ROUNDDOWN", 2), 221: ("TODAY", 0),
    346: ("COUNTIF", 2), 347: ("COUNTBLANK", 1), 351: ("DATEDIF", 3),
}  # fmt: skip
FUNCTIONS: Final = frozenset({*_FUNCTIONS.values(), *(name for name, _count in _FIXED_FUNCTIONS.values())})
"""Functions that stay within their sheet."""
_LONGEST: Final = 1000
_RELATIVE_ROW, _RELATIVE_COLUMN = 0x8000, 0x4000
_FORMULA_RECORD, _SHARED_RECORD, _LIST_RECORD = 0x0006, 0x04BC, 0x01BE
_AT, _SHARED_AT = 20, 8
"""Where in its record a formula stands, its length in front."""
MOST_FORMULAS: Final = 5000
"""Formulas told of a sheet; forms have few, and other sheets are only read for their values."""
_IS_LIST, _KIND = 3, 0x0F
_HEADINGS_OF_LIST: Final = 4
"""Texts in front of what a list offers: titles and words of its hint and of its error."""


class Formulas:
    """Of one sheet, gathered from its records in the order of the file."""

    def __init__(self) -> None:
        self._own: dict[tuple[int, int], bytes] = {}
        self._shared: dict[tuple[int, int], bytes] = {}
        self._last = (0, 0)
        self.lists: list[tuple[str, str]] = []
        """Areas that offer words to choose from, and the words or the cells that hold them, as a formula."""

    def take(self, number: int, body: bytes) -> None:
        """One record of the sheet."""
        if number == _FORMULA_RECORD and len(self._own) < MOST_FORMULAS and len(body) > _AT:
            self._last = struct.unpack_from("<HH", body)
            self._own[self._last] = _sized(body, _AT)
        elif number == _SHARED_RECORD:
            self._shared[self._last] = _sized(body, _SHARED_AT)
        elif number == _LIST_RECORD and len(self.lists) < MOST_FORMULAS:
            self.lists += _lists(body)

    def told(self) -> dict[tuple[int, int], str]:
        """Those that can be told, by row and column from 1."""
        found = {}
        for (row, column), tokens in self._own.items():
            shared = _shared_with(tokens)
            text = _text_of(self._shared.get(shared, b"") if shared else tokens, row + 1, column + 1)
            if text:
                found[row + 1, column + 1] = text
        return found


def _sized(body: bytes, place: int) -> bytes:
    length = int.from_bytes(body[place : place + 2], "little")
    return body[place + 2 : place + 2 + length]


def _lists(body: bytes) -> list[tuple[str, str]]:
    """The areas of one validation, if it is a list of words or of cells of its own sheet ([MS-XLS] 2.4.88)."""
    try:
        place = 4
        for _one in range(_HEADINGS_OF_LIST):
            length, flags = struct.unpack_from("<HB", body, place)
            place += 3 + length * (1 + (flags & 1))
        first = struct.unpack_from("<H", body, place)[0]
        tokens = body[place + 4 : place + 4 + first]
        place += 4 + first
        place += 4 + int(struct.unpack_from("<H", body, place)[0])
        count = struct.unpack_from("<H", body, place)[0]
        areas = [struct.unpack_from("<HHHH", body, place + 2 + 8 * one) for one in range(count)]
    except struct.error:
        return []
    words = _text_of(tokens, 1, 1).replace("\0", ",") if body[0] & _KIND == _IS_LIST else ""
    return [
        (f"{cell_name(top + 1, left + 1)}:{cell_name(bottom + 1, right + 1)}", words)
        for top, bottom, left, right in areas
        if words and top <= bottom and left <= right
    ]


def _text_of(tokens: bytes, row: int, column: int) -> str:
    """A formula with its `=`, as it reads in a cell (from 1); empty where it does what is not told here."""
    stack: list[str] = []
    try:
        for told in _parts(tokens, row - 1, column - 1):
            told(stack)
            if sum(map(len, stack)) > _LONGEST:
                return ""
    except (struct.error, IndexError, KeyError, UnicodeDecodeError):
        return ""
    return "=" + stack[0] if len(stack) == 1 else ""


def _shared_with(tokens: bytes) -> tuple[int, int] | None:
    """Row and column (from 0) of the cell whose formula a cell repeats, if it does."""
    return struct.unpack_from("<HH", tokens, 1) if len(tokens) >= 5 and tokens[0] == _SHARED else None


def _parts(tokens: bytes, row: int, column: int) -> Iterator[Callable[[list[str]], None]]:
    """What each token does to the terms before it. Raises KeyError for tokens that are not told."""
    place = 0
    while place < len(tokens):
        size, told = _token(tokens, place, row, column)
        yield told
        place += size


def _token(tokens: bytes, place: int, row: int, column: int) -> tuple[int, Callable[[list[str]], None]]:
    """How many bytes a token takes, and what it does."""
    kind = tokens[place] if tokens[place] < 0x20 else tokens[place] & 0x1F | 0x20
    if kind in _OPERATORS:
        return 1, lambda stack: _join(stack, 2, _OPERATORS[kind].join)
    if kind in _BEFORE or kind in {_PERCENT, _PARENTHESES}:
        before, after = {_PERCENT: ("", "%"), _PARENTHESES: ("(", ")")}.get(kind) or (_BEFORE[kind], "")
        return 1, lambda stack: _join(stack, 1, lambda terms: before + terms[0] + after)
    if kind == _HINT:
        return _hint(tokens, place)
    if kind in {_FIXED, _VARIABLE}:
        return _function(tokens, place, is_fixed=kind == _FIXED)
    size, term = _term(tokens, place, kind, row, column)
    return size, lambda stack: stack.append(term)


def _join(stack: list[str], count: int, made: Callable[[list[str]], str]) -> None:
    terms = [stack.pop() for _one in range(count)][::-1]
    stack.append(made(terms))


def _hint(tokens: bytes, place: int) -> tuple[int, Callable[[list[str]], None]]:
    """A sum of one argument, or how the formula was spaced and may be calculated."""
    flags = tokens[place + 1]
    if flags & _CHOOSE:
        raise KeyError(flags)
    if flags & _SUM:
        return 4, lambda stack: _join(stack, 1, lambda terms: f"{_FUNCTIONS[_SUM_FUNCTION]}({terms[0]})")
    return 4, lambda stack: None


def _function(tokens: bytes, place: int, *, is_fixed: bool) -> tuple[int, Callable[[list[str]], None]]:
    if is_fixed:
        name, count = _FIXED_FUNCTIONS[struct.unpack_from("<H", tokens, place + 1)[0]]
    else:
        count, number = struct.unpack_from("<BH", tokens, place + 1)
        name, count = _FUNCTIONS[number & 0x7FFF], count & 0x7F
    return (3 if is_fixed else 4), lambda stack: _join(stack, count, lambda terms: f"{name}({','.join(terms)})")


def _term(tokens: bytes, place: int, kind: int, row: int, column: int) -> tuple[int, str]:
    """A number, a text or cells. Raises KeyError for other tokens."""
    if kind == _TEXT:
        return _text(tokens, place + 1)
    if kind == _NUMBER:
        return 9, f"{struct.unpack_from('<d', tokens, place + 1)[0]:.15g}"
    if kind in {_CELL, _CELL_BESIDE}:
        top, left = struct.unpack_from("<HH", tokens, place + 1)
        return 5, _cell(top, left, (row, column), beside=kind == _CELL_BESIDE)
    if kind in {_AREA, _AREA_BESIDE}:
        top, bottom, left, right = struct.unpack_from("<HHHH", tokens, place + 1)
        is_beside = kind == _AREA_BESIDE
        first = _cell(top, left, (row, column), beside=is_beside)
        return 9, f"{first}:{_cell(bottom, right, (row, column), beside=is_beside)}"
    sizes = {_MISSING: 1, _BOOLEAN: 2, _WHOLE: 3}
    told = tokens[place + 1 : place + sizes[kind]]
    number = int.from_bytes(told, "little")
    return sizes[kind], {_MISSING: "", _BOOLEAN: str(bool(number)).upper()}.get(kind, str(number))


def _text(tokens: bytes, place: int) -> tuple[int, str]:
    length, is_wide = tokens[place], tokens[place + 1] & 1
    size = length * 2 if is_wide else length
    text = tokens[place + 2 : place + 2 + size].decode("utf-16-le" if is_wide else "latin-1")
    return size + 3, '"' + text.replace('"', '""') + '"'


def _cell(row: int, column: int, own: tuple[int, int], *, beside: bool) -> str:
    """The name of a cell; in formulas that several cells share, where it lies from the one asked about."""
    moves_down, moves_right = bool(column & _RELATIVE_ROW), bool(column & _RELATIVE_COLUMN)
    column &= 0xFF
    if beside:
        row = (own[0] + row) & 0xFFFF if moves_down else row
        column = (own[1] + column) & 0xFF if moves_right else column
    name = cell_name(row + 1, column + 1)
    letters = name.rstrip("0123456789")
    return ("" if moves_right else "$") + letters + ("" if moves_down else "$") + name[len(letters) :]
