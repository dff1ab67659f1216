"""Making files hostile: by bytes, by members of the archive, by XML, by what stands in the cells."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from random import Random
from typing import Final

from tests.fuzz import mutate_cells, mutate_xml
from tests.fuzz.planted import PAYLOADS
from tests.fuzz.seeds import Seed

Members = dict[str, bytes]
_NUMBERS: Final = (0, 1, 0x7F, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_MOST_STEPS: Final = 3


def mutated(seed: Seed, other: Seed, dice: Random) -> tuple[str, bytes]:
    """The names of what was done, and the file."""
    if seed.data[:2] == b"PK" and dice.random() < 0.85:
        return _archive(seed, dice)
    if seed.kind in {"csv", "tsv", "txt"} and dice.random() < 0.7:
        return "text", mutate_cells.text(seed.data, dice)
    if seed.data.lstrip()[:1] == b"<" and dice.random() < 0.7:
        return "page", mutate_cells.page(seed.data, dice)
    data = seed.data
    names = []
    for _time in range(dice.randint(1, _MOST_STEPS)):
        name, change = dice.choice(list(_BYTES.items()))
        names.append(name)
        data = change(data, other.data, dice) if data else data
    return "bytes: " + " ".join(names), data


def _archive(seed: Seed, dice: Random) -> tuple[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(seed.data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    ways = {"zip": _members, "xml": mutate_xml.change, "cells": mutate_cells.change}
    weights = [1, 4, 6 if seed.kind in {"ours", "ours full", "reply", "feedback"} else 3]
    names = []
    for _time in range(dice.randint(1, _MOST_STEPS)):
        way = dice.choices(list(ways), weights)[0]
        names.append(f"{way}: {ways[way](members, dice)}")
    return ", ".join(names), _packed(members, dice)


def _packed(members: Members, dice: Random) -> bytes:
    target = io.BytesIO()
    small = sum(map(len, members.values())) < 500_000
    method = (
        zipfile.ZIP_DEFLATED
        if not small
        else dice.choice([zipfile.ZIP_DEFLATED] * 6 + [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    )
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(target, "w", method, compresslevel=1) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name.rstrip("\0")), data, method)  # a trailing NUL stands for a twin
    data = target.getvalue()
    return _lying(data, dice) if dice.random() < 0.03 else data


def _lying(data: bytes, dice: Random) -> bytes:
    """One entry of the directory tells another size, method or place."""
    made = bytearray(data)
    places = [place for place in range(len(made) - 46) if made[place : place + 4] == b"PK\x01\x02"]
    struct.pack_into("<I", made, dice.choice(places) + dice.choice([8, 10, 16, 20, 24, 42]), dice.choice(_NUMBERS))
    return bytes(made)


def _members(members: Members, dice: Random) -> str:
    name = dice.choice(list(members))
    way = dice.choice(["drop", "empty", "cut", "swap", "twin", "rename", "more", "bomb", "many", "noise"])
    if way == "drop":
        del members[name]
    elif way == "empty":
        members[name] = b""
    elif way == "cut":
        members[name] = members[name][: dice.randrange(len(members[name]) + 1)]
    elif way == "swap":
        other = dice.choice(list(members))
        members[name], members[other] = members[other], members[name]
    elif way == "twin":
        members[name + "\0"] = members[dice.choice(list(members))]
    elif way == "rename":
        members[dice.choice(["../../evil", "/etc/evil", name.upper(), name.replace("/", "\\")])] = members.pop(name)
    elif way == "more":
        members[dice.choice(["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/activeX/a.bin"])] = b"evil"
    elif way == "bomb":
        members[name] = members[name][:-20] + b" " * dice.choice([10**6, 2 * 10**7, 3 * 10**7]) + members[name][-20:]
    elif way == "many":
        members.update({f"xl/media/{number}": b"" for number in range(dice.choice([100, 6000]))})
    else:
        members[name] = _flip(members[name], b"", dice)
    return f"{way} {name}"


def _flip(data: bytes, _other: bytes, dice: Random) -> bytes:
    made = bytearray(data or b"x")
    for _time in range(dice.choice([1, 3, 30])):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def _cut(data: bytes, _other: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data))]


def _numbers(data: bytes, _other: bytes, dice: Random) -> bytes:
    made = bytearray(data + bytes(4))
    for _time in range(dice.choice([1, 2, 10])):
        struct.pack_into("<I", made, dice.randrange(len(data)), dice.choice(_NUMBERS))
    return bytes(made[: len(data)])


def _again(data: bytes, _other: bytes, dice: Random) -> bytes:
    start, length = dice.randrange(len(data)), dice.randint(1, 4096)
    return data[:start] + data[start : start + length] * dice.randint(1, 50) + data[start:]


def _splice(data: bytes, other: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data))] + other[dice.randrange(len(other)) :]


def _insert(data: bytes, _other: bytes, dice: Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + dice.choice(PAYLOADS).encode(dice.choice(["utf-8", "utf-16-le", "gb18030"])) + data[place:]


_BYTES: Final[dict[str, Callable[[bytes, bytes, Random], bytes]]] = {
    "flip": _flip, "cut": _cut, "numbers": _numbers, "again": _again, "splice": _splice, "insert": _insert,
}  # fmt: skip
