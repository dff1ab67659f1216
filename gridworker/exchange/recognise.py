"""Which field each column of a foreign table holds: by heading, neighbours, subject of the sheet and values.

Nothing is guessed: what stays doubtful is told as unmapped, with why and perhaps a suggestion.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rapidfuzz import fuzz, process

from gridworker.domain.text.address import parse_address
from gridworker.exchange import headings
from gridworker.exchange.headings import ADDRESS, Meaning
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Heading
from gridworker.exchange.typing_values import is_silent, share

Doubt = Literal["", "unknown", "other_person", "other_values", "unclear", "twice", "serial"]

LEAST_SHARE: Final = 0.5
"""Below this share of cells that a field takes, its heading is not believed."""
_ALIKE: Final = 85.0
"""Likeness of headings, in percent, from which one is suggested."""
_OF_A_PERSON: Final = frozenset({"phone", "id_no", "gender", "birth", "relation"})
"""Fields that belong to the person named in the nearest column to the left."""
_PERSONS: Final = {
    "resident.name": "resident",
    "household.head": "household",
    "need.raised_by": "need",
    "schooling.child": "child",
    "worker.name": "worker",
}
_OF_CHILD: Final = {"phone": "need"}
_ROSTERS: Final = frozenset({"grid", "worker", "followup"})
"""Ledgers whose headings stand in everybody's tables; only a title makes a sheet theirs."""
_EVENTS: Final = frozenset({"visit", "need", "followup", "employment", "schooling", "medical"})
_BLOCKS: Final = frozenset({"employment", "schooling", "medical"})
_ABOUT: Final = {
    "visit": re.compile("走访|入户|敲门"),
    "need": re.compile("诉求|问题清单|销号|反映问题|民意|意见建议|信访"),
    "employment": re.compile("就业|求职|失业|务工|招工"),
    "schooling": re.compile("入学|上学|适龄儿童|转学|幼升小|报名"),
    "medical": re.compile("医疗|报销|医保|慢特病|就医"),
    "household": re.compile("住户|户籍|重点户|一户一档|家庭"),
    "resident": re.compile("居民信息|人口|家庭成员|花名册|重点人群"),
    "followup": re.compile("办理记录|跟踪办理|跟进"),
    "grid": re.compile("网格(?:基本)?(?:信息|情况|划分|一览|名册)"),
    "worker": re.compile("网格员(?:信息|名册|名单|花名册|基本|配备|一览)"),
}


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


def recognise(above: Mapping[int, Heading], samples: Mapping[int, Sequence[RawValue]], about: str) -> list[Column]:
    """What each column holds. `above`: headings by column; `about`: title, name of sheet and file."""
    table = _Table(above, samples, about)
    for columns in (table.things(), table.attributes()):
        for column in columns:
            table.choose(column)
    table.settle_twins()
    table.find_addresses()
    table.suggest()
    return list(table.columns.values())


class _Table:
    """The columns while they are being recognised."""

    def __init__(self, above: Mapping[int, Heading], samples: Mapping[int, Sequence[RawValue]], about: str) -> None:
        self._samples = samples
        self._rosters = {owner for owner in _ROSTERS if _ABOUT[owner].search(about)}
        self.columns = {number: Column(number, heading, doubt="unknown") for number, heading in above.items()}
        self._options = {column.number: self._believable(column) for column in self.columns.values()}
        self._scores = self._score(about)

    def _believable(self, column: Column) -> tuple[Meaning, ...]:
        """The meanings of a heading that its values do not belie."""
        known = headings.meanings(column.heading.group, column.heading.leaf) if column.heading.leaf else ()
        known = tuple(one for one in known if one.ledger not in _ROSTERS - self._rosters)
        samples = self._samples.get(column.number, ())
        found = tuple(one for one in known if share(one.field, samples) >= LEAST_SHARE)
        if known and not found:
            column.doubt = "other_values"
        if not found and headings.is_serial(column.heading.leaf):
            column.doubt = "serial"
        return found

    def _score(self, about: str) -> Counter[str]:
        """How much speaks for each subject: headings that only it has, and the title."""
        scores: Counter[str] = Counter()
        for column in self.columns.values():
            owners = {one.owner for one in self._options[column.number]}
            if len(owners) == 1 and not headings.is_generic(column.heading.group, column.heading.leaf):
                scores.update(owners)
        offered = {one.owner for options in self._options.values() for one in options}
        scores.update({owner: 2 for owner in offered if owner in _ABOUT and _ABOUT[owner].search(about)})
        return scores

    def _is_attribute(self, column: Column) -> bool:
        options = self._options[column.number]
        is_owned = headings.names_its_owner(column.heading.leaf) or (column.heading.group and len(options) == 1)
        return any(one.field.name in _OF_A_PERSON for one in options) and not is_owned

    def things(self) -> list[Column]:
        """The columns that need no neighbour to be understood."""
        return [column for column in self.columns.values() if not self._is_attribute(column)]

    def attributes(self) -> list[Column]:
        """The columns that belong to the person named beside them."""
        return [column for column in self.columns.values() if self._is_attribute(column)]

    def choose(self, column: Column) -> None:
        """Settle one column, or say why not."""
        options = [one for one in self._options[column.number] if self._scores[one.owner]]
        if not self._options[column.number]:
            return
        if self._is_attribute(column):
            options = self._of_person(column, options)
            if not options:
                column.doubt = "other_person"
                return
        best = self._main(options)
        if best is None:
            column.doubt = "serial" if headings.is_serial(column.heading.leaf) else "unclear"
            return
        column.meaning, column.doubt = best, ""
        believed = share(best.field, self._samples.get(column.number, ()))
        column.confidence = round(believed * (1.0 if best.is_label else 0.95), 2)

    def _of_person(self, column: Column, options: list[Meaning]) -> list[Meaning]:
        person = self._person_beside(column.number)
        has_members = any(one.meaning and one.meaning.column == "resident.name" for one in self.columns.values())
        found = []
        for one in options:
            name = one.field.name
            owner = {"resident": "resident", "household": "resident", "child": "resident"}.get(person, person)
            if name == "phone":
                owner = {"child": "need"}.get(person, person)
            if person == "household" and name != "phone" and (has_members or name == "relation"):
                continue
            if one.owner == owner or name not in _OF_A_PERSON or not person:
                found.append(one)
        return found

    def _person_beside(self, number: int) -> str:
        """Whose attribute a column holds: the nearest person to the left; `other` for one of no concern here."""
        for left in sorted((one for one in self.columns if one < number), reverse=True):
            column = self.columns[left]
            if column.meaning and column.meaning.column in _PERSONS:
                return _PERSONS[column.meaning.column]
            if headings.names_person(column.heading.leaf):
                return "other"
        return ""

    def _main(self, options: Sequence[Meaning]) -> Meaning | None:
        """The meaning that fits the subject best; None where two fit as well."""
        ranked = sorted(options, key=self._weight, reverse=True)
        if not ranked or (len(ranked) > 1 and self._weight(ranked[0]) == self._weight(ranked[1])):
            return None
        return ranked[0]

    def _weight(self, one: Meaning) -> tuple[bool, float]:
        return one.owner in _BLOCKS, self._scores[one.owner] + 0.5 * (one.owner in _EVENTS)

    def settle_twins(self) -> None:
        """A field stands in one column only; the first keeps it."""
        taken: set[str] = set()
        for column in self.columns.values():
            if column.meaning and column.meaning.column in taken:
                column.meaning, column.confidence, column.doubt = None, 0.0, "twice"
            elif column.meaning:
                taken.add(column.meaning.column)

    def find_addresses(self) -> None:
        """A whole address under the heading of its first or last part: 小区 金江西苑3栋2单元502, 门牌号 3-2-502."""
        taken = {column.meaning.column for column in self.columns.values() if column.meaning}
        if taken & {"household.building", "household.unit", ADDRESS}:
            return
        for column in self.columns.values():
            if column.meaning and column.meaning.column in {"household.estate", "household.room"}:
                told = [str(raw) for raw in self._samples.get(column.number, ()) if not is_silent(raw)]
                whole = [text for text in told if parse_address(text).building and parse_address(text).room]
                if told and len(whole) >= LEAST_SHARE * len(told):
                    column.meaning = headings.field_of(ADDRESS)

    def suggest(self) -> None:
        """The most alike heading for columns that stayed unknown; a hint for a person, never used by itself."""
        for column in self.columns.values():
            if column.doubt == "unknown" and column.heading.leaf:
                found = process.extractOne(
                    headings.fold(column.heading.leaf, with_brackets=False),
                    headings.every_heading().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE,
                )  # fmt: skip
                if found:
                    column.suggestion = headings.every_heading()[found[0]][0].column
                    column.confidence = round(found[1] / 100, 2)
