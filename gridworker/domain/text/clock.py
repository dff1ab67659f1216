"""The time of day in a text: 20:30, 下午3点半, 8:30 PM."""

import datetime
import re
from typing import Final, NamedTuple

_PART: Final = r"凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间|早|晚"
_CLOCK: Final = re.compile(
    rf"\s*T?(?P<part>{_PART})?\s*(?P<hour>[0-9]{{1,2}})"
    r"(?::(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"|[点时](?:(?P<half>半)|(?P<quarter>[一1三3])刻|整|钟|(?P<spoken>[0-9]{1,2})分?)?)"
    r"\s*(?P<noon>[ap]\.?m\.?)?(?![0-9])\s*",
    re.IGNORECASE,
)
_PART_ALONE: Final = re.compile(rf"\s*(?:{_PART})\s*")
_AFTERNOON: Final = frozenset({"下午", "傍晚", "晚上", "晚", "pm"})


class Clock(NamedTuple):
    """A time of day and the text after it; `time` is None if only 上午 or an hour that does not exist was said."""

    time: datetime.time | None
    rest: str
    impossible: bool = False


def find_clock(text: str) -> Clock | None:
    """The time of day that a folded text, its Han numerals turned to digits, starts with."""
    found = _CLOCK.match(text)
    if found is None:
        alone = _PART_ALONE.match(text)
        return Clock(None, text[alone.end() :]) if alone else None
    rest = text[found.end() :]
    part = (found["noon"] or found["part"] or "").replace(".", "").lower()
    hour, minute = _hour(int(found["hour"]), part), _minute(found)
    if hour is None or minute > 59:
        return Clock(None, rest, impossible=True)
    return Clock(datetime.time(hour, minute), rest)


def _hour(said: int, part: str) -> int | None:
    if part in _AFTERNOON and said < 12:
        return said + 12
    if said == 12:
        midnight_before = part in ("凌晨", "am")
        midnight_after = part in ("晚上", "晚", "夜里", "夜间")
        return None if midnight_after else 0 if midnight_before else 12
    if part == "中午" and said <= 2:
        return said + 12
    if part in ("夜里", "夜间") and 6 <= said < 12:
        return said + 12
    return said if said <= 23 else None


def _minute(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["quarter"]:
        return 15 if found["quarter"] in "一1" else 45
    return int(found["minute"] or found["spoken"] or 0)
