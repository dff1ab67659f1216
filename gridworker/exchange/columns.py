"""A column of a foreign table and what was made of it."""

from dataclasses import dataclass, field
from typing import Literal

from gridworker.exchange.anchors import PLACES
from gridworker.exchange.headings import Meaning
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Heading

Doubt = Literal["", "unknown", "other_person", "other_values", "unclear", "twice", "serial"]


@dataclass(slots=True)
class Column:
    """One column of a table and what was made of it."""

    number: int
    heading: Heading
    meaning: Meaning | None = None
    confidence: float = 0.0
    """Of the meaning, or of the suggestion: 0 to 1."""
    doubt: Doubt = ""
    suggestion: str = ""
    samples: list[RawValue] = field(default_factory=list)
    name: str = ""
    """How a mapping names it, its letter in most sheets."""
    heading_at: str = ""
    """The cell of its heading, where it shares its cells with another column."""
    block: int = 0
    """Of several persons in one row: whose column it is; 0 for the row's own."""
    ticks: str = ""
    """Of columns to be ticked: the heading over all of them."""

    @property
    def is_place(self) -> bool:
        """Whether it holds a part of an address that many households share."""
        return self.meaning is not None and self.meaning.column in PLACES
