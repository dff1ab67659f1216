"""What a masked file shows in place of a value (design §5): by class, and inside free text."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from gridworker.domain.ledger import Field, Kind, Ledger, Mask, Privacy
from gridworker.domain.text.names import surname
from gridworker.domain.versions.entries import MISSING, Masked, Value

HIDDEN: Final = "***"
CHILD_UNTIL: Final = 14
"""Years below which everything about a person is sensitive (PIPL art. 28)."""
_RUN: Final = re.compile(r"[0-9０-９](?:[ .·\-－\u3000]{0,2}[0-9０-９]){5,}[Xx]?")
"""Digits as people write phones and ID numbers: in any grouping, half or full width."""
_DAY: Final = re.compile(r"(?:19|20)[0-9]{2}[.\-][0-9]{1,2}[.\-][0-9]{1,2}(?![0-9])")
_NUMBER: Final = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{6}(?:19|20)[0-9]{9}[0-9Xx])(?![0-9])")
"""A mobile or an ID number beyond doubt."""
_AMOUNT: Final = re.compile(r"[0-9]{1,8}\.[0-9]{1,2}")
_BETWEEN: Final = re.compile(r"[、，,；;\n（(]")
_EACH: Final = re.compile(r"[^、，,；;\n]+")
_ASIDE: Final = re.compile(r"[（(][^）)]*[）)]?")
"""What stands in brackets behind a name: why somebody stayed away, whose daughter she is."""
_LEAST_DIGITS: Final = 7
_DOORS: Final = frozenset({"household", "resident"})
"""Ledgers that a reference names in words, as address and name, while the record is not known."""
SENSITIVE_KINDS: Final = frozenset({"N03", "N06", "N18"})


_WORDS_FOR_PEOPLE: Final = "本人 户主 家属 邻居 居民 业主 租户 群众 匿名 不详 未知 网格员 同上 全家"
_NO_NAMES: Final = frozenset(_WORDS_FOR_PEOPLE.split())
"""What stands in the place of a name and is none."""
_LONGEST: Final = 12
_CERTAIN: Final = 3
"""Signs of a name that is hardly ever a word of its own."""
_PLACES: Final = frozenset({"estate", "building", "unit", "room", "code", "number", "credit_code", "paper_no"})


class Crowd:
    """The names of everybody known somewhere, looked for in a text all at once."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        wanted = (name for name in names if 1 < len(name) <= _LONGEST and "*" not in name)
        self._names = frozenset(wanted) - _NO_NAMES
        self._firsts = frozenset(name[0] for name in self._names)
        self._sizes = sorted({len(name) for name in self._names}, reverse=True)

    def mask(self, text: str, least: int = 2) -> str:
        """The text with each of these names masked that has at least so many signs."""
        parts, place = [], 0
        while self._names and place < len(text):
            found = self._at(text, place, least) if text[place] in self._firsts else ""
            parts.append(mask_name(found) if found else text[place])
            place += len(found) or 1
        return "".join(parts) if self._names else text

    def _at(self, text: str, place: int, least: int) -> str:
        some = (text[place : place + size] for size in self._sizes if size >= least)
        return next((one for one in some if one in self._names), "")


NOBODY: Final = Crowd()


def mask_name(text: str) -> str:
    """张三 → 张*; of several people each: 张三、李四（生病） → 张*、李*."""
    if _BETWEEN.search(text):
        return _EACH.sub(lambda found: mask_name(found[0]), _ASIDE.sub("", text))
    return surname(text) + "*"


def mask_phone(text: str) -> str:
    """13812345678 → 138****5678; a land line keeps its area code only."""
    if len(text) == 11 and text.isdigit():
        return f"{text[:3]}****{text[-4:]}"
    head, dash, _tail = text.partition("-")
    return f"{head}-****" if dash else "****"


def mask_text(text: str, known_names: Iterable[str] = (), crowd: Crowd = NOBODY) -> str:
    """Free text without phones, ID numbers, the names known in its household and those of everybody around."""
    for name in sorted(known_names, key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, mask_name(name))
    return _RUN.sub(_mask_run, crowd.mask(text))


def mask_words(text: str, crowd: Crowd) -> str:
    """Words that are nobody's: without mobile and ID numbers, and without names that cannot be words."""
    return _NUMBER.sub("****", crowd.mask(text, _CERTAIN))


def _mask_run(found: re.Match[str]) -> str:
    """A run of digits without the numbers of persons; days and amounts are none."""
    text = found[0]
    day = _DAY.match(text)
    if day:
        return day[0] + _RUN.sub(_mask_run, text[day.end() :])
    digits = sum(sign.isdigit() for sign in text)
    return text if digits < _LEAST_DIGITS or _AMOUNT.fullmatch(text) else "****"


def is_sensitive_row(ledger: Ledger, values: Mapping[str, Value]) -> bool:
    """Whether the free texts of this record are sensitive: medical, disability and mental needs, and children's."""
    return ledger.name == "need" and (values.get("kind") in SENSITIVE_KINDS or bool(values.get("child")))


def masked(
    field: Field, value: Value, known_names: Iterable[str] = (), *, sensitive: bool = False, crowd: Crowd = NOBODY
) -> Value:
    """The value as a masked file shows it; `Masked` where anything was taken away."""
    if field.kind is Kind.REF and isinstance(value, str) and field.of in _DOORS:
        return Masked(HIDDEN)
    if value is None or value is MISSING or isinstance(value, Masked):
        return value
    if field.privacy is Privacy.PLAIN:
        return _plain(field, value, crowd)
    if field.privacy is not Privacy.PERSONAL:
        return Masked("")
    text = str(value)
    shown = _MASKS[field.mask](text) if field.mask in _MASKS else mask_text(text, known_names, crowd)
    if sensitive and field.kind in {Kind.LONG, Kind.TEXT} and field.mask is Mask.TEXT:
        shown = HIDDEN
    return value if shown == text else Masked(shown)


def _plain(field: Field, value: Value, crowd: Crowd) -> Value:
    """What anybody may read may still name somebody: the title of a topic, a payee."""
    if field.kind not in {Kind.TEXT, Kind.LONG} or field.name in _PLACES:
        return value
    text = str(value)
    shown = mask_words(text, crowd)
    return value if shown == text else Masked(shown)


def _mask_room(_text: str) -> str:
    return "**"


def _mask_birth(text: str) -> str:
    return f"{text[:4]}-**-**"


_MASKS: Final[Mapping[Mask, Callable[[str], str]]] = {
    Mask.NAME: mask_name,
    Mask.PHONE: mask_phone,
    Mask.ROOM: _mask_room,
    Mask.BIRTH: _mask_birth,
}
