"""Values that stand nowhere else: names, numbers, phones, texts, search words, passwords; known again in any file."""

import random
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from stdnum.cn import ric

_RARE: Final = "鑿巘灩癵籲鸛矗黌彠嚲鱻麤龘靐齉爩鬱爨纛蠲"
"""Signs that no word of the program has."""


@dataclass(slots=True)
class Marks:
    """What was planted, by value: where it went in."""

    seed: int = 1
    planted: dict[str, str] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _number: int = 0

    def __post_init__(self) -> None:
        self._names = ["".join(pair) for pair in product(_RARE, repeat=2)]
        random.Random(self.seed).shuffle(self._names)

    def name(self, where: str) -> str:
        """A name nobody has."""
        return self._keep("欧阳" + self._names.pop(), where)

    def phone(self, where: str) -> str:
        """A mobile number nobody has."""
        return self._keep(f"1990{self._next() * 7919 % 10_000_000:07d}", where)

    def id_number(self, where: str) -> str:
        """A valid number of a region nobody lives in."""
        body = f"9999991903{self._next() % 12 + 1:02d}11{self._number % 1000:03d}"
        return self._keep(body + ric.calc_check_digit(body), where)

    def text(self, where: str) -> str:
        """A sentence nobody wrote."""
        return self._keep(f"{self._names.pop()}说{self._names.pop()}漏水", where)

    def word(self, where: str) -> str:
        """What somebody types to look for something."""
        return self._keep(self._names.pop() + self._names.pop(), where)

    def password(self, where: str) -> str:
        """A password, right or wrong."""
        return self._keep(f"桂花{self._names.pop()}香{self._next()}", where)

    def keep(self, value: str, where: str) -> str:
        """A value that the program made itself, such as the recovery code."""
        return self._keep(value, where)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _keep(self, value: str, where: str) -> str:
        self.planted[value] = where
        return value
