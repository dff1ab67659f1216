"""Addresses of households: 金江西苑3栋2单元502, 3-2-502, 大湾组12号."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gridworker.domain.text.blanks import fold_width, is_blank
from gridworker.domain.text.numbers import han_number
from gridworker.domain.text.parsed import Raw

_HAN: Final = "〇零一二三四五六七八九十百"
_DIRECTION: Final = "[东南西北中左右前后]{1,2}"
_PLAIN: Final = rf"[A-Z]?[0-9]+[A-Z]?|[A-Z]|[{_HAN}]+|{_DIRECTION}"
"""What names a building or unit, as a pattern."""
_ROOM: Final = (
    r"(?:[A-Z]-?)?[0-9]+[A-Z]?(?:(?:-|附)[0-9A-Z]+)*|附[0-9]+"
    rf"|[0-9{_HAN}]+[楼层]{_DIRECTION}|(?:{_DIRECTION}|[{_HAN}]+)(?=[户室])|[{_HAN}]+(?=号)"
    rf"|(?<=[元栋幢座楼])(?:{_DIRECTION}|[{_HAN}]+)$"
)
_BUILDING_END: Final = r"(?:号?[栋幢座]|号楼|#楼?|(?<=[A-Z东南西北])楼|楼$)"
"""2楼 in the middle of an address is a storey, not a building."""
_UNIT_END: Final = "单元|门洞|门"
_ROOM_END: Final = "(?:号室|号房|号户|室|号|户|房|#)"

_BUILDING: Final = re.compile(rf"第?(?P<name>{_PLAIN}|[0-9]+-[0-9]+)(?:{_BUILDING_END}|号)?")
_UNIT: Final = re.compile(rf"第?(?P<name>{_PLAIN})(?:{_UNIT_END})?")
_ROOM_CELL: Final = re.compile(rf"(?P<name>{_ROOM}|{_DIRECTION}|[{_HAN}]+){_ROOM_END}?")
_DOOR_OF: Final = re.compile(rf"(?P<name>.*[一-鿿][0-9]{{1,4}}){_ROOM_END}")
"""The door with the place before it: 洪畈8号."""
_ADDRESS: Final = re.compile(
    r"(?P<estate>.*?)"
    rf"(?:第?(?P<building>{_PLAIN}|[0-9]+-[0-9]+)(?:{_BUILDING_END}|号(?=.*单元))[-/,、]?)?"
    rf"(?:第?(?P<unit>{_PLAIN})(?:{_UNIT_END})[-/,、]?)?"
    r"(?:[0-9]+[楼层](?=[0-9]))?"
    rf"(?:(?P<room>{_ROOM}){_ROOM_END}?)?"
)
_DASHED: Final = re.compile(
    rf"(?P<estate>.*?)(?P<building>[A-Z]?[0-9]+[A-Z]?)(?:{_BUILDING_END}-?|-)"
    rf"(?:(?P<unit>[A-Z]?[0-9]+)(?:单元-?|-))?(?P<room>[0-9]+[A-Z]?){_ROOM_END}?"
)
_ONE_NUMBER: Final = re.compile(r".*(?:[组队屯街路巷弄]|(?<!新)村|单元)")
_COUNTY: Final = re.compile(
    r"(?:(?:中国)?(?:安徽省)?(?:六安市)?金寨县(?:[一-鿿]{2,3}[镇乡])?(?:[一-鿿]{1,6}(?:社区|居委会))?"
    r"|[一-鿿]{2,3}[镇乡][一-鿿]{1,6}(?:社区|居委会))+(?=.{2})"
)
_BLANKS: Final = re.compile(r"\s+|(?<=[0-9])号(?=附[0-9])")
_LONGEST: Final = 100
_NUMBERED: Final = re.compile(rf"[{_HAN}]+(?=[组期区队巷弄院])")
_TRAILING: Final = ",、;."
"""What parts an estate from the rest of an address in one cell."""
_KEY_NOISE: Final = re.compile(r"[()\[\]·,、.|-]")
_CHUNK: Final = re.compile(r"[0-9]+|[^0-9]+")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a household lives inside its grid; absent parts are ''."""

    estate: str = ""
    """Estate (小区) or village group (村民组)."""
    building: str = ""
    unit: str = ""
    room: str = ""
    """Room of a building, or house number (门牌号) of a village."""

    def __str__(self) -> str:
        return format_address(self)


def clean_building(raw: Raw) -> str:
    """A building without its word: 1栋, 1幢, 1#, 1号楼, 一号楼 and 1.0 are all 1."""
    return _bare(raw, _BUILDING)


def clean_unit(raw: Raw) -> str:
    """A unit without its word: 2单元 and 二单元 are 2."""
    return _bare(raw, _UNIT)


def clean_room(raw: Raw) -> str:
    """A room or house number without its word: 502室 is 502, 12号 is 12, 洪畈8号 is 洪畈8."""
    room = _bare(raw, _ROOM_CELL)
    return found["name"] if (found := _DOOR_OF.fullmatch(room)) else room


def clean_estate(raw: Raw) -> str:
    """An estate or village group without blanks, without 安徽省…社区 before it and a comma behind it."""
    return _COUNTY.sub("", _tight(raw), count=1).rstrip(_TRAILING)


def _tight(raw: Raw) -> str:
    """The cell in half width and capitals, without blanks; '' for 无 and the like."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "" if is_blank(raw) else fold_width(_BLANKS.sub("", fold_width(str(raw))).upper())


def _bare(raw: Raw, form: re.Pattern[str]) -> str:
    text = raw if isinstance(raw, str) and raw.isascii() and raw.isdecimal() else _tight(raw)
    found = form.fullmatch(text)
    return _number(found["name"]) if found else text


def _number(name: str) -> str:
    """A name in Arabic digits, without zeros in front."""
    value = han_number(name) if name and name[0] in _HAN else None
    return str(value) if value is not None else name.lstrip("0") or name[:1]


def parse_address(text: str) -> Address:
    """The parts of an address in one cell; all of it is the estate if it follows no known form."""
    tight = clean_estate(text)
    found = _match(tight) if len(tight) <= _LONGEST else None
    if found is None:
        return Address(tight)
    return Address(
        found["estate"].rstrip(_TRAILING), *(_number(found[part] or "") for part in ("building", "unit", "room"))
    )


def _match(text: str) -> re.Match[str] | None:
    """12-1 is building and room in an estate, but one number in a village, before 号 and after a unit."""
    dashed = _DASHED.fullmatch(text)
    if dashed and (dashed["unit"] or not (text.endswith("号") or _ONE_NUMBER.fullmatch(dashed["estate"]))):
        return dashed
    return _ADDRESS.fullmatch(text)


def address_key(grid: str, address: Address) -> str:
    """The key by which equal addresses of a grid are equal; '' unless estate and room are both known."""
    estate = _KEY_NOISE.sub("", clean_estate(address.estate))
    room = clean_room(address.room)
    if not (grid and estate and room):
        return ""
    estate = _NUMBERED.sub(lambda found: _number(found[0]), estate)
    return "|".join((grid, estate, clean_building(address.building), clean_unit(address.unit), room))


def format_address(address: Address, short: bool = False) -> str:
    """The address as people write it: 金江西苑3栋2单元502, 大湾组12号; short, inside an estate: 3-2-502, 12号."""
    house = "" if address.building or address.unit or not address.room[-1:].isalnum() else "号"
    if short:
        return "-".join(part for part in (address.building, address.unit, address.room) if part) + house
    building = address.building and address.building + "栋"
    unit = address.unit and address.unit + "单元"
    return f"{address.estate}{building}{unit}{address.room}{house}"


def walk_key(address: Address) -> tuple[tuple[tuple[bool, int, str], ...], ...]:
    """Sorts addresses into a walk: estate by estate, buildings, units and doors by their numbers."""
    return tuple(_natural(part) for part in (address.estate, address.building, address.unit, address.room))


@lru_cache(maxsize=4096)  # the same few buildings and units, over and over
def _natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Numbers by their length and digits: a line of thousands of digits is no number to calculate with."""
    return tuple(
        (False, len(digits := chunk.lstrip("0")), digits) if chunk[0] in "0123456789" else (True, 0, chunk)
        for chunk in _CHUNK.findall(text)
    )
