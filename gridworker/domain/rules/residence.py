"""Who lives in a household: those who moved out or died stay on record, but no longer count."""

from collections.abc import Mapping
from typing import Final

from gridworker.domain.versions.entries import Value

MOVED_OUT: Final = "迁出"
DIED: Final = "死亡"
LEFT: Final = frozenset({MOVED_OUT, DIED})
"""States of residence of people who are no members any more; their history stays."""


def has_left(fields: Mapping[str, Value]) -> bool:
    """Whether a person is no member of the household any more."""
    return fields.get("residence") in LEFT
