"""A random sample that comes out the same everywhere: the same seed and the same records choose the same ones."""

import hashlib
from collections.abc import Iterable

from gridworker.domain.ids import Id, to_text


def sample(seed: str, records: Iterable[Id], count: int) -> list[Id]:
    """So many records, in the order in which they were drawn; all of them where there are no more.

    Each record's place is a hash of seed and id: no order of reading, no machine and no library can change it, and a
    record that comes in later pushes at most one out.
    """
    return sorted(set(records), key=lambda id: (_lot(seed, id), id))[: max(0, count)]


def _lot(seed: str, id: Id) -> bytes:
    return hashlib.blake2b(f"{seed.strip()}/{to_text(id)}".encode(), digest_size=16).digest()
