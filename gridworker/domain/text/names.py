"""Names of people: padding taken out, rare characters kept as they are."""

import re
import unicodedata
from typing import Final

from gridworker.domain.text.blanks import clean_text

_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"
_PLAIN: Final = re.compile("[\u4e00-\u9fff]+")
_RADICAL: Final = re.compile("[\u2e80-\u2fdf]")
_DOT: Final = re.compile(rf"(?<=[{_HAN}])\s*[·•・‧∙⋅･.．﹒]\s*(?=[{_HAN}])")
_HAN_ONLY: Final = re.compile(rf"[{_HAN}\s]+")
_BETWEEN_HAN: Final = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_BLANKS: Final = re.compile(r"\s+")

_COMPOUND_WORDS: Final = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 南荣 第五 淳于 单于 即墨 哥舒"
)
_COMPOUND_SURNAMES: Final = frozenset(_COMPOUND_WORDS.split())


def clean_name(text: str) -> str:
    """A name without padding (李　云 → 李云), one · between the parts of a longer one, radicals as characters.

    Two full names in one cell keep the blank between them: 张三 李四 are two people.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), clean_text(text))
    text = _BLANKS.sub(" ", _DOT.sub("·", text)).strip()
    if " " not in text or _holds_two_names(text):
        return text
    return _BETWEEN_HAN.sub("", text)


def _holds_two_names(text: str) -> bool:
    parts = text.split()
    if not _HAN_ONLY.fullmatch(text) or parts[0] in _COMPOUND_SURNAMES:
        return False
    return all(2 <= len(part) <= 4 for part in parts)


def surname(name: str) -> str:
    """The surname of a Han name, compound ones whole (欧阳); of other names the first part."""
    if name[:2] in _COMPOUND_SURNAMES and len(name) > 2:
        return name[:2]
    if re.match(rf"[{_HAN}]", name) and "·" not in name:
        return name[0]
    return re.split(r"[·\s]", name, maxsplit=1)[0]
