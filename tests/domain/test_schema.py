"""What released schemas declare: positions, groups and codes may only be added to, for old books speak in them."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gridworker.domain.codes import code_list, code_list_names
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger, ledgers

RELEASED = json.loads((Path(__file__).parents[1] / "data" / "schema-1.json").read_text(encoding="utf-8"))
"""What the first schema declares; written when it was released, added to by `schema-2.json` and so on, never edited."""


def broken(released: dict[str, Any], of: Ledger | None) -> str:
    """What a later declaration does to books of a release; empty if nothing."""
    if of is None:
        return "ledger gone"
    if of.letter != released["letter"]:
        return "letter changed"
    if [[one.name, one.kind.value] for one in of.fields][: len(released["fields"])] != released["fields"]:
        return "fields moved"
    if {name: list(of.groups.get(name, ())) for name in released["groups"]} != released["groups"]:
        return "group changed"
    old = {name for name, _kind in released["fields"]}
    if any(old & set(members) for name, members in of.groups.items() if name not in released["groups"]):
        return "old field in a new group"
    return ""


@pytest.mark.parametrize("name", sorted(RELEASED["ledgers"]))
def test_ledgers_only_grow(name: str) -> None:
    assert broken(RELEASED["ledgers"][name], ledgers().get(name)) == ""


def test_no_letter_is_used_twice() -> None:
    letters = [one.letter for one in ledgers().values()]
    assert sorted(letters) == sorted(set(letters))


@pytest.mark.parametrize("name", sorted(RELEASED["codes"]))
def test_codes_only_grow_and_new_ones_are_their_own_words(name: str) -> None:
    """An older program reads a code it does not know by its word: only if both are one is the cell as it left."""
    now = code_list(name)
    assert set(RELEASED["codes"][name]) <= set(now.codes())
    assert not [code for code in now.codes() if code not in RELEASED["codes"][name] and now.label(code) != code]


def test_the_release_is_this_program() -> None:
    assert ledgers().keys() >= RELEASED["ledgers"].keys()
    assert set(code_list_names()) >= RELEASED["codes"].keys()


GROWN: dict[str, Callable[[Ledger], Ledger]] = {
    "": lambda of: replace(
        of, fields=(*of.fields, replace(of.fields[1], name="more")), groups={**of.groups, "x": ("more",)}
    ),
    "letter changed": lambda of: replace(of, letter="z"),
    "fields moved": lambda of: replace(of, fields=(of.fields[1], of.fields[0], *of.fields[2:])),
    "group changed": lambda of: replace(of, groups={"address": (*of.groups["address"], "more")}),
    "old field in a new group": lambda of: replace(of, groups={**of.groups, "x": ("head", "phone")}),
}


@pytest.mark.parametrize("what", GROWN)
def test_the_guard_sees_what_would_break_old_books(what: str) -> None:
    assert broken(RELEASED["ledgers"]["household"], GROWN[what](ledger("household"))) == what
    assert broken(RELEASED["ledgers"]["household"], None) == "ledger gone"
