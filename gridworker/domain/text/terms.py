"""Search terms: what is indexed for a record, and what a typed query asks for.

The index (FTS5, unicode61, detail=none) knows single tokens and prefixes only, so every substring that may be typed is
the prefix of a token made here. Pinyin syllables never begin with u or i, which leaves these letters to the kinds:
`ub` addresses from the building on, `uu` from the unit, `ur` from the room, `i` need numbers; `v` ends each part of an
address, so that 3栋 is not 31栋. Names, estates, pinyin, phones and ID numbers stand bare.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from gridworker.domain.text.numbers import han_number
from gridworker.domain.text.pinyin import Spelling, spellings, surnames_read, typed_forms

LONGEST_QUERY: Final = 64
BUILDING, UNIT, ROOM, NUMBER = "ub", "uu", "ur", "i"
_ANYWHERE: Final = (BUILDING, UNIT, ROOM)

_WORDS: Final = {
    **dict.fromkeys(("栋", "幢", "座", "#", "号楼"), (BUILDING,)),
    **dict.fromkeys(("单元", "单"), (UNIT,)),
    **dict.fromkeys(("室", "户"), (ROOM,)),
    "号": (BUILDING, ROOM),
}
"""By the word behind a number: the kinds of address that may begin there."""
_WORD: Final = "(?:号楼|单元|[栋幢座号单室户#])"
_RUN: Final = re.compile(
    rf"(?P<numbers>[0-9a-z]+(?:(?:{_WORD}-*|-+)[0-9a-z]+)*{_WORD}?-*)|(?P<word>(?:[^\W0-9a-z_]|[\ue000-\uf8ff])+)"
)
_NUMBER_AND_WORD: Final = re.compile(rf"([0-9a-z]+)({_WORD}?)(-*)")
_HAN_NUMBER: Final = re.compile("[一二三四五六七八九十百]+(?=号楼|单元)")
_HAN_BUILDING: Final = re.compile("([一二三四五六七八九十百]+)[栋幢座]")
_FOLDED: Final = str.maketrans({**dict.fromkeys("·•・‧∙⋅"), "ü": "v"})
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_NEWER_THAN_INDEX: Final = re.compile("[\U0002ebf0-\U0003ffff]")
_NOT_DIGITS: Final = re.compile("[^0-9]+")
_MOBILE: Final = re.compile(r"(?:\+?86[ -]?)?(1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{0,4})")


@lru_cache(maxsize=16384)
def terms_for_name(name: str) -> frozenset[str]:
    """A name, or any text of a line, by every part of it, and by pinyin and initials from every syllable on."""
    folded = fold(name)
    found = _terms_of_text(folded)
    for spelling in spellings(folded):
        for start in range(len(spelling)):
            found |= _pinyin_terms(spelling[start:])
    return frozenset(found)


@lru_cache(maxsize=4096)
def _terms_for_estate(estate: str) -> frozenset[str]:
    """As a name, but in pinyin only from its beginning: thousands of households share it."""
    folded = fold(estate)
    return frozenset(_terms_of_text(folded).union(*map(_pinyin_terms, spellings(folded)[:2])))


def sounds_of(name: str) -> set[str]:
    """Every way a whole name sounds: two names that share one may be the same, written differently."""
    return {form for spelling in spellings(fold(name)) for form in typed_forms(spelling)}


def _pinyin_terms(spelling: Spelling) -> set[str]:
    return {*typed_forms(spelling), "".join(syllable[0] for syllable in spelling)}


def terms_for_phone(phone: str) -> set[str]:
    """A phone number in full, without its area code, and its last four digits."""
    digits = _NOT_DIGITS.sub("", phone)
    line = _NOT_DIGITS.sub("", phone.partition("-")[2])
    return {term for term in (digits, line, digits[-4:]) if term}


def terms_for_id(id_no: str) -> set[str]:
    """An ID number in full, its last six and four characters, and the date of birth in it."""
    number = re.sub("[^0-9a-z]+", "", fold(id_no))
    birth = {number[6:14]} if len(number) == 18 else set()
    return {number, number[-6:], number[-4:], *birth} - {""}


def terms_for_address(estate: str, building: str, unit: str, room: str) -> set[str]:
    """An address by its estate and by 3-2-502, 3-502, 2-502, 502 and any beginning of these."""
    doors, found = [fold(part) for part in (building, unit, room)], set(_terms_for_estate(estate))
    for part in doors:
        if not part.isascii():
            found |= _terms_of_text(part)
    own_building, own_unit, own_room = (_key(re.findall("[0-9a-z]+", part)) for part in doors)
    if own_building:
        found |= {BUILDING + own_building + own_unit + own_room, BUILDING + own_building + own_room}
    if own_unit:
        found.add(UNIT + own_unit + own_room)
    return found | ({ROOM + own_room} if own_room else set())


def door_terms(building: str, unit: str, room: str) -> set[str]:
    """What the index holds of exactly this door and of the same door without its unit."""
    own_building, own_unit, own_room = (_key(re.findall("[0-9a-z]+", fold(part))) for part in (building, unit, room))
    if not own_room:
        return set()
    if own_building:
        return {BUILDING + own_building + own_unit + own_room, BUILDING + own_building + own_room}
    return {(UNIT + own_unit if own_unit else ROOM) + own_room}


def terms_for_number(number: str) -> set[str]:
    """A need's number from any of its parts on: JX03-2026-A0012, 2026-A0012, A0012, 0012, 12."""
    parts = re.findall("[0-9a-z]+", fold(number))
    if not parts:
        return set()
    sequence = parts[-1].lstrip("abcdefghijklmnopqrstuvwxyz")
    tails = ["".join(parts[start:]) for start in range(len(parts))]
    return {NUMBER + tail for tail in (*tails, sequence, sequence.lstrip("0")) if tail}


def query_terms(text: str) -> list[list[str]]:
    """What a query asks for: of each group some term must begin a token of the record."""
    text = text[:LONGEST_QUERY].strip()
    if mobile := _MOBILE.fullmatch(text):
        text = mobile[1].replace(" ", "")
    return [list((_of_numbers if is_number else _of_word)(run)) for is_number, run in _runs(fold(text))]


def match_expression(text: str) -> str:
    """The query in the language of the index; '' if it asks for nothing."""
    return _all_of([f'"{term}"*' for term in group] for group in query_terms(text))


def close_expression(text: str) -> str:
    """The same for whole things alone: surnames (chen: 陈, not 成), initials, tails, buildings and rooms."""
    return _all_of(map(_whole_only, query_terms(text)))


def _all_of(groups: Iterable[Iterable[str]]) -> str:
    return " AND ".join(f"({' OR '.join(group)})" for group in groups)


def _whole_only(group: Iterable[str]) -> Iterator[str]:
    """A bare word as one whole token, or the surnames that sound so; a number rather as a building than as a unit."""
    kinds = {term[:2] for term in group}
    for term in group:
        if term[:2] in _ANYWHERE:
            if term[:2] != UNIT or BUILDING not in kinds:
                yield f'"{whole(term)}"*'
        elif term.isascii():
            yield from (f'"{term}"', *(f'"{family}"*' for family in surnames_read(term)))
        else:
            yield f'"{term}"*'


def whole(term: str) -> str:
    """A term of an address whose last part is complete: 3 is not 31."""
    return term if term.endswith("v") else term + "v"


def fold(text: str) -> str:
    """Half width and small letters, without accents and dots between names; 一号楼 as 1号楼."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED)
    if folded.isascii():
        return folded
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    folded = _NEWER_THAN_INDEX.sub(lambda found: f"{ord(found[0]):x}", folded)
    return _HAN_NUMBER.sub(lambda found: str(han_number(found[0])), folded)


def _runs(folded: str) -> Iterator[tuple[bool, str]]:
    """The numbers with their words (3栋2单元502, zhang, A-12) and the other words of a text, in order."""
    for found in _RUN.finditer(folded):
        yield found["word"] is None, found[0]


def _terms_of_text(folded: str) -> set[str]:
    """Every end of every word, and numbers under every kind that a query might take them for."""
    found: set[str] = set()
    for is_number, run in _runs(folded):
        if is_number:
            pieces = [number for number, _word, _dash in _NUMBER_AND_WORD.findall(run)]
            found |= {"".join(pieces), *(kind + _key(pieces) for kind in _ANYWHERE)}
        else:
            found |= {run[start:] for start in range(len(run))}
    return found


def _of_word(run: str) -> Iterator[str]:
    """A word stands for itself; 三栋 may be a building, or the end of somebody's name."""
    yield run
    if found := _HAN_BUILDING.fullmatch(run):
        yield BUILDING + _key([str(han_number(found[1]))])


def _of_numbers(run: str) -> Iterator[str]:
    """What numbers may mean: a name in pinyin, a phone, an ID or need number, the parts of an address."""
    pieces = _NUMBER_AND_WORD.findall(run)
    numbers = [number for number, _word, _dash in pieces]
    if not any(word for _number, word, _dash in pieces):
        joined = "".join(numbers)
        yield from (joined, NUMBER + joined)
    _number, word, dash = pieces[-1]
    key = _key(numbers) if word or dash else _key(numbers)[:-1]
    yield from (kind + key for kind in _WORDS.get(pieces[0][1], _ANYWHERE))


def _key(parts: Iterable[str]) -> str:
    """The parts of an address as one token; '' for none."""
    return "".join(part + "v" for part in parts)
