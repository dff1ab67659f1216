"""Telephone numbers: mobiles as 11 digits, land lines as 0564-7356789, local and short numbers as they are."""

import re
from typing import Final

from gridworker.domain.text.blanks import fold_width, is_blank
from gridworker.domain.text.parsed import BLANK, INVALID, Parsed, Raw
from gridworker.i18n import _

_PARTIAL: Final = Parsed(None, "partial")
_PLAIN: Final = re.compile(
    r"(?:\+?86[ -]?)?(?P<mobile>1[3-9][0-9](?:[ -]?[0-9]{4}){2})(?:[(（][一-鿿]+[)）])?"
    r"|(?P<line>0(?:10|2[0-9]|[3-9][0-9]{2})-[2-9][0-9]{6,7})"
)
"""A number as nearly everybody writes it, a mobile perhaps with whose it is."""
_NOT_THEIRS: Final = re.compile("空号|停机|停用|旧号|老号|错号|作废|不通|邻居|代接|代转")
"""What a note says of a number at which nobody of the row can be called."""
_GAPS: Final = str.maketrans("", "", " -")
_GAP: Final = r"[ .-]?"
_COUNTRY: Final = rf"(?:(?:\+|00)?86{_GAP})?"
_NUMBER: Final = re.compile(
    rf"(?<![0-9])(?:{_COUNTRY}(?P<mobile>1[3-9](?:{_GAP}[0-9]){{9}})"
    rf"|{_COUNTRY}\(?(?P<area>0(?:10|2[0-9]|[3-9][0-9]{{2}}))\)?{_GAP}(?P<line>[2-9][0-9]{{2,3}}{_GAP}[0-9]{{4}})"
    r"(?:(?:-|转|分机)(?P<extension>[0-9]{1,6}))?"
    r"|(?P<service>[48]00(?:-?[0-9]){7})"
    rf"|(?<![0-9][ .-])(?P<local>[2-9][0-9]{{2,3}}{_GAP}[0-9]{{4}})"
    r"|(?<![0-9][ .-])(?P<short>[1-9][0-9]{4,5})"
    r")(?![0-9])"
)
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_ID_NUMBER: Final = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx]")
_MASKED: Final = re.compile(r"[0-9][*•●×#xX]{2,}")
_NUMBER_AS_TEXT: Final = re.compile(r"^([0-9]+)\.0{1,2}$")
_DIGITS: Final = re.compile(r"[0-9]")


def parse(raw: Raw) -> Parsed:
    """The first telephone number of a cell; further ones are an issue, an owner's note like （儿子） is not."""
    if isinstance(raw, str):
        plain = _PLAIN.fullmatch(raw)
        found = Parsed(plain["line"] or plain["mobile"].translate(_GAPS)) if plain else _parse_text(raw)
        return Parsed(found.value, "ambiguous") if found.issue is None and _NOT_THEIRS.search(raw) else found
    if raw is None or raw != raw:  # noqa: PLR0124 - NaN
        return BLANK
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw < 0 or raw != raw // 1:
        return INVALID
    return parse(str(int(raw)))


def _parse_text(raw: str) -> Parsed:
    if is_blank(raw):
        return BLANK
    text = fold_width(raw)
    compact = text.replace(" ", "").replace("-", "")
    if _ID_NUMBER.fullmatch(compact):
        return Parsed(None, "swapped")
    if _SCIENTIFIC.fullmatch(compact):
        return Parsed(None, "precision_lost")
    if _MASKED.search(compact):
        return _PARTIAL
    numbers, rest = _split(text)
    digits_left = len(_digits(rest))
    if not numbers or (digits_left and len(numbers[0]) < 10):
        return INVALID
    return Parsed(numbers[0], "multiple" if len(numbers) > 1 or digits_left >= 5 else None)


def _split(text: str) -> tuple[tuple[str, ...], str]:
    """The different numbers in a folded text, and the text without them."""
    text = _NUMBER_AS_TEXT.sub(r"\1", text)
    found = list(_NUMBER.finditer(text))
    for one in reversed(found):
        text = text[: one.start()] + text[one.end() :]
    return tuple(dict.fromkeys(map(_canonical, found))), text


def _canonical(found: re.Match[str]) -> str:
    if found["area"]:
        extension = f"-{found['extension']}" if found["extension"] else ""
        return f"{found['area']}-{_digits(found['line'])}{extension}"
    return _digits(found["mobile"] or found["service"] or found["local"] or found["short"])


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))


def all_numbers(raw: Raw) -> tuple[str, ...]:
    """Every telephone number in a cell, in its order, each once."""
    if isinstance(raw, str):
        return _split(fold_width(raw))[0]
    number = parse(raw).value
    return (str(number),) if number else ()


def remedy(raw: Raw) -> str:
    """What is wrong with a number that could not be read, in one sentence."""
    digits = _digits(fold_width(str(raw)))
    if digits.startswith("1") and len(digits) == 10:
        return _("电话少一位，请改正")
    if digits.startswith("1") and len(digits) == 12:
        return _("电话多一位，请改正")
    return _("不是电话号码，请改正（手机11位，座机如0564-7356789）")
