"""What a line between records says of those below it: 一、东湾组 is where they live, 红色户 how they are watched."""

import re
from collections.abc import Mapping
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.domain.text.address import clean_building, parse_address
from gridworker.domain.versions.entries import Value
from gridworker.exchange.structure import Table

_NUMBERING: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十0-9]+[)）]|[0-9]+[、.．])\s*"
)
_COUNT: Final = re.compile(r"[(（:：].*$|共?[0-9]+[户人]$")
_PLACE: Final = re.compile(r"[一-鿿0-9]{1,8}(?:组|屯|庄|湾|冲|小区|苑|府|花园|家园|新村|公寓|里|城|居|安置点)")
_BUILDING: Final = re.compile(r"(?:第?[0-9A-Z一二三四五六七八九十]{1,3})(?:号楼|[栋幢座#])")
HOMES: Final = frozenset({"household.room", "household.head"})
"""Columns that make a row speak of a household."""


def contexts(table: Table, texts: Mapping[int, str], mapped: frozenset[str]) -> dict[int, dict[str, Value]]:
    """By section row: what its records get that no column of theirs says. `texts`: by section row."""
    if not mapped & HOMES or "household.address" in mapped:
        return {}
    found = {}
    for row in sorted(row for row in texts if row > table.header_rows[-1]):
        told = {name: value for name, value in _said(texts[row]).items() if name not in mapped}
        if told:
            found[row] = told
    return found


def _said(text: str) -> dict[str, Value]:
    name = _COUNT.sub("", _NUMBERING.sub("", text.strip())).strip()
    level = code_list("care_level").find(name)
    if level:
        return {"household.care_level": level}
    if _BUILDING.fullmatch(name):
        return {"household.building": clean_building(name)}
    if _PLACE.fullmatch(name):
        return {"household.estate": name}
    address = parse_address(name)
    if address.estate and address.building and not address.room and _PLACE.fullmatch(address.estate):
        return {"household.estate": address.estate, "household.building": address.building}
    return {}
