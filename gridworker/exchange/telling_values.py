"""What a column holds by its values alone, where nobody knows its heading: only what could be nothing else."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from typing import Final

from gridworker.domain.codes import code_list, code_list_names
from gridworker.domain.ledger import Kind
from gridworker.domain.text import dates, id_number
from gridworker.domain.text.address import parse_address
from gridworker.domain.text.blanks import clean_text
from gridworker.exchange.headings import ADDRESS, Meaning, field_of, names_other
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Heading
from gridworker.exchange.typing_values import share

CODED: Final = frozenset({Kind.CODE, Kind.MULTI})
"""Kinds whose values are words of a list."""
_SHARE: Final = 0.9
"""Of the cells, none of them silent, that must be so."""
_ENOUGH: Final = 3
"""Cells that must be there."""
_SHORTEST: Final = 2
"""Characters of a word: 是, 高, 男 stand in many lists."""
_LISTED: Final[Mapping[str, tuple[str, ...]]] = {
    "visit_outcome": ("visit.outcome",), "publicity": ("visit.publicity",), "care_tags": ("resident.care_tags",),
    "household_tags": ("household.tags",), "housing": ("household.housing",),
    "politics": ("resident.politics",), "need_kind": ("need.kind",), "matter": ("medical.matter",),
    "purpose": ("visit.purpose",), "satisfaction": ("need.satisfaction",),
    "care_level": ("household.care_level",), "residence": ("resident.residence",),
    "work_status": ("resident.work_status", "employment.work_status"),
    "insurance": ("resident.insurance", "medical.insurance"),
    "registration": ("schooling.registration",), "housing_proof": ("schooling.housing_proof",),
    "followup_outcome": ("followup.outcome",),
}  # fmt: skip
"""By list whose words tell it: the fields they stand in."""
_SAME: Final = frozenset({"care_tags", "household_tags"})
"""Lists that share their words: a person's tags and a household's."""
_DIFFERENT: Final = 2
"""Words that a list must be told by."""
_VAGUE: Final = re.compile("[一二三四五][级类]|正常|一般|普通|其[他它]")
"""Words that stand in many lists of others, too: 一级 of a hospital, of a disability."""
_MIXED: Final = 0.8
"""Of the cells that are words of a list: what the list lacks is asked about, cell by cell."""
_ID_LENGTH: Final = 18
_LONGEST_BUILDING: Final = 3
"""Digits of a building's number."""
_NOT_NOW: Final = re.compile(
    "拟|退出|[^目当]前(?:状态|情况)|既往|以往|半年后|其他成员|商业保险|养老保险|关联|同类|规划|储藏|车库|想了解|下次|新增"
)
"""What a heading says of words that are true of another time, of others, or of another thing."""
_ELSEWHERE: Final = re.compile("户籍|户口|籍贯|出生|工作|单位|务工|外出|搬迁|原|发生|经营|证")
"""What a heading says of doors behind which nobody of the row lives."""
_SEPARATORS: Final = str.maketrans("，、；;/", ",,,,,")


def told_by_values(told: Sequence[RawValue], heading: Heading) -> tuple[Meaning, ...]:
    """The fields that cells, none of them silent, can only be of; the heading may only say whose they are not."""
    if len(told) < _ENOUGH:
        return ()
    texts = [clean_text(str(raw)) for raw in told]
    if _most(len(text) == _ID_LENGTH and id_number.facts(text) is not None for text in texts):
        return () if names_other(str(heading)) else _meanings("resident.id_no")
    if _most(_is_door(text) for text in texts):
        return () if _ELSEWHERE.search(str(heading)) else _meanings(ADDRESS)
    if _NOT_NOW.search(str(heading)):
        return ()
    return _meanings(*(column for name in sorted(_listing(texts)) for column in _LISTED[name]))


def how_it_ended(before: Meaning, told: Sequence[RawValue], taken: Set[str]) -> Meaning | None:
    """Where a second column asks how far a need is, and says how it ended: 已解决, 部分解决."""
    words = {clean_text(str(raw)) for raw in told}
    ended = field_of("need.result")
    is_free = before.column == "need.status" and "need.result" not in taken
    is_told = len(words) >= _DIFFERENT and ended is not None and share(ended.field, told) == 1
    return ended if is_free and is_told and min(map(len, words)) >= _SHORTEST else None


def _listing(texts: Sequence[str]) -> frozenset[str]:
    """The list, or the two that share their words, to which most cells belong, and fewer to any other."""
    if len({text for text in texts if not _VAGUE.fullmatch(text)}) < _DIFFERENT:
        return frozenset()
    counts = Counter(name for text in texts for name in _lists_of(text))
    most = max(counts.values(), default=0)
    listed = frozenset(name for name, count in counts.items() if count == most)
    is_told = most >= _MIXED * len(texts) and (len(listed) == 1 or listed == _SAME) and listed <= _LISTED.keys()
    return listed if is_told else frozenset()


def _most(said: Iterable[bool]) -> bool:
    each = list(said)
    return sum(each) >= _SHARE * len(each)


def _is_door(text: str) -> bool:
    """3-1-101 is a door, 2026-7-15 a day, 2026-33 the number of a paper."""
    address = parse_address(text)
    is_numbered = len(address.building) > _LONGEST_BUILDING
    return bool(address.building and address.room) and not is_numbered and dates.parse_date(text).value is None


def _lists_of(text: str) -> frozenset[str]:
    """The lists that know every word of a cell."""
    words = [word.strip() for word in text.translate(_SEPARATORS).split(",") if word.strip()]
    every = [_lists().get(word, frozenset()) for word in words if len(word) >= _SHORTEST]
    return frozenset.intersection(*every) if every and len(every) == len(words) else frozenset()


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in code_list_names():
        for item in code_list(name).items:
            for word in (item.code, item.label, *item.aliases):
                found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _meanings(*columns: str) -> tuple[Meaning, ...]:
    return tuple(replace(one, is_label=False, by_root=True) for column in columns if (one := field_of(column)))
