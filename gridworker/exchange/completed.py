"""Headings that say too much, or leave out what their values show: 现居住情况, 本次走访 above days.

What only qualifies is left out; a word for what stands below is added. The rest must be a heading that we know.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from gridworker.domain.text import dates, id_number, phone
from gridworker.exchange.colloquial import put_formally
from gridworker.exchange.headings import Meaning, fold, is_foreign, is_generic, meanings, rooted, rooted_as
from gridworker.exchange.model import RawValue
from gridworker.exchange.typing_values import is_prose

_QUALIFIER: Final = re.compile(
    "^(?:本人|老人|目前|当前|现在|现|本次|此次|本周|本月|最近|主要|具体|实际|简要|基本|有关|相关|详细|大致|所属)"
)
"""What a heading begins with that changes nothing of what stands below."""
_TAIL: Final = re.compile("(?:情况|状况|信息|一栏|栏)$")
_ADDED: Final[Mapping[str, tuple[str, ...]]] = {
    "day": ("时间", "日期"), "phone": ("电话",), "id": ("身份证号",), "prose": ("内容", "情况"), "": (),
}  # fmt: skip
"""By what the cells hold: the words that a heading may leave out."""
_EITHER: Final = re.compile("整改|化解|处[置理]|反馈|答复|办结|解决|完成|到期")
"""What a day may be set for, or done on."""
_WHY: Final = re.compile("原因|程度|等级|级别|注意")
"""What a heading asks that is told in prose, too, and is none of ours."""
_SHARE: Final = 0.8
_LEAST: Final = 2
"""Cells from which a column shows what it holds."""


def completed(group: str, leaf: str, told: Sequence[RawValue]) -> tuple[Meaning, ...]:
    """What a heading in nobody's list means without its qualifiers, or with a word for what its cells are."""
    if len(told) < _LEAST or is_foreign(group, leaf):
        return ()
    sort = _sort(told)
    is_other = _EITHER.search(leaf) if sort == "day" else _WHY.search(leaf)
    return () if is_other else _completed(group, leaf, sort)


@lru_cache(maxsize=1024)
def _completed(group: str, leaf: str, sort: str) -> tuple[Meaning, ...]:
    for text in _wordings(fold(leaf, with_brackets=False), sort):
        if not is_foreign(group, text) and (found := meanings("", text) or rooted("", text)):
            return rooted_as([text]) or found
    return ()


def _wordings(leaf: str, sort: str) -> Iterator[str]:
    """The heading without qualifiers, then with a word added; never one as general as 时间 alone."""
    yield from put_formally(leaf)
    bare = _QUALIFIER.sub("", leaf)
    if bare != leaf and len(bare) > 1 and not is_generic("", bare):
        yield bare
    for stem in dict.fromkeys((leaf, bare, _TAIL.sub("", bare))):
        if len(stem) > 1:
            yield from (stem + added for added in _ADDED[sort])


def _sort(told: Sequence[RawValue]) -> str:
    """What nearly all cells are: days, telephone or ID numbers, prose; empty for anything else."""
    if any(map(_is_day, told)) and all(_is_day(raw) or _is_like_day(raw) for raw in told):
        return "day"
    for sort, tells in _TELLS.items():
        if sum(map(tells, told)) >= _SHARE * len(told):
            return sort
    return "prose" if all(isinstance(raw, str) for raw in told) and is_prose(told) else ""


def _is_day(raw: RawValue) -> bool:
    if isinstance(raw, date):
        return True
    found = dates.parse_date(raw) if isinstance(raw, str) and raw[:1].isdigit() else None
    return found is not None and (found.value is not None or found.issue == "partial")


def _is_like_day(raw: RawValue) -> bool:
    """11.5 for 11月5日, which a spreadsheet takes for a number."""
    return isinstance(raw, float) and 1 <= raw < 13


def _is_phone(raw: RawValue) -> bool:
    return isinstance(raw, (str, int)) and phone.parse(raw).value is not None


def _is_id(raw: RawValue) -> bool:
    return isinstance(raw, str) and id_number.facts(raw.strip()) is not None


_TELLS: Final = {"day": _is_day, "id": _is_id, "phone": _is_phone}
