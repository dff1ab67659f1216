"""Writes `resources/pinyin.json`: the readings of Han characters, for search by pinyin.

Run `python tests/tools/make_pinyin.py` after an update of pypinyin, a development dependency.
"""

import json
from pathlib import Path

from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict

TARGET = Path(__file__).parents[2] / "resources" / "pinyin.json"
READINGS = 3
BLOCKS = (range(0x3007, 0x3008), range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
"""〇, the rare characters of place names and the common ones; rarer still nobody types by pinyin."""


def readings(listed: str) -> list[str]:
    """The first readings of a character without tones, the usual one first, ü as v."""
    plain = dict.fromkeys(to_normal(one).replace("ü", "v").replace("ê", "e") for one in listed.split(","))
    return [one for one in plain if one.isascii() and one.isalpha()][:READINGS]


def table() -> dict[str, list[str]]:
    """By syllable: the characters that have it as first, second and third reading."""
    found: dict[str, list[str]] = {}
    for code, listed in sorted(pinyin_dict.items()):
        if any(code in block for block in BLOCKS):
            for place, syllable in enumerate(readings(listed)):
                found.setdefault(syllable, [""] * READINGS)[place] += chr(code)
    return dict(sorted(found.items()))


def text() -> str:
    """The file, one syllable a line."""
    lines = (f'  "{one}": {json.dumps(ranks, ensure_ascii=False)}' for one, ranks in table().items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
