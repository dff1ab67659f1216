"""Members of a household side by side in its row: 成员1姓名, 成员1关系, 成员2姓名 …, each block a person of its own."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from gridworker.exchange.headings import fold, meanings
from gridworker.exchange.structure import Heading

NAME: Final = "resident.name"
GROUP: Final = "家庭成员"
"""What the headings of a block are read under, whatever they are numbered by."""
_NUMBER: Final = "[0-9]{1,2}|[一二三四五六七八九十]{1,2}"
_LIVING: Final = "共同生活|共同居住|同住|常住"
_MEMBER: Final = f"(?:(?:家庭|户内|户中|家中|其他|主要|{_LIVING})*(?:成员|家属|家人|人口)|(?:{_LIVING})人员?)"
_AFTER_WORD: Final = re.compile(f"(?P<word>{_MEMBER})(?:第?(?P<number>{_NUMBER})位?)[-—_.]?(?P<rest>.*)")
_BEFORE_WORD: Final = re.compile(f"第?(?P<number>{_NUMBER})(?:位|个|号)?(?P<word>{_MEMBER})(?P<rest>.*)")
_AT_END: Final = re.compile(f"(?P<rest>.*[^0-9一二三四五六七八九十第])(?P<number>{_NUMBER})")
_BARE: Final = re.compile(f"第?(?P<number>{_NUMBER})(?:位|人|个)?(?P<rest>)")
_HAN: Final = {han: number for number, han in enumerate("一二三四五六七八九十", start=1)}


class _Part(NamedTuple):
    """A heading without what numbers it."""

    key: str
    number: int
    """0 for none."""
    by_word: bool
    """Whether the number belongs to a word for members, or to a whole group of headings."""


def member_blocks(headings: Mapping[int, Heading]) -> list[dict[int, Heading]]:
    """The columns of each block under the headings they would have alone; none where nothing repeats itself."""
    parts = {column: _part(one) for column, one in headings.items()}
    names = [column for column, one in parts.items() if one.number and _names_member(one)]
    if names and (len(names) > 1 or parts[names[0]].by_word) and _are_distinct(parts, names):
        return [_alone(block, parts) for block in _numbered(parts, names)]
    return [_alone(block, parts) for block in _repeated(headings, parts)]


def _part(heading: Heading) -> _Part:
    group, leaf = fold(heading.group), fold(heading.leaf)
    found = _AFTER_WORD.fullmatch(group) or _BEFORE_WORD.fullmatch(group) or _BARE.fullmatch(group)
    if found:
        return _Part(_without_word(leaf), _value(found["number"]), True)
    found = _AFTER_WORD.fullmatch(leaf) or _BEFORE_WORD.fullmatch(leaf)
    if found:
        return _Part(found["rest"] or "姓名", _value(found["number"]), True)
    found = _AT_END.fullmatch(leaf)
    return _Part(found["rest"], _value(found["number"]), False) if found else _Part(leaf, 0, False)


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else sum(_HAN[one] for one in number)


def _without_word(leaf: str) -> str:
    """Of 成员姓名 below a group: 姓名; a word alone names the person."""
    return re.sub(f"^{_MEMBER}", "", leaf) or "姓名"


def _names_member(part: _Part) -> bool:
    found = {one.column for one in (*meanings(GROUP, part.key), *meanings("", part.key))}
    return NAME in found


def _are_distinct(parts: Mapping[int, _Part], names: list[int]) -> bool:
    return len({parts[one].number for one in names}) == len(names) and len({parts[one].by_word for one in names}) == 1


def _numbered(parts: Mapping[int, _Part], names: list[int]) -> Iterator[dict[int, str]]:
    """By block: its columns of the same number, and those without one that follow as they do in the others."""
    by_word = parts[names[0]].by_word
    tails = _tails(parts, names)
    for name, tail in zip(names, tails, strict=True):
        number = parts[name].number
        others = {parts[one].key for other in tails if other is not tail for one in other if not parts[one].number}
        found = {name: parts[name].key}
        for column, one in parts.items():
            is_own = one.number == number and one.by_word == by_word and (by_word or _is_near(parts, names, column))
            follows = column in tail and not one.number and one.key in others
            if (is_own or follows) and one.key not in found.values():
                found[column] = one.key
        yield dict(sorted(found.items()))


def _tails(parts: Mapping[int, _Part], names: list[int]) -> list[list[int]]:
    """By block: the columns from its name up to the next one's."""
    ends = [*names[1:], max(parts) + 1]
    return [[one for one in parts if name < one < end] for name, end in zip(names, ends, strict=True)]


def _is_near(parts: Mapping[int, _Part], names: list[int], column: int) -> bool:
    """Whether a column numbered at its end, such as 电话1, stands behind the first name or right before it."""
    if column >= names[0]:
        return True
    between = [one for one in parts if column <= one < names[0]]
    return all(parts[one].number == parts[names[0]].number for one in between)


def _repeated(headings: Mapping[int, Heading], parts: Mapping[int, _Part]) -> list[dict[int, str]]:
    """Blocks without numbers: the same headings in the same order again and again, beside others that stand once."""
    texts = {column: (fold(one.group), parts[column].key) for column, one in headings.items()}
    names = [column for column in parts if _names_member(parts[column])]
    names = [one for one in names if sum(texts[other] == texts[one] for other in names) > 1]
    if not names or len({texts[one] for one in names}) > 1:
        return []
    tails = _tails(parts, names)
    length = min(len(tail) for tail in tails)
    patterns = {tuple(texts[one] for one in tail[:length]) for tail in tails}
    is_regular = length > 0 and len(patterns) == 1 and all(len(tail) == length for tail in tails[:-1])
    has_others = any(column < names[0] and _tells_home(one) for column, one in headings.items())
    if not is_regular or not has_others:
        return []
    return [{one: parts[one].key for one in (name, *tail[:length])} for name, tail in zip(names, tails, strict=True)]


def _tells_home(heading: Heading) -> bool:
    found = meanings(heading.group, heading.leaf)
    return any(one.column in {"household.head", "household.room", "household.address"} for one in found)


def _alone(block: Mapping[int, str], parts: Mapping[int, _Part]) -> dict[int, Heading]:
    return {column: Heading(GROUP, key) for column, key in block.items()}
