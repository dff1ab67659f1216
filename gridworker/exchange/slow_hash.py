"""The hash of a password that opens a locked workbook: slow on purpose, a hundred thousand rounds of it."""

from functools import cache, lru_cache
from typing import Final

_DERIVE: Final = "_derive_iterated_hash_from_password"
_FILES: Final = 256
"""A township's week twice over: what was looked at is soon taken."""


@cache
def remember() -> None:
    """Take it once for a file: the library takes it to check the password, again for the key, again at each reading."""
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    setattr(ECMA376Agile, _DERIVE, staticmethod(lru_cache(_FILES)(getattr(ECMA376Agile, _DERIVE))))
