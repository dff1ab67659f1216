"""The date field of the window: 今天, 昨天, -2, 1120, 11-20, 周三, 今天 14:02; also today, tomorrow, yesterday."""

import datetime
import re
from typing import Final

from gridworker.domain.text.clock import find_clock
from gridworker.domain.text.date_forms import as_date, find_date, fold_date

_WORDS: Final = {
    "大前": -3,
    "前": -2,
    "昨": -1,
    "今": 0,
    "明": 1,
    "后": 2,
    "大后": 3,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_RELATIVE: Final = re.compile(r"(?P<word>大?[前后]|[昨今明]|yesterday|today|tomorrow)[天日]?", re.IGNORECASE)
_OFFSET: Final = re.compile(r"(?P<days>[+-][0-9]{1,3})(?![0-9./-])天?")
_WEEKDAY: Final = re.compile(r"(?P<week>[上下本这]?)个?(?:星期|礼拜|周)(?P<day>[1-7日天])")
_MONTH_AND_DAY: Final = re.compile(r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9:./年-])")
_SHORT_DAY: Final = re.compile(r"(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])")


def parse_typed_date(text: str, today: datetime.date) -> datetime.date | None:
    """The day that was typed, a datetime if a time of day was typed with it, None if it cannot be read.

    Days without a year are those nearest to today; a weekday is that of the running week.
    """
    text = fold_date(text)
    day, rest = _find_day(text, today)
    if day is None:
        return None
    if not rest.strip():
        return day
    clock = find_clock(rest)
    if clock is None or clock.time is None or clock.rest:
        return None
    return datetime.datetime.combine(day, clock.time)


def _find_day(text: str, today: datetime.date) -> tuple[datetime.date | None, str]:
    if found := _RELATIVE.match(text):
        return today + datetime.timedelta(days=_WORDS[found["word"].lower()]), text[found.end() :]
    if found := _OFFSET.match(text):
        return today + datetime.timedelta(days=int(found["days"])), text[found.end() :]
    if found := _WEEKDAY.match(text):
        return _weekday(found["week"], found["day"], today), text[found.end() :]
    if found := _MONTH_AND_DAY.match(text):
        return _nearest(int(found["month"]), int(found["day"]), today), text[found.end() :]
    if found := _SHORT_DAY.match(text):
        return as_date(2000 + int(found["year"]), int(found["month"]), int(found["day"])), text[found.end() :]
    return _written_day(text, today)


def _weekday(week: str, day: str, today: datetime.date) -> datetime.date:
    number = 7 if day in "日天" else int(day)
    days = number - today.isoweekday() + {"上": -7, "下": 7}.get(week, 0)
    return today + datetime.timedelta(days=days)


def _nearest(month: int, day: int, today: datetime.date) -> datetime.date | None:
    days = [one for year in (-1, 0, 1) if (one := as_date(today.year + year, month, day))]
    return min(days, key=lambda one: abs(one - today), default=None)


def _written_day(text: str, today: datetime.date) -> tuple[datetime.date | None, str]:
    found = find_date(text)
    if found is None:
        return (today, text) if find_clock(text) else (None, "")
    if found.year is None:
        return _nearest(found.month, found.day, today), found.rest
    year = found.year + 2000 if found.year < 100 else found.year
    return as_date(year, found.month, found.day), found.rest
