"""Money: yuan as people write them, kept as whole fen."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gridworker.domain.text.blanks import is_blank
from gridworker.domain.text.numbers import compact, find_quantity
from gridworker.domain.text.parsed import BLANK, INVALID, Parsed, Raw

_LARGEST: Final = 10**15
_YUAN: Final = re.compile(
    r"(?P<yuan>元|圆|块钱?|rmb)?(?:(?P<jiao>\d)[角毛])?(?:(?P<fen>\d)分)?"
    r"[整正多余]?(?:左右|上下)?(?:/|每)?(?:人|月|次)?(?:左右|上下)?"
)


def parse(raw: Raw, factor: int = 1) -> Parsed:
    """An amount in fen. `factor` is the heading's unit (10000 for 万元); a unit written in the cell beats it."""
    if isinstance(raw, str):
        return _parse_text(raw, factor)
    if raw is None or raw != raw:  # noqa: PLR0124 - NaN
        return BLANK
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return INVALID
    return _in_fen(Decimal(repr(raw)) * factor)


def _parse_text(raw: str, factor: int) -> Parsed:
    if is_blank(raw):
        return BLANK
    quantity = find_quantity(compact(raw))
    if quantity is None:
        return INVALID
    if quantity.is_range:
        return Parsed(None, "range")
    unit = _YUAN.fullmatch(quantity.rest)
    if unit is None:
        return INVALID
    if not (quantity.has_unit or unit["yuan"]):
        return _in_fen(quantity.value * factor)
    return _in_fen(quantity.value + Decimal(int(unit["jiao"] or 0) * 10 + int(unit["fen"] or 0)) / 100)


def _in_fen(yuan: Decimal) -> Parsed:
    if not yuan.is_finite() or abs(yuan) > _LARGEST:
        return INVALID
    return Parsed(int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP)))


def format_yuan(fen: int) -> str:
    """Fen as yuan with two places, the form that reads back as the same amount: 320050 → 3200.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
