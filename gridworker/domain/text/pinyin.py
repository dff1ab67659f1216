"""How a name may be typed in pinyin: all usual readings, surnames first; the table is `resources/pinyin.json`."""

from functools import cache, lru_cache
from typing import Final

from gridworker.domain.text.names import surname
from gridworker.paths import json_resource

MOST: Final = 8
"""Spellings kept of a name of four characters or fewer; longer ones have the likeliest only."""

_SURNAME_READINGS: Final = (
    "单:shan 曾:zeng 仇:qiu 解:xie 区:ou 查:zha 朴:piao 翟:zhai 覃:qin 乐:yue 盖:ge 缪:miao 员:yun 贠:yun 召:shao "
    "繁:po 黑:he 句:gou 牟:mu 折:she 秘:bi 种:chong 重:chong 洗:xian 炅:gui 隗:wei 郇:xun 乜:nie 藏:zang 卜:bu 祭:zhai "
    "阚:kan 角:jue 会:gui 么:yao 都:du 能:nai 适:kuo 蔚:yu 参:shen 薄:bo 食:yi 粘:nian 万俟:mo,qi 尉迟:yu,chi "
    "长孙:zhang,sun 澹台:tan,tai 单于:chan,yu 乐正:yue,zheng 鲜于:xian,yu 令狐:ling,hu 亓官:qi,guan 宰父:zai,fu "
    "漆雕:qi,diao 夹谷:jia,gu 拓跋:tuo,ba 闾丘:lv,qiu 百里:bai,li 呼延:hu,yan"
)
"""Surnames that are not read as their characters mostly are; the usual readings stay valid beside these."""
_SURNAMES: Final = dict(pair.split(":") for pair in _SURNAME_READINGS.split())

Spelling = tuple[str, ...]
"""One syllable for each character that has a reading."""


@cache
def _table() -> dict[str, list[str]]:
    """By character: its readings without tones, the usual one first, ü as v."""
    found: dict[str, list[str]] = {}
    ranked = json_resource("pinyin.json")
    for rank in range(3):
        for syllable, characters in ranked.items():
            for character in characters[rank]:
                found.setdefault(character, []).append(syllable)
    return found


def readings(character: str) -> tuple[str, ...]:
    """Up to three readings of a character; none if it is not Han."""
    return tuple(_table().get(character, ()))


@cache
def surnames_read(syllable: str) -> tuple[str, ...]:
    """Characters that a surname of one syllable may be: those of GB 2312 that are mostly read so, and odd surnames."""
    usual = next(iter(json_resource("pinyin.json").get(syllable, ())), "")
    odd = [family for family, proper in _SURNAMES.items() if proper == syllable]
    return (*odd, *(one for one in usual if one.encode("gb2312", "ignore")))


@lru_cache(maxsize=16384)
def spellings(text: str) -> tuple[Spelling, ...]:
    """The ways to read a text, the likeliest first; a name is read by its surname."""
    by_character = [list(found) for character in text if (found := readings(character))]
    family = surname(text) if text else ""
    for character, proper in zip(by_character, _SURNAMES.get(family, "").split(","), strict=False):
        character[:] = dict.fromkeys((proper, *character)) if proper else character
    if not by_character:
        return ()
    chosen = _likeliest(tuple(map(len, by_character)), MOST if len(by_character) <= 4 else 1)
    return tuple(tuple(map(_pick, by_character, ranks)) for ranks in chosen)


@cache
def _likeliest(counts: tuple[int, ...], most: int) -> tuple[tuple[int, ...], ...]:
    """Choices of one rank per character, those nearest to the first readings before others."""
    found: list[tuple[int, ...]] = [()]
    for count in counts:
        found = sorted(((*chosen, rank) for chosen in found for rank in range(count)), key=sum)[:most]
    return tuple(found)


def _pick(listed: list[str], rank: int) -> str:
    return listed[rank]


def typed_forms(spelling: Spelling) -> tuple[str, ...]:
    """A spelling as typed in one go; ü is v, and also u or yu, as on identity papers."""
    whole = "".join(spelling)
    return (whole, whole.replace("v", "u"), whole.replace("v", "yu")) if "v" in whole else (whole,)
