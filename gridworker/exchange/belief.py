"""How far values must bear a heading out: the share of cells, none of them silent, that a field must take."""

from typing import Final

from gridworker.exchange.headings import Meaning
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


def least(one: Meaning) -> float:
    """The share of cells that a field must take; one that is typed tells its odd cells itself."""
    is_coded = one.field.kind in CODED
    if not one.by_root:
        return _CODED_SHARE if is_coded else LEAST_SHARE
    return LEAST_SHARE if is_coded else _TYPED_SHARE if is_typed(one.field) else ROOTED_SHARE
