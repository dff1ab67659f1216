"""Numbers as people write them: 3人, 约20户, 1,234.50, 1.2万, 叁佰, 二十三."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from gridworker.domain.text.blanks import fold_width, is_blank
from gridworker.domain.text.parsed import BLANK, INVALID, Parsed, Raw

HAN_DIGITS: Final = "〇零○一二三四五六七八九"
"""Plain Han digits, the three zeros first."""

_DIGIT: Final = {
    **{digit: max(0, place - 2) for place, digit in enumerate(HAN_DIGITS)},
    "两": 2,
    "俩": 2,
    **{digit: place for place, digit in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
}
_UNIT: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
_BIG_UNIT: Final = {"万": 10**4, "萬": 10**4, "w": 10**4, "亿": 10**8}
_UNITS: Final = _UNIT | _BIG_UNIT
_TOKEN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|.")
_NUMERAL: Final = "".join([*_DIGIT, "十拾百佰千仟万萬亿"])
_SHORT_UNIT: Final = r"(?:[百万亿]|千(?![克瓦米])|[kw](?![a-z]))?(?:[0-9]+[百千])?"
_BODY: Final = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?{_SHORT_UNIT}|[{_NUMERAL}]+"
_QUANTITY: Final = re.compile(
    rf"(?:约|大约|大概|近|将近|共|共计|合计|计|每?月薪?|人民币|rmb|¥)*(?P<sign>-?)(?P<body>{_BODY})(?P<rest>.*)",
    re.DOTALL,
)
_RANGE: Final = re.compile(rf"[^0-9]{{0,3}}?[-~至到](?:{_BODY})|.*(?:以上|以下|以内|以外|之间|\+|起)")
_ABOUT: Final = re.compile("(?=.*[十百千万亿]).*[一二两三四五六七八九]{2}|[一二两三四五六七八九]{2}$")
"""Two digits of which either may be meant: 七八千, 三五百元, 十七八, 七八人."""
_COUNTED: Final = re.compile(r"[^0-9\-~至到/]{0,6}")
_COUNTED_IN_HAN: Final = re.compile(r"[多余]?[人户个口位名次件岁天年月日条份套间辆台处栋只头亩元]?(?:左右|上下|整)?")
_LARGEST: Final = 10**15


class Quantity(NamedTuple):
    """A number at the start of a text and what follows it."""

    value: Decimal
    rest: str
    has_unit: bool
    """Whether the number itself carried 十, 百, 千, 万 or 亿."""
    in_han: bool
    """Whether it was written in Han numerals."""
    is_range: bool
    """Whether it says from where to where: 3000-4000, 5万以上, 七八千."""


def han_number(text: str) -> Decimal | None:
    """The value of Han numerals, plain (二〇二六), with units (二十三, 叁佰) or mixed (1.2万); None for other text."""
    tokens = _TOKEN.findall(text)
    if not tokens or not all(token in _DIGIT or token in _UNITS or token[0] in "0123456789" for token in tokens):
        return None
    return _value(tokens)


def _value(tokens: list[str]) -> Decimal:
    if all(token in _DIGIT for token in tokens):
        return Decimal("".join(str(_DIGIT[token]) for token in tokens))
    return _value_with_units(tokens)


def _value_with_units(tokens: list[str]) -> Decimal:
    total = section = Decimal(0)
    digit, unit, zero = None, 1, False
    for token in tokens:
        if token in _BIG_UNIT:
            unit, below = _BIG_UNIT[token], section + (digit or 0)
            total = (total + below) * unit if unit > 10**4 else total + below * unit
            section, digit, zero = Decimal(0), None, False
        elif token in _UNIT:
            section += (1 if digit is None else digit) * _UNIT[token]
            digit, unit, zero = None, _UNIT[token], False
        else:
            digit = Decimal(_DIGIT.get(token, token))
            zero = zero or not digit
    spoken_short = digit is not None and unit >= 100 and not zero and digit < 10
    return total + section + (digit or 0) * (unit // 10 if spoken_short else 1)


def find_quantity(text: str) -> Quantity | None:
    """The number that a folded text starts with, 约 and ¥ skipped."""
    found = _QUANTITY.match(text)
    if found is None:
        return None
    number = found["body"].replace(",", "")
    value = _value(_TOKEN.findall(number))
    has_unit, in_han = any(unit in _UNITS for unit in number), number[0] not in "0123456789"
    is_range = _RANGE.match(found["rest"]) is not None or _ABOUT.match(number) is not None
    return Quantity(-value if found["sign"] else value, found["rest"], has_unit, in_han, is_range)


def compact(raw: str) -> str:
    """A folded number text, lower case, without spaces, quotes and a full stop."""
    return re.sub(r"[\s'‘’\"]", "", fold_width(raw)).lower().rstrip(".,;")


def plain(text: str) -> int | None:
    """The number that a text of few plain digits is; None for any other, one of thousands of digits too."""
    return int(text) if len(text) < 15 and text.isascii() and text.isdecimal() else None


def parse_int(raw: Raw) -> Parsed:
    """A whole number, its counting word dropped: 3人 → 3; 20-30岁 is a range, 3.5 is invalid."""
    if isinstance(raw, str):
        return _parse_int_text(raw)
    if raw is None or raw != raw:  # noqa: PLR0124 - NaN
        return BLANK
    if isinstance(raw, bool) or not isinstance(raw, int | float) or abs(raw) > _LARGEST or raw != int(raw):
        return INVALID
    return Parsed(int(raw))


def _parse_int_text(raw: str) -> Parsed:
    if (number := plain(raw)) is not None:
        return Parsed(number)
    if is_blank(raw):
        return BLANK
    quantity = find_quantity(compact(raw))
    if quantity is None:
        return INVALID
    if quantity.is_range:
        return Parsed(None, "range")
    whole = quantity.value == int(quantity.value) and abs(quantity.value) <= _LARGEST
    counted = _COUNTED_IN_HAN if quantity.in_han else _COUNTED
    return Parsed(int(quantity.value)) if whole and counted.fullmatch(quantity.rest) else INVALID
