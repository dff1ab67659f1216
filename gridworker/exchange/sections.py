"""What a line between records says of those below it: 一、东湾组 is where they live, 红色户 how they are watched."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.domain.versions.entries import Value
from gridworker.exchange.context import LONGEST, is_grid_line
from gridworker.exchange.headings import ADDRESS
from gridworker.exchange.places import bare, place_of
from gridworker.exchange.structure import Table

HOMES: Final = frozenset({"household.room", "household.head"})
"""Columns that make a row speak of a household."""
_LEVEL: Final = "household.care_level"
_ESTATE: Final = "household.estate"
PLACE: Final = (_ESTATE, "household.building", "household.unit")
"""Parts of an address that a line may name, the largest first."""
DAY: Final = "visit.visited_at"
_DATED: Final = re.compile(r"((?:[0-9]{4}[年./-])?[0-9]{1,2}[月./-][0-9]{1,2}日?)(?:(?:星期|周)[一二三四五六日天])?")
_LABELLED: Final = re.compile("(?:所属|所在)?(?:小区|村民小?组|居民小?组)(?:名称)?[：:]\\s*([一-鿿0-9]{2,10})(?:\\s|$)")
"""What the line above the heading says of all records."""
_PAGE: Final = re.compile(r"(?:第?[0-9一二三四五六七八九十]+页)?(?:共[0-9]+页)?|续[表上]?|[接转][上下]页|下页|上页")


@dataclass(frozen=True, slots=True)
class Sections:
    """By section row: what the records below it get."""

    told: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    unknown: Mapping[int, str] = field(default_factory=dict)
    """Lines that say nothing we know, where one above did, or a day without a year: nothing is carried on below."""

    def above(self, row: int) -> Mapping[str, Value]:
        """What the last line above a row says, with what those before it say of larger places."""
        return self.told.get(max((one for one in self.told if one < row), default=0), {})


def sections_of(
    table: Table, texts: Mapping[int, str], mapped: frozenset[str], day_of: Callable[[str], Value]
) -> Sections:
    """The lines between the records of a table.

    `texts`: by section row; `mapped`: what columns say themselves; `day_of`: the day of a text, None where unsure.
    """
    unknown: dict[int, str] = {}
    now = _said_above(table.above)
    found = {0: {name: value for name, value in now.items() if name not in mapped}} if now else {}
    for row in sorted(row for row in texts if row > table.header_rows[-1]) if mapped & {*HOMES, ADDRESS} else ():
        dated = _DATED.fullmatch(bare(texts[row])) if _holds_visits(mapped) else None
        said = _said(texts[row]) if not dated else {DAY: day} if (day := day_of(dated[1])) else {}
        if is_grid_line(texts[row]):
            now = {}
            found[row] = {}
            continue
        if not said and _PAGE.fullmatch(bare(texts[row])):
            continue
        if not said and (now or dated):
            unknown[row] = texts[row]
        now = _narrowed(now, said) if said else {}
        found[row] = {name: value for name, value in now.items() if name not in mapped}
    return Sections(found, unknown)


def _said_above(texts: Sequence[str]) -> dict[str, Value]:
    """The one estate or group that lines above the heading name: 村民组：上湾组."""
    named = {place_of(found[1]).get("estate", "") for text in texts for found in _LABELLED.finditer(text[:LONGEST])}
    return {_ESTATE: named.pop()} if len(named) == 1 and "" not in named else {}


def _holds_visits(mapped: frozenset[str]) -> bool:
    """Whether a line may tell the day of visits whose columns do not."""
    return DAY not in mapped and any(name.startswith("visit.") for name in mapped)


def _said(text: str) -> dict[str, Value]:
    level = code_list("care_level").find(bare(text))
    if level:
        return {_LEVEL: level}
    return {f"household.{name}": value for name, value in place_of(text).items()}


def _narrowed(now: Mapping[str, Value], said: Mapping[str, Value]) -> dict[str, Value]:
    """A line inside those above it: it puts an end to what is smaller than itself, and to what is of its kind."""
    if DAY in said:
        return {**now, **said}
    order = list(now)
    inner = _LEVEL in now and _ESTATE in now and order.index(_LEVEL) > order.index(_ESTATE)
    if _LEVEL in said:
        ends = () if inner or _LEVEL not in now else PLACE
        kept = {name: value for name, value in now.items() if name not in {_LEVEL, *ends}}
        return kept | dict(said)
    largest = min(PLACE.index(name) for name in said)
    smaller = {*PLACE[largest:], *((_LEVEL,) if inner and largest == 0 else ())}
    return {name: value for name, value in now.items() if name not in smaller} | dict(said)


def fill(values: dict[str, Value], told: Mapping[str, Value]) -> None:
    """Give a record what lines above it say and it does not; nothing of a place that is not its own."""
    contradicts = any(values.get(name) not in {None, told[name]} for name in PLACE if name in told)
    for name, value in told.items():
        if values.get(name) is None and not (contradicts and name in PLACE):
            values[name] = value
