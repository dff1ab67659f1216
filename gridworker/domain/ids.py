"""Ids: 63-bit integers inside, 11 characters of base64url in workbooks and JSON (versions.md §10).

The lowest bit tells what is our own (0) from a reading of a foreign row (1).
"""

import base64
import hashlib
import secrets

Id = int
_MASK = (1 << 63) - 1


def random_id() -> Id:
    """A new id for a record, version, decision, tombstone, export or device."""
    return secrets.randbits(62) << 1 or 2


def hashed_id(*parts: str | int, foreign: bool = False) -> Id:
    """An id that any machine derives alike from the same parts."""
    text = "\x1f".join(str(part) for part in parts)
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") & _MASK
    return number | 1 if foreign else number & ~1


def is_foreign(number: Id) -> bool:
    """Whether this id names a foreign row or its reading."""
    return bool(number & 1)


def to_text(number: Id) -> str:
    """The id as it stands in workbooks and JSON."""
    return base64.urlsafe_b64encode(number.to_bytes(8, "big")).rstrip(b"=").decode()


def from_text(text: str) -> Id:
    """The id that a text names. Raises ValueError for anything else."""
    if len(text) != 11:
        raise ValueError(f"not an id: {text!r}")
    try:
        number = int.from_bytes(base64.b64decode(text + "=", altchars=b"-_", validate=True), "big")
    except ValueError as error:
        raise ValueError(f"not an id: {text!r}") from error
    if number > _MASK or to_text(number) != text:
        raise ValueError(f"not an id: {text!r}")
    return number
