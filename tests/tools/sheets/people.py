"""Invented people: ID numbers, phones and the many ways of writing them, each a pure function of a seed."""

import random
import re
from datetime import date, timedelta
from typing import Final

_REGIONS: Final = ("341524", "342426")
_NOBODY: Final = "999999"
"""The region of children, who cannot be born before 1906: it belongs to no place."""
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_FULL: Final = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")
_MEANT: Final = {"birth": "birth", "dots": "birth", "han": "birth", "eight": "birth", "sex": "sex", "sexno": "sex"}
_HAN: Final = ("", *"一二三四五六七八九十", "十一", "十二")
_TOKEN: Final = re.compile(r"\{(idx|id|kid|tel|land)(\d+)(?::(\w+))?\}")


def check_digit(first: str) -> str:
    """The eighteenth character for the first seventeen (GB 11643)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def id_number(seed: str, child: bool = False, ends_in_x: bool = False) -> str:
    """A valid number: grown-ups born 1900–1905, children 2008–2020 of the region that does not exist."""
    chance = random.Random(f"id {seed}")
    first_day = date(2008, 1, 1) if child else date(1900, 1, 1)
    while True:
        born = first_day + timedelta(days=chance.randrange(4380 if child else 2190))
        first = (_NOBODY if child else chance.choice(_REGIONS)) + f"{born:%Y%m%d}{chance.randrange(1, 999):03}"
        if not ends_in_x or check_digit(first) == "X":
            return first + check_digit(first)


def mobile(seed: str) -> str:
    """Eleven digits."""
    chance = random.Random(f"tel {seed}")
    return chance.choice(("133", "138", "151", "159", "166", "177", "187", "199")) + f"{chance.randrange(10**8):08}"


def land_line(seed: str) -> str:
    """A number of the county, with the prefix."""
    return f"0564-7{random.Random(f'land {seed}').randrange(10**6):06}"


def expand(text: str, seed: str) -> str:
    """Put in the numbers that a text names: `{id3}`, `{idx3}` (ends in X), `{kid3}`, `{tel3:spaced}`, `{land3}`."""
    return _TOKEN.sub(lambda found: _written(found[1], f"{seed} {found[2]}", found[3] or ""), text)


def meant(text: str, seed: str) -> str:
    """The same with every number as it ought to be."""
    return expand(_TOKEN.sub(_plainly, text), seed)


def _plainly(found: re.Match[str]) -> str:
    """Birth and sex are values of their own, a number wrong or cut stays so; all else is a way of writing."""
    way = _MEANT.get(found[3] or "", found[3] if found[3] in ("bad", "short", "old", "local") else "")
    return f"{{{found[1]}{found[2]}{':' + way if way else ''}}}"


def _written(kind: str, seed: str, way: str) -> str:
    if kind == "tel":
        return _phone(mobile(seed), way)
    if kind == "land":
        return land_line(seed)[5:] if way == "local" else land_line(seed).replace("-", "" if way == "joined" else "-")
    return _id(id_number(seed, kind == "kid", kind == "idx"), way)


def _phone(number: str, way: str) -> str:
    ways = {
        "spaced": f"{number[:3]} {number[3:7]} {number[7:]}",
        "dashed": f"{number[:3]}-{number[3:7]}-{number[7:]}",
        "full": number.translate(_FULL),
        "plus": f"+86 {number}",
        "short": number[:10],
        "mask": f"{number[:3]}****{number[7:]}",
        "zero": f"{number}.0",
    }
    return ways.get(way, number)


def _id(number: str, way: str) -> str:
    wrong = number[:16] + str((int(number[16]) + 1) % 10) + number[17]
    ways = {
        "spaced": f"{number[:6]} {number[6:14]} {number[14:]}",
        "full": number.translate(_FULL),
        "lower": number.lower(),
        "old": number[:6] + number[8:17],
        "mask": f"{number[:6]}********{number[14:]}",
        "quote": f"'{number}",
        "dashed": f"{number[:6]}-{number[6:14]}-{number[14:]}",
        "float": f"{number[:15]}000" if number[17] != "X" else number[:15] + "000",
        "bad": wrong,
        "short": number[:17],
        "birth": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
        "dots": f"{number[6:10]}.{int(number[10:12])}.{int(number[12:14])}",
        "eight": number[6:14],
        "han": _han_date(number[6:14]),
        "sex": "男" if int(number[16]) % 2 else "女",
        "sexno": "1" if int(number[16]) % 2 else "2",
    }
    return ways.get(way, number)


def _han_date(digits: str) -> str:
    """19030507 as 一九〇三年五月七日."""
    day = int(digits[6:])
    tens = ("", "十", "二十", "三十")[day // 10]
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in digits[:4])
    return f"{year}年{_HAN[int(digits[4:6])]}月{tens}{_HAN[day % 10]}日"
