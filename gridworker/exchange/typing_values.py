"""Whether what stands in a column can be what its heading says, by the field's own parser (excel.md §5)."""

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from functools import lru_cache, partial
from typing import Final

from gridworker.domain import values
from gridworker.domain.codes import CodeList, code_list
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.text.blanks import clean_text, is_blank, is_ditto
from gridworker.domain.text.names import clean_name
from gridworker.domain.text.numbers import parse_int
from gridworker.domain.text.yes_no import parse_yes_no
from gridworker.exchange.headings import is_known, meanings
from gridworker.exchange.model import RawValue

NAMES: Final = frozenset({"head", "name", "raised_by", "met", "child", "worker", "companion"})
_PARSED: Final = frozenset({Kind.DATE, Kind.TIME, Kind.INT, Kind.MONEY, Kind.BOOL})
_NUMBERS: Final = frozenset({"phone", "id_no"})
_PARTS: Final = frozenset({"building", "unit", "room"})
_FREE: Final = frozenset({"number", "code", "grid", "estate", "household", "need"})
"""Text that may be a bare number."""
_READABLE: Final = frozenset({"range", "partial", "multiple", "ambiguous", "precision_lost", "masked"})
_DIGITS: Final = 7
"""Digits that make a telephone or ID number, if perhaps a wrong one."""
_LONGEST_NAME: Final = 20
_LONGEST_PART: Final = 12
_SHORTEST_PROSE: Final = 5
"""Characters of a cell in the mean."""
_SHORTEST_PHRASE: Final = 3
"""The same under a heading that itself asks for words: 路灯不亮 is what somebody said."""


def is_prose(told: Sequence[RawValue]) -> bool:
    """Whether cells of free text, none of them silent, hold more than a word each."""
    return sum(len(str(raw)) for raw in told) >= _SHORTEST_PROSE * len(told)


def is_phrases(told: Sequence[RawValue]) -> bool:
    """Whether cells say what somebody might say in short, and not what kind of thing it is."""
    kinds = sum(code_list("need_kind").find(clean_text(_text(raw))) is not None for raw in told)
    return sum(len(str(raw)) for raw in told) >= _SHORTEST_PHRASE * len(told) and 2 * kinds < len(told)


def share(field: Field, told: Sequence[RawValue]) -> float:
    """The share of cells, none of them silent, that the field takes; 1 if there are none."""
    takes = lru_cache(maxsize=None, typed=True)(acceptor(field))
    if field.kind is Kind.MULTI:
        told = [raw for raw in told if not values.is_none_of_them(raw)]
    return sum(map(takes, told)) / len(told) if told else 1.0


def is_typed(field: Field) -> bool:
    """Whether a field takes only days, numbers, money or yes and no, telephone or ID numbers."""
    return field.kind in _PARSED or field.name in _NUMBERS


def counts(told: Sequence[RawValue]) -> bool:
    """Whether cells, none of them silent, only count their rows: 1, 2, 3, or from 1 again for each household."""
    before = 0
    for raw in told:
        number = parse_int(plain(raw)).value
        if number not in {1, before + 1}:
            return False
        before = int(number)
    return before > 0


def is_silent(raw: RawValue) -> bool:
    """Whether a cell says nothing of its own: blank, 无, 同上."""
    return is_blank(raw) or is_ditto(raw)


def plain(raw: RawValue) -> values.Raw:
    """What the parsers take; a bare time of day or a duration is text to them."""
    return str(raw) if isinstance(raw, (time, timedelta)) else raw


def likeness(field: Field) -> tuple[str, ...]:
    """By what alone a field accepts cells: those of which it is the same accept the same."""
    return field.kind, field.name, field.of, field.mask


def acceptor(field: Field) -> Callable[[RawValue], bool]:
    """What tells whether a cell can be a value of the field; wrong digits are still a number, prose is not."""
    if is_typed(field):
        return partial(_is_readable, values.parser(field), field.name in _NUMBERS)
    if field.kind is Kind.CODE:
        return partial(_is_listed, code_list(field.of))
    if field.kind is Kind.MULTI:
        return partial(_are_listed, values.parser(field), frozenset(code_list(field.of).codes()))
    return partial(_is_text, field)


def _is_readable(parse: values.Parser, is_number: bool, raw: RawValue) -> bool:
    value, issue = parse(plain(raw))
    looks_right = is_number and sum(map(str.isdigit, _text(raw))) >= _DIGITS if value is None else True
    return looks_right or issue in _READABLE


def _is_listed(known: CodeList, raw: RawValue) -> bool:
    return known.find(clean_text(_text(raw))) is not None


def _are_listed(parse: values.Parser, known: frozenset[str], raw: RawValue) -> bool:
    found = values.split_multi(parse(plain(raw)).value)
    return 2 * sum(one in known for one in found) >= max(1, len(found))


def _is_text(field: Field, raw: RawValue) -> bool:
    """Text that is itself a heading belongs to a form of one record a page, not to a table."""
    text = clean_text(_text(raw))
    if is_known("", text) and meanings("", text):
        return False
    if field.name in _PARTS:
        return len(text) <= _LONGEST_PART and not isinstance(raw, date)
    if field.name in NAMES:
        return 2 <= len(clean_name(text)) <= _LONGEST_NAME and not any(map(str.isdigit, text))
    if field.name in _FREE:
        return not isinstance(raw, date)
    if field.kind is Kind.LONG:
        return isinstance(raw, str) and parse_yes_no(raw).value is None and parse_int(raw).value is None
    return field.name.endswith("_on") or not isinstance(raw, (int, float))  # 就诊时间 may be days or a span of them


def _text(raw: RawValue) -> str:
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
