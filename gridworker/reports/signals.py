"""What is unusual about records and worth a look: the same words at several doors, times that cannot both be true,
needs settled without a step or a call-back. Each is a question, never a judgement: there is no score and no order of
people, and for most there is a good answer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

SAME_TEXT, TIMES, NO_STEP, NOT_ASKED = "内容相同", "时间请核对", "办结无记录", "办结未回访"
LEAST_TEXT: Final = 12
"""Shorter texts are often the same: 一切正常."""
LEAST_DOORS: Final = 3
NIGHT: Final = (22, 6)
AT_ONCE: Final = timedelta(minutes=2)
"""Two doors of different buildings cannot be visited so soon one after the other."""
ASK_WITHIN: Final = timedelta(days=14)
_CLOSED_SAME_DAY: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class VisitSeen:
    """A visit as signals see it; `place` is its building, `at` may lack the time of day."""

    id: int
    worker: object
    household: int
    place: str
    at: str
    at_door: bool
    text: str

    @property
    def clock(self) -> datetime | None:
        """Day and time; None where only the day was written down."""
        return datetime.fromisoformat(self.at) if len(self.at) > 10 else None


@dataclass(frozen=True, slots=True)
class NeedSeen:
    """A settled need as signals see it."""

    id: int
    registered: date
    closed: date
    asked: date | None
    steps: int


@dataclass(frozen=True, slots=True)
class Signal:
    """Why a record is worth a look: its sign, the record, a number that tells how much, another record beside it."""

    sign: str
    ledger: str
    record: int
    number: int = 0
    other: int = 0


def of_visits(visits: Iterable[VisitSeen]) -> list[Signal]:
    """The signals of visits, by visit."""
    every = sorted(visits, key=lambda one: (one.at, one.id))
    found = [*_same_texts(every), *_nights(every), *_at_once(every)]
    return sorted(found, key=lambda one: (one.record, one.sign, one.other))


def of_needs(needs: Iterable[NeedSeen], today: date) -> list[Signal]:
    """The signals of settled needs: no step though it took days, nobody asked though two weeks have passed."""
    found = []
    for one in sorted(needs, key=lambda one: one.id):
        took = one.closed - one.registered
        if took > _CLOSED_SAME_DAY and not one.steps:
            found.append(Signal(NO_STEP, "need", one.id, took.days))
        if one.asked is None and today - one.closed > ASK_WITHIN:
            found.append(Signal(NOT_ASKED, "need", one.id, (today - one.closed).days))
    return found


def _same_texts(visits: Iterable[VisitSeen]) -> Iterator[Signal]:
    """The same long words of one worker at several households."""
    by_text: Mapping[tuple[object, str], list[VisitSeen]] = defaultdict(list)
    for one in visits:
        plain = re.sub(r"\W+", "", one.text)
        if len(plain) >= LEAST_TEXT:
            by_text[one.worker, plain].append(one)
    for some in by_text.values():
        doors = {one.household for one in some}
        if len(doors) >= LEAST_DOORS:
            yield from (Signal(SAME_TEXT, "visit", one.id, len(doors)) for one in some)


def _nights(visits: Iterable[VisitSeen]) -> Iterator[Signal]:
    """At a door in the night."""
    evening, morning = NIGHT
    for one in visits:
        clock = one.clock if one.at_door else None
        if clock is not None and (clock.hour >= evening or clock.hour < morning):
            yield Signal(TIMES, "visit", one.id, clock.hour)


def _at_once(visits: Iterable[VisitSeen]) -> Iterator[Signal]:
    """One worker at the doors of two buildings within minutes; both visits are named."""
    last: dict[object, VisitSeen] = {}
    for one in visits:
        clock = one.clock if one.at_door else None
        if clock is None:
            continue
        before = last.get(one.worker)
        if before is not None and before.place != one.place and before.clock is not None:
            apart = clock - before.clock
            if apart < AT_ONCE:
                minutes = int(apart.total_seconds() // 60)
                yield Signal(TIMES, "visit", one.id, minutes, before.id)
                yield Signal(TIMES, "visit", before.id, minutes, one.id)
        last[one.worker] = one
