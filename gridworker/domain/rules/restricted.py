"""Restricted groups (field.md §3.6): the program keeps no list of them, and no weekly workbook speaks of them."""

import re
from collections.abc import Mapping
from typing import Final

from gridworker.domain.ledger import OWN
from gridworker.domain.versions.entries import Value
from gridworker.paths import json_resource

WORDS: Final[tuple[str, ...]] = tuple(json_resource("codes", "restricted.json")["words"])
"""What people of these groups are called."""
_ANY: Final = re.compile("|".join(WORDS))


def speaks_of(text: object) -> bool:
    """Whether a text calls somebody by one of these groups."""
    return isinstance(text, str) and _ANY.search(text) is not None


def spoken_in(fields: Mapping[str, Value]) -> list[str]:
    """The fields of a record that do, in what they say or, added ones, in what they are called."""
    said = ((name, value) for name, value in fields.items() if value is not None)
    return [name for name, value in said if speaks_of(value) or (name.startswith(OWN) and speaks_of(name))]


def told_by(fields: Mapping[str, Value]) -> bool:
    """Whether a record does, in any field."""
    return bool(spoken_in(fields))
