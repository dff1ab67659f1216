"""How closely a record meets a typed query: what is whole comes before what begins so, and that before what holds it.

A whole surname (陈, chen), name, its initials or a door stand first; 成柏, which merely holds chen as the beginning
of a syllable, and numbers that end a phone or an ID stand last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gridworker.domain.text import terms
from gridworker.domain.text.names import surname
from gridworker.domain.text.pinyin import Spelling, spellings, typed_forms

WHOLE, BEGINS, PART, ELSEWHERE = range(4)
_DOOR_GRADES: Final = {terms.BUILDING: WHOLE, terms.ROOM: WHOLE, terms.UNIT: BEGINS}
"""3 rather means building 3 than unit 3."""


def closeness(groups: Sequence[Collection[str]], name: str, place: Sequence[str] = ()) -> int:
    """The grades of all parts of a query (`terms.query_terms`) for a name, or need number, and a door; 0 is closest."""
    heard, door = _heard(name), _door(*place) if place else frozenset()
    return sum(min(_of_name(group, heard), _of_door(group, door)) for group in groups)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What may be typed for a name: all of it, what begins it, and what ends it or is a syllable of it."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    parts: frozenset[str]


@lru_cache(maxsize=16384)
def _heard(name: str) -> _Heard:
    folded, family = terms.fold(name), terms.fold(surname(name)) if name else ""
    first, *others = spellings(folded) or ((),)
    whole = {folded, family, *_typed(first), *typed_forms(first[: len(family)])}
    parts = {folded[start:] for start in range(1, len(folded))}.union(
        first, *(_typed(first[start:]) for start in range(1, len(first))), *map(_typed, others)
    )
    parts.update(other[0] for other in others)
    number = terms.terms_for_number(name) if name[-1:].isdigit() else set()
    longest = max(number, key=len, default="")
    return _Heard(
        frozenset(whole | {longest}) - {""},
        tuple(one for one in (folded, *_typed(first), longest) if one),
        frozenset(parts | number),
    )


def _typed(spelling: Spelling) -> tuple[str, ...]:
    return (*typed_forms(spelling), "".join(syllable[0] for syllable in spelling))


def _of_name(group: Collection[str], heard: _Heard) -> int:
    if not heard.whole.isdisjoint(group):
        return WHOLE
    if any(one.startswith(tuple(group)) for one in heard.beginnings):
        return BEGINS
    return ELSEWHERE if heard.parts.isdisjoint(group) else PART


@lru_cache(maxsize=16384)
def _door(estate: str, building: str, unit: str, room: str) -> frozenset[str]:
    """The terms of a door alone; the estate is no part of them."""
    return frozenset(terms.terms_for_address("", building, unit, room))


def _of_door(group: Collection[str], door: Collection[str]) -> int:
    kinds = (term for term in group if door and term[:2] in _DOOR_GRADES)
    return min((_of_kind(term, door) for term in kinds), default=ELSEWHERE)


def _of_kind(term: str, door: Collection[str]) -> int:
    whole = terms.whole(term)
    if any(one.startswith(whole) for one in door):
        return _DOOR_GRADES[term[:2]]
    return PART if any(one.startswith(term) for one in door) else ELSEWHERE
