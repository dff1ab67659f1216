"""The written forms of a date: which year, month and day a text starts with, and what comes after."""

import datetime
import re
from typing import Final, NamedTuple

from gridworker.domain.text.blanks import fold_width
from gridworker.domain.text.numbers import han_number

_HAN_NUMERAL: Final = re.compile("[〇零○一二三四五六七八九十廿卅]+")
_TIGHT: Final = re.compile(r"\s*([年月日号./])\s*")
_DAY: Final = r"(?P<day>[0-9]{1,2})(?![0-9])[日号]?"
_YEAR_LAST: Final = re.compile(
    r"(?P<month>[0-9]{1,2})(?P<mark>[./-])(?P<day>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})(?![0-9])"
)
_SHORT_YEAR: Final = re.compile(rf"(?P<year>[0-9]{{2}})(?P<mark>[./-])(?P<month>[0-9]{{1,2}})(?P=mark){_DAY}")
_FORMS: Final = (
    re.compile(rf"(?P<year>[0-9]{{4}})(?P<mark>[./\\ -])(?P<month>[0-9]{{1,2}})(?P=mark){_DAY}"),
    re.compile(rf"(?P<year>[0-9]{{4}}|[0-9]{{2}})年(?P<month>[0-9]{{1,2}})[月./-]{_DAY}"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])"),
    _YEAR_LAST,
    _SHORT_YEAR,
    re.compile(rf"(?P<year>)(?P<month>[0-9]{{1,2}})[月./-]{_DAY}"),
)
_LUNAR: Final = re.compile("农历|阴历|旧历|正月|腊月|冬月|初[一二三四五六七八九十0-9]")
_PARTIAL: Final = re.compile(r"[年月周旬]|星期|礼拜|[今昨前明后][天日]|^[0-9]{1,2}[日号]$|^[0-9]{4}([./-][0-9]{1,2})?$")


class Found(NamedTuple):
    """The date a text starts with, as written."""

    year: int | None
    """Below 100 if only two digits were written."""
    month: int
    day: int
    rest: str
    doubtful: bool
    """Whether another order of year, month and day reads as well."""


def as_date(year: int, month: int, day: int) -> datetime.date | None:
    """The day, if the calendar has it."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def fold_date(raw: str) -> str:
    """A date text in half width, Han numerals as digits (not in lunar dates), no blanks around 年, 月, 日 and dots."""
    text = _TIGHT.sub(r"\1", fold_width(raw)).rstrip(".,;、")
    return text if _LUNAR.search(text) else _HAN_NUMERAL.sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    return str(han_number(found[0].replace("廿", "二十").replace("卅", "三十")))


def find_date(text: str) -> Found | None:
    """The date that a text folded by `fold_date` starts with."""
    if _LUNAR.search(text):
        return None
    for form in _FORMS:
        if found := form.match(text):
            year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
            return Found(year or None, month, day, text[found.end() :].strip(), _is_doubtful(found))
    return None


def _is_doubtful(found: re.Match[str]) -> bool:
    """11/3/2026 may be 11 March, 11.3.26 may be 3 November 2026."""
    year, month, day = found["year"], int(found["month"]), int(found["day"])
    if found.re is _YEAR_LAST:
        return day <= 12 and day != month
    return found.re is _SHORT_YEAR and as_date(2000 + day, int(year), month) is not None


def is_partial(text: str) -> bool:
    """Whether a text that holds no date still speaks of one: 3日, 2026年11月, 昨天, 周一, 农历九月."""
    return _LUNAR.search(text) is not None or _PARTIAL.search(text) is not None
