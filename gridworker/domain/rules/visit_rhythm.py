"""When a household is due for a visit: by care level; the table is `resources/codes/visit_rhythm.json`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from gridworker.i18n import _
from gridworker.paths import json_resource

IN_PERSON: Final = frozenset({"home", "office"})
REMOTE: Final = frozenset({"phone", "wechat", "video"})
ABSENT: Final = frozenset({"vacant", "away", "moved"})
"""Outcomes of a visit after which there is nobody to visit for a while."""
ORDINARY: Final = "normal"
_WATCHED: Final = frozenset({"red", "yellow"})
_EMPTY: Final = frozenset({"vacant", "demolished", "unfinished"})


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Days between two visits, by care level."""

    cycle_days: Mapping[str, int]
    empty_days: int
    """For an empty home and for people away, unless the household is a watched one."""
    phone_counts: frozenset[str]
    """Levels for which a call counts as a visit."""


@cache
def load_rhythm() -> Rhythm:
    """The table shipped with the program."""
    table = json_resource("codes", "visit_rhythm.json")
    return Rhythm(table["cycle_days"], table["empty_days"], frozenset(table["phone_counts"]))


def phone_counts(care_level: str | None, rhythm: Rhythm | None = None) -> bool:
    """Whether a call counts as a visit for households of this level."""
    return (care_level or ORDINARY) in (rhythm or load_rhythm()).phone_counts


def counting_modes(calls: bool) -> frozenset[str]:
    """The modes of a visit that count, with calls or without."""
    return IN_PERSON | REMOTE if calls else IN_PERSON


def cycle_days(care_level: str | None, housing: str | None, rhythm: Rhythm | None = None, away: bool = False) -> int:
    """Days between two visits; a watched household is never put off because its home stands empty."""
    table = rhythm or load_rhythm()
    if care_level not in _WATCHED and (away or housing in _EMPTY):
        return table.empty_days
    return table.cycle_days.get(care_level or ORDINARY, table.cycle_days[ORDINARY])


def next_due(
    care_level: str | None,
    housing: str | None,
    last_met: date | None,
    registered: date,
    rhythm: Rhythm | None = None,
    away_since: date | None = None,
) -> date:
    """The day of the next visit: a cycle after somebody was last met, or found away; at once where nobody ever was.

    `away_since` is the day of the latest visit if its outcome was one of `ABSENT`.
    """
    away = away_since is not None and care_level not in _WATCHED and away_since >= (last_met or away_since)
    start = away_since if away else last_met
    if start is None:
        return registered
    return start + timedelta(days=cycle_days(care_level, housing, rhythm, away))


def reason(
    care_level: str | None,
    housing: str | None,
    last_met: date | None,
    due_on: date,
    today: date,
    rhythm: Rhythm | None = None,
) -> str:
    """Why a household is on the list: 红色关注户，每7天走访一次，已超期4天."""
    who = _("空户") if housing in _EMPTY and care_level not in _WATCHED else _household_words(care_level)
    if last_met is None:
        return _("{household}，还没有见过面").format(household=who)
    days = cycle_days(care_level, housing, rhythm)
    return _("{household}，每{days}天走访一次，{when}").format(household=who, days=days, when=_when(due_on, today))


def _household_words(care_level: str | None) -> str:
    match care_level:
        case "red":
            return _("红色关注户")
        case "yellow":
            return _("黄色关注户")
        case "green":
            return _("绿色关注户")
    return _("普通户")


def _when(due_on: date, today: date) -> str:
    late = (today - due_on).days
    if late == 0:
        return _("今天到期")
    return _("已超期{days}天").format(days=late) if late > 0 else _("还有{days}天到期").format(days=-late)
