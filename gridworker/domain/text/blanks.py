"""The first look at a cell: what counts as empty, and text without invisible characters."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from gridworker.domain.text.parsed import Raw

_PLACEHOLDER_WORDS: Final = (
    "无 没有 不详 不明 未知 不清楚 暂无 暂缺 待定 待补 待填 空 空白 n/a na n.a nil none null nan"
)
_PLACEHOLDERS: Final = frozenset(_PLACEHOLDER_WORDS.split())
_SAYS: Final = re.compile(rf"[0-9]|.*?(?![{''.join(_PLACEHOLDERS)}])[一-鿿]")
"""A digit first or a word of no placeholder: no blank begins like this, whatever follows."""
_ONLY_MARKS: Final = re.compile(r"[-‐‑‒–—―−_/\\.…。·、~\s]+")
_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_DITTO: Final = frozenset({"同上", "同前", "〃", "″", '"', "''", "“", "”"})
DITTO_MARK: Final = re.compile(f"[{''.join(sorted(_DITTO))}]")
"""Without which no text repeats the cell above."""

_PLAIN: Final = re.compile("[0-9A-Za-z一-鿿]+")
"""Text that is as clean and narrow as can be."""
_ESCAPED_CONTROL: Final = re.compile(r"_x00[01][0-9a-f]_", re.IGNORECASE)
_LINE_ENDS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_DASHES: Final = str.maketrans({**dict.fromkeys("‐‑‒–—―−﹣", "-"), "〜": "~", "。": "."})
_UNWANTED: Final = frozenset({"Cf", "Cc", "Cs"})
_NO_CHARACTERS: Final = "\ufffe\uffff"


def clean_text(text: str) -> str:
    """Free text without what nobody typed: byte order marks, zero width, control characters; lines end in LF."""
    if text.isprintable() and "_x00" not in text:
        return text.strip()
    visible = "".join(map(_visible, _LINE_ENDS.sub("\n", text)))
    while (without := _ESCAPED_CONTROL.sub("", visible)) != visible:
        visible = without
    return visible.strip()


def _visible(character: str) -> str:
    if character in "\n\t":
        return character
    if character == "\xa0":
        return " "
    return "" if unicodedata.category(character) in _UNWANTED or character in _NO_CHARACTERS else character


def fold_width(text: str) -> str:
    """Codes and numbers in half width with plain dashes; never for names or free text (it changes rare characters)."""
    if text.isascii():
        return clean_text(text)
    if _PLAIN.fullmatch(text):
        return text
    return clean_text(compatible(clean_text(text)).translate(_DASHES))


@lru_cache(maxsize=8192)  # a cell is looked at again and again until its sheet is understood
def compatible(text: str) -> str:
    """A text in the plain forms of its characters (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def is_blank(raw: Raw) -> bool:
    """Whether the cell says nothing: empty, 无, /, —, 不详, 待定 and the like."""
    if raw is None:
        return True
    if not isinstance(raw, str):
        return raw != raw  # noqa: PLR0124 - only a NaN differs from itself
    if _SAYS.match(raw):
        return False
    if len(raw) > 12 and not raw.isspace():
        return _ONLY_MARKS.fullmatch(raw) is not None
    text = fold_width(raw).strip("()[]").rstrip(".").lower()
    return text in _PLACEHOLDERS or not text or _ONLY_MARKS.fullmatch(text) is not None


def is_ditto(raw: Raw) -> bool:
    """Whether the cell repeats the one above: 同上, 〃."""
    return isinstance(raw, str) and DITTO_MARK.search(raw) is not None and clean_text(raw) in _DITTO


def is_error_value(raw: Raw) -> bool:
    """Whether the cell holds an error of the spreadsheet program, such as #REF!."""
    return isinstance(raw, str) and "#" in raw and raw.strip() in _ERRORS
