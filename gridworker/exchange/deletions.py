"""The column 删除: a mark in it asks to delete the record, as its row knew it (versions.md §8)."""

from collections.abc import Iterable
from typing import Final

from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.ledger import DELETED
from gridworker.domain.text.blanks import fold_width
from gridworker.domain.text.yes_no import parse_yes_no
from gridworker.domain.versions.entries import Version
from gridworker.exchange.model import RawValue
from gridworker.exchange.token import RowToken

_MARKS: Final = frozenset({"删除", "删", "x"})
_CROSSES: Final = frozenset("×✗✘✕❌")
"""In forms they say no, beside 删除 as often yes: nobody can tell."""


def wants_deletion(raw: RawValue) -> bool | None:
    """Whether the cell asks to delete its record; None where its text means nothing there."""
    text = fold_width(str(raw)).strip().lower()
    if text in _MARKS:
        return True
    parsed = parse_yes_no(raw if isinstance(raw, (str, int, float, bool)) else text)
    return None if parsed.issue or text in _CROSSES else bool(parsed.value)


def deletion(token: RowToken, edits: Iterable[Id]) -> Version:
    """The deletion of a row's record; it has seen all that the row showed, and the edits beside it.

    What stands unshown in any group was not seen, so that whoever wrote it is asked.
    """
    beside = sorted(edits)
    seen = frozenset(beside).union(*(token.of[group] | token.over(group) for group in token.of))
    unshown = frozenset[Id]().union(*token.hidden.values())
    id = hashed_id("delete", token.export, token.record, *beside)
    return Version(id, token.record, "book", seen - unshown, {DELETED: True})
