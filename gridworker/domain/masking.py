"""What a masked file shows in place of a value (design §5): by class, and inside free text."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from gridworker.domain.ledger import Field, Kind, Ledger, Mask, Privacy
from gridworker.domain.text.names import surname
from gridworker.domain.versions.entries import MISSING, Masked, Value

HIDDEN: Final = "***"
_LONG_NUMBER: Final = re.compile(
    r"(?<![0-9])(?:[0-9]{7,}[Xx]?|1[0-9]{2}[ -][0-9]{4}[ -]?[0-9]{4}"
    r"|0[0-9]{2,3}-[0-9]{7,8}|[0-9]{6} [0-9]{8} ?[0-9]{3}[0-9Xx])"
)
"""Phones and ID numbers as people write them; 2026-11-03 and amounts are none."""
_SENSITIVE_KINDS: Final = frozenset({"N03", "N06", "N18"})


def mask_name(text: str) -> str:
    """张三 → 张*."""
    return surname(text) + "*"


def mask_phone(text: str) -> str:
    """13812345678 → 138****5678; a land line keeps its area code only."""
    if len(text) == 11 and text.isdigit():
        return f"{text[:3]}****{text[-4:]}"
    head, dash, _tail = text.partition("-")
    return f"{head}-****" if dash else "****"


def mask_text(text: str, known_names: Iterable[str] = ()) -> str:
    """Free text without phones, ID numbers and the names known in its household."""
    for name in sorted(known_names, key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, mask_name(name))
    return _LONG_NUMBER.sub(lambda found: "*" * 4, text)


def is_sensitive_row(ledger: Ledger, values: Mapping[str, Value]) -> bool:
    """Whether the free texts of this record are sensitive: medical, disability and mental needs, and children's."""
    return ledger.name == "need" and (values.get("kind") in _SENSITIVE_KINDS or bool(values.get("child")))


def masked(field: Field, value: Value, known_names: Iterable[str] = (), *, sensitive: bool = False) -> Value:
    """The value as a masked file shows it; `Masked` where anything was taken away."""
    if value is None or value is MISSING or isinstance(value, Masked) or field.privacy is Privacy.PLAIN:
        return value
    if field.privacy is not Privacy.PERSONAL:
        return Masked("")
    text = str(value)
    shown = _MASKS[field.mask](text) if field.mask in _MASKS else mask_text(text, known_names)
    if sensitive and field.kind in {Kind.LONG, Kind.TEXT} and field.mask is Mask.TEXT:
        shown = HIDDEN
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
