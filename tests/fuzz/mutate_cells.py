"""Hostile contents in files that open: planted values, torn tokens, false words on our hidden sheet, twisted text."""

import re
from random import Random
from typing import Final
from xml.sax.saxutils import escape

from tests.fuzz.planted import PAYLOADS

Members = dict[str, bytes]
_TEXT: Final = re.compile(rb"(<(?:\w+:)?(?:t|p)(?: [^>]*)?>)([^<]*)(</)")
_WORDS: Final = (
    "", "0", "-1", "1e999", "null", "[]", "{}", "[[[[]]]]", "[" * 50_000, '{"a":' * 3000, "gridworker 2",
    "gridworker 999", "gridworker x", "admin", "township", "worker", "2026-W99", "2026-W00", "9999-12-31",
    "0001-01-01", "2026-02-30", "１２", "true", "entry", "more", "rows.n.0", "rows.z.9", "format", "export", "past",
    "_gw", "_gw_summary", "诉求台账", "总计", "00000000000", "zzzzzzzzzzz", "9" * 5000, "NaN", "\ud7ff", "11.31",
    "2026年13月45日", "男女", "身份证", "是", "√", "同上",
)  # fmt: skip
_TOKEN: Final = re.compile(rb"gw|[0-9A-Za-z]{11}")
_CHARACTERS: Final = "0aZ_-一é\u202e\u0301😀 "


def change(members: Members, dice: Random) -> str:
    """Change some texts in place."""
    parts = [name for name, data in members.items() if name.endswith(".xml") and _TEXT.search(data)]
    if not parts:
        return "nothing"
    name = dice.choice(parts) if dice.random() < 0.2 else max(parts, key=lambda one: len(members[one]))
    found = list(_TEXT.finditer(members[name]))
    tokens = [one for one in found if _TOKEN.search(one[2])]
    way = dice.choice(["plant", "token", "token", "word", "swap"])
    some = tokens if way == "token" and tokens else found
    chosen = dice.sample(some, k=min(len(some), dice.choice([1, 1, 3, 30])))
    members[name] = _with(
        members[name], {one.start(): (one, _new(way, one, dice.choice(found), dice)) for one in chosen}
    )
    return f"{way} {len(chosen)}"


def _with(data: bytes, new: dict[int, tuple[re.Match[bytes], bytes]]) -> bytes:
    for start in sorted(new, reverse=True):
        found, text = new[start]
        data = data[: found.start()] + found[1] + text + found[3] + data[found.end() :]
    return data


def _new(way: str, one: re.Match[bytes], other: re.Match[bytes], dice: Random) -> bytes:
    if way == "plant":
        return escape(dice.choice(PAYLOADS)).encode("utf-8", "ignore")
    if way == "swap":
        return other[2]
    if way == "word":
        return escape(dice.choice(_WORDS)).encode("utf-8", "ignore")
    return _torn(one[2].decode("utf-8", "ignore"), dice).encode("utf-8", "ignore")


def _torn(text: str, dice: Random) -> str:
    """A token or line of entries with characters changed, doubled, lost or cut off."""
    for _time in range(dice.choice([1, 1, 2, 8])):
        place = dice.randrange(len(text) + 1)
        way = dice.randrange(5)
        if way == 0:
            text = text[:place]
        elif way == 1:
            text = text[:place] + text[place + 1 :]
        elif way == 2:
            text = text[:place] + text[place : place + 20] + text[place:]
        elif way == 3:
            text = re.sub(r"\d+", dice.choice(["-1", "0", "99999999999999999999", "1.5", "null"]), text, count=1)
        else:
            text = text[:place] + escape(dice.choice(_CHARACTERS)) + text[place + 1 :]
    return text


def text(data: bytes, dice: Random) -> bytes:
    """A text file with planted, endless or contradictory parts."""
    lines = data.split(b"\n")
    place = dice.randrange(len(lines))
    way = dice.randrange(8)
    if way == 0:
        lines[place] = dice.choice(PAYLOADS).encode() + b"," + lines[place]
    elif way == 1:
        lines[place] = b'"' + lines[place]
    elif way == 2:
        lines[place] += b"," * dice.choice([100, 20_000, 3_000_000])
    elif way == 3:
        lines *= dice.choice([2, 30])
    elif way == 4:
        lines[place] = b"x" * dice.choice([140_000, 5_000_000])
    elif way == 5:
        lines.insert(
            place, dice.choice([b"\x00", b"\xff\xfe", b"\x1a", b"\xef\xbb\xbf", b"\r\r\r", b"\x0c", b"\xc2\x85"])
        )
    elif way == 6:
        return data.decode("utf-8", "replace").encode(
            dice.choice(["utf-16", "utf-32", "utf-8-sig", "gb18030", "utf-16-be"])
        )
    else:
        words = lines[place].split(b",")
        words[dice.randrange(len(words))] = dice.choice((*PAYLOADS, *_WORDS)).encode("utf-8", "ignore")
        lines[place] = b",".join(words)
    return b"\n".join(lines)


def page(data: bytes, dice: Random) -> bytes:
    """A page with tables in tables, cells over thousands of others, scripts."""
    cell = dice.choice([
        b'<td colspan="100000" rowspan="100000">evil</td>', b'<td colspan="-1">evil</td>',
        b"<table><tr><td>evil</td></tr></table>", b"<table>" * 3000, b"<script>evil()</script>",
        b"<td>&evil;&#0;&#xFFFFFFFF;</td>", b"<tr>" * 50_000, b"<!--", b"<![CDATA[",
        b'<meta charset="evil">', b'<td rowspan="1000">evil</td>' * 1000, b'<td colspan="1000">x</td>' * 3000,
    ])  # fmt: skip
    return data.replace(b"<td>", cell + b"<td>", dice.choice([1, 3]))
