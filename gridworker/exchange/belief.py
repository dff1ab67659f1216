"""How far values must bear a heading out: the share of cells, none of them silent, that a field must take."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from gridworker.exchange.columns import Column
from gridworker.exchange.headings import Meaning, names_landlord
from gridworker.exchange.telling_values import CODED
from gridworker.exchange.typing_values import is_typed

LEAST_SHARE: Final = 0.5
"""Below this share its heading is not believed."""
ROOTED_SHARE: Final = 0.8
"""The same for a heading of which only words are known."""
_CODED_SHARE: Final = 0.3
"""The same for words of a list, which seldom stand there by chance; each word it lacks is asked about."""
_TYPED_SHARE: Final = 0.6
"""The same for days, numbers, money, which look like nothing else."""
_RESULT, _STATUS = "need.result", "need.status"
_KIND, _DISPUTE = "need.kind", "dispute.dispute_type"
_ENDED: Final = re.compile("结果|结论")


def least(one: Meaning, *, says_little: bool = False) -> float:
    """The share of cells that a field must take; one that is typed tells its odd cells itself.

    `says_little`: the heading alone says too little, 结果, and what stands above it may speak of something else.
    """
    is_coded = one.field.kind in CODED
    if not one.by_root and not is_coded:
        return LEAST_SHARE
    if not one.by_root and not says_little:
        return _CODED_SHARE
    return LEAST_SHARE if is_coded else _TYPED_SHARE if is_typed(one.field) else ROOTED_SHARE


def is_vague(column: Column) -> bool:
    """Whether only words speak for a meaning; a telephone of the landlord is no other's."""
    return column.meaning is not None and column.meaning.by_root and not names_landlord(column.heading.leaf)


def standing(column: Column, *, filled: bool) -> tuple[bool, bool, bool]:
    """Which of two columns of one field keeps it, the smaller: the filled one, not the landlord's, not the vaguer."""
    return not filled, names_landlord(column.heading.leaf), is_vague(column)


def told_apart(column: Column, options: Sequence[Meaning], shares: Mapping[tuple[int, str], float]) -> list[Meaning]:
    """Without the one of two fields alike that a column tells less: how far a need is or how it ended, its kind here
    or that of the standard for disputes.
    """
    told = {one.column: shares[column.number, one.column] for one in options}
    is_end = _ENDED.search(column.heading.leaf) and told.get(_RESULT, 0) >= told.get(_STATUS, 0) > 0
    less = {_STATUS} if is_end else set()
    if told.keys() >= {_KIND, _DISPUTE}:
        less.add(_KIND if told[_DISPUTE] >= told[_KIND] else _DISPUTE)
    return [one for one in options if one.column not in less]
