"""Lines that only name a place, for the rows below them: 一组, 金江西苑, 3栋2单元（28户）."""

import re
from typing import Final

from gridworker.domain.text.address import clean_building, clean_unit
from gridworker.domain.text.blanks import fold_width

_NUMBERING: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十0-9]+[)）]|[0-9]+[、.．])\s*"
)
_COUNT: Final = re.compile(r"[(（:：].*$|(?:共|(?<![0-9]))[0-9]+[户人]$")
_MARKS: Final = re.compile(r"[\s—★☆●○◎■□◆◇▲△【】\[\]]+|^-+|(?<!-)-+$")
_SAID: Final = re.compile(
    r"(?P<estate>[一-鿿0-9]{1,8}?(?:组|屯|庄|湾|冲|小区|苑|府|花园|家园|新村|自然村|公寓|家属院|家属楼|大院|华庭|名邸|嘉园|佳苑|里|城|居|安置点|巷|畈|坳|塆|片区?)|[A-Z]区)?"
    r"(?P<building>第?[0-9A-Z一二三四五六七八九十]{1,3}(?:号楼|[栋幢座#]))?"
    r"(?P<unit>第?[0-9一二三四五六七八九十]{1,2}单元)?"
)


def bare(text: str) -> str:
    """A line without its numbering and what it counts: 一、东湾组（共12户） is 东湾组."""
    return _MARKS.sub("", _COUNT.sub("", _NUMBERING.sub("", text.strip())))


def place_of(text: str) -> dict[str, str]:
    """Estate, building and unit that a line names; nothing where it says anything else."""
    found = _SAID.fullmatch(fold_width(bare(text)))
    told = {name: part for name, part in found.groupdict().items() if part} if found else {}
    cleaned = {"building": clean_building, "unit": clean_unit}
    return {name: cleaned[name](part) if name in cleaned else part for name, part in told.items()}
