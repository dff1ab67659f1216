"""Citizen ID numbers (GB 11643): 18 digits, old ones of 15, and what spreadsheets do to them."""

import datetime
import re
from typing import Final, NamedTuple

from stdnum.cn import ric

from gridworker.domain.text.blanks import fold_width, is_blank
from gridworker.domain.text.parsed import BLANK, INVALID, Parsed, Raw

_LOST: Final = Parsed(None, "precision_lost")
_EXACT_DIGITS: Final = 10**15
"""Spreadsheet programs keep 15 digits of a number."""

_NUMBER: Final = re.compile(r"[0-9]{17}[0-9X]")
_IN_TEXT: Final = re.compile(r"(?<![0-9])(?:[0-9](?:[ -]?[0-9]){16}[ -]?[0-9X]|[0-9](?:[ -]?[0-9]){14})(?![0-9X])")
_SEPARATORS: Final = re.compile(r"[\s'\"‘’“”`.\-]")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}")
_MASKED: Final = re.compile(r"(?=.*[0-9])[0-9A-Z]*[*•●×#X]{2,}[0-9A-Z*•●×#]*")
_MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}")
_OTHER_DOCUMENT: Final = re.compile(r"[A-Z]{1,3}[0-9]{7,12}")


class Facts(NamedTuple):
    """What an ID number says about its owner."""

    birth: str
    """`YYYY-MM-DD`."""
    gender: str
    """男 or 女, by the 17th digit."""


def parse(raw: Raw) -> Parsed:
    """An ID number of 18 or 15 places. A wrong check digit or date is marked, the number kept: papers have errors."""
    if isinstance(raw, str):
        return _checked(raw) if _NUMBER.fullmatch(raw) else _parse_text(raw)
    if raw is None or raw != raw:  # noqa: PLR0124 - NaN
        return BLANK
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw // 1:
        return INVALID
    if isinstance(raw, float) and raw >= _EXACT_DIGITS:
        return _LOST
    digits = str(int(raw))
    return _LOST if len(digits) > 15 and digits.endswith("000") else _parse_text(digits)


def _parse_text(raw: str) -> Parsed:
    if is_blank(raw):
        return BLANK
    text = fold_width(raw).upper()
    compact = _SEPARATORS.sub("", text)
    if _NUMBER.fullmatch(compact):
        return _checked(compact)
    if _SCIENTIFIC.fullmatch(text.replace(" ", "")):
        return _LOST
    found = [_SEPARATORS.sub("", one) for one in _IN_TEXT.findall(text)]
    if found:
        first = _checked(found[0]) if len(found[0]) == 18 else _from_old(found[0])
        return Parsed(first.value, "multiple") if len(found) > 1 else first
    return _without_number(compact)


def _without_number(compact: str) -> Parsed:
    if _MOBILE.fullmatch(compact):
        return Parsed(None, "swapped")
    if _MASKED.fullmatch(compact) or "*" in compact:
        return Parsed(None, "partial")
    return Parsed(compact, "invalid") if _OTHER_DOCUMENT.fullmatch(compact) else INVALID


def _checked(number: str) -> Parsed:
    """Judge a number of 18 places. 000 at the end is how a lost tail looks; the check digit saves few of these."""
    valid = ric.calc_check_digit(number) == number[17] and facts(number) is not None
    if number.endswith("000"):
        return Parsed(number, "ambiguous") if valid else _LOST
    return Parsed(number, None if valid else "invalid")


def _from_old(number: str) -> Parsed:
    """An old number stays as the papers show it: adding places would be our invention."""
    return Parsed(number) if facts(number) else INVALID


def in_18(number: str) -> str:
    """A number in 18 places: an old one of 15 (before 1999: born in the 1900s) gets its century and check digit."""
    if len(number) != 15 or not number.isdigit():
        return number
    longer = f"{number[:6]}19{number[6:]}"
    return longer + str(ric.calc_check_digit(longer + "0"))


def facts(number: str) -> Facts | None:
    """Birth date and gender that an ID number states; None if it states no real date from 1900 on."""
    number = in_18(number)
    if len(number) != 18 or number[6:8] not in ("19", "20"):
        return None
    birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    try:
        datetime.date.fromisoformat(birth)
    except ValueError:
        return None
    return Facts(birth, "男" if number[16] in "13579" else "女")
