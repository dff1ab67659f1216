"""Which field each column of a foreign table holds: by heading, neighbours, subject of the sheet and values.

Nothing is guessed: what stays doubtful is told as unmapped, with why and perhaps a suggestion.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from gridworker.domain.ledger import Kind
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.exchange import headings
from gridworker.exchange.anchors import ANCHORS, INHABITANTS, MET, OF_NOTHING, anchors
from gridworker.exchange.belief import ROOTED_SHARE, least, standing, told_apart
from gridworker.exchange.columns import Column
from gridworker.exchange.completed import completed
from gridworker.exchange.doors import find_addresses, find_door
from gridworker.exchange.headings import Meaning
from gridworker.exchange.model import RawValue
from gridworker.exchange.persons import (
    OWNER,
    OWNER_OF_PHONE,
    are_named,
    deed_of,
    is_called_like,
    is_doubtful_tag,
    is_phone_of,
    is_varied,
    person_column,
    person_named,
)
from gridworker.exchange.stems import Stems
from gridworker.exchange.structure import Heading
from gridworker.exchange.subjects import ABOUT, DAILY, DEGREES, DISABLED, OTHERS, called, event_of
from gridworker.exchange.suggesting import most_alike
from gridworker.exchange.telling_values import CODED, how_it_ended, told_by_values
from gridworker.exchange.typing_values import NAMES, counts, is_phrases, is_prose, is_silent, is_typed, likeness, share

_IDENTIFIED: Final = frozenset({"resident.id_no", "resident.gender", "resident.birth"})
_OF_A_PERSON: Final = frozenset({"phone", "id_no", "gender", "birth", "relation"})
"""Fields that belong to the person named in the nearest column to the left."""
_OF_WHO_ASKS: Final = frozenset({"raised_by", "phone"})
_WIDE_KINDS: Final = (Kind.TEXT, Kind.LONG)
_ROSTERS: Final = ("grid", "worker", "followup")
"""Ledgers whose headings stand in everybody's tables; only a title makes a sheet theirs. So are the community's."""
_EVENTS: Final = frozenset({"visit", "need", "followup", *ledger("need").blocks})
_BLOCKS: Final = frozenset(ledger("need").blocks)
_BESIDE: Final = ("resident", "visit", "need")
"""Subjects whose tables tell something of homes, too."""


def recognise(
    above: Mapping[int, Heading], samples: Mapping[int, Sequence[RawValue]], about: str, near: str = ""
) -> list[Column]:
    """What each column holds. `above`: headings by column; `about`: title, name of sheet and file.

    `near`: what of that stands right above; it tells whose the days are where all of it speaks of visits and needs.
    """
    table = _Table(above, samples, about, near)
    for columns in (table.things(), table.attributes()):
        for column in columns:
            table.choose(column)
    table.settle_twins()
    find_addresses(table.columns, table.told)
    find_door(table.columns)
    table.drop_unfounded()
    for column in table.columns.values():
        if column.doubt == "unknown" and not column.heading.group:
            column.suggestion, column.confidence = most_alike(column.heading.leaf, table.strange)
    return list(table.columns.values())


class _Table:
    """The columns while they are being recognised."""

    def __init__(
        self, above: Mapping[int, Heading], samples: Mapping[int, Sequence[RawValue]], about: str, near: str
    ) -> None:
        self.told = {one: [raw for raw in samples.get(one, ()) if not is_silent(raw)] for one in above}
        self._shares: dict[tuple[int, str], float] = {}
        self._lists_others = OTHERS.search(about) is not None
        community = {name: called(name) for name, of in ledgers().items() if of.area}
        rosters = {**{owner: ABOUT[owner] for owner in _ROSTERS}, **community}
        self._event = event_of(about) or event_of(near)
        self._stems = Stems((one.leaf for one in above.values()), about, self._event)
        every = " ".join(map(str, above.values()))
        self._grades_disabled = DISABLED.search(f"{about} {every}") is not None
        self._rosters = {owner for owner, pattern in rosters.items() if pattern.search(about)}
        self.strange = rosters.keys() - self._rosters
        self._community = [ledger(name) for name in community if name in self._rosters]
        self.columns = {number: Column(number, heading, doubt="unknown") for number, heading in above.items()}
        self._options = {column.number: self._believable(column) for column in self.columns.values()}
        self._find_person()
        self._scores = self._score(about)
        self._is_of_children = bool(self._scores["schooling"]) or self._asks_for_children()

    def _believable(self, column: Column) -> tuple[Meaning, ...]:
        """The meanings of a heading that its values do not belie."""
        if self._is_others(column):
            return ()
        above = (column.heading.group, column.heading.leaf)
        its_own = [one for of in self._community for one in headings.in_its_sheet(of, column.heading.leaf)]
        known = tuple(dict.fromkeys((*its_own, *self._familiar(headings.meanings(*above)))))
        rooted = self._familiar(headings.rooted(*above))
        known = known if self._is_borne_out(column, known) else rooted or known
        if not known and not headings.is_foreign(*above) and not headings.is_serial(column.heading.leaf):
            known = tuple(self._unlisted(column))
        told, shares = self.told[column.number], self._measured(column, known)
        says_little = bool(above[0]) and headings.is_generic("", above[1])
        found = tuple(one for one in known if shares[one.column] >= least(one, says_little=says_little))
        if not (is_prose(told) or (headings.asks_for_words(column.heading.leaf) and is_phrases(told))):
            found = tuple(
                one for one in found if not (one.by_root and one.field.kind is Kind.LONG and one.field.name != "note")
            )
        elif any(shares[one.column] == 1 and one.field.kind is Kind.LONG for one in found):
            found = tuple(one for one in found if shares[one.column] >= ROOTED_SHARE)
        if headings.is_serial(column.heading.leaf) and (not found or counts(told)):
            column.doubt = "serial"
            return ()
        if known and not found:
            column.doubt = "other_values"
        return found

    def _is_borne_out(self, column: Column, known: Sequence[Meaning]) -> bool:
        """Whether the values believe any meaning; words in the heading may tell a better one: 目前状态 of a need."""
        shares = self._measured(column, known)
        return any(shares[one.column] >= least(one) for one in known)

    def _measured(self, column: Column, known: Sequence[Meaning]) -> dict[str, float]:
        """By meaning: the share of its cells that it takes."""
        by_likeness = {likeness(one.field): one.field for one in known}
        found = {key: share(one, self.told[column.number]) for key, one in by_likeness.items()}
        shares = {one.column: found[likeness(one.field)] for one in known}
        self._shares |= {(column.number, name): share for name, share in shares.items()}
        return shares

    def _unlisted(self, column: Column) -> Sequence[Meaning]:
        """What a column of a heading in nobody's list may hold."""
        told = self.told[column.number]
        return (
            told_by_values(told, column.heading)
            or self._familiar(completed(column.heading.group, column.heading.leaf, told))
            or self._familiar(self._stemmed(column))
        )

    def _find_person(self) -> None:
        """Where no column names people by a word we know: the one that does."""
        if are_named(one for options in self._options.values() for one in options):
            return
        unknown = {
            number: (column.heading, self.told[number])
            for number, column in self.columns.items()
            if not self._options[number]
        }
        held = self._every()
        if found := person_column(unknown, self._event, is_told=bool(held & _IDENTIFIED)):
            self._options[found[0]] = tuple(self._familiar(headings.rooted_as([found[1]])))
            self._shares |= {(found[0], one.column): 1.0 for one in self._options[found[0]]}

    def _stemmed(self, column: Column) -> Sequence[Meaning]:
        """By a word shared with the title; whoever stands in nearly every row is nobody who asks."""
        found = headings.rooted_as(self._stems.headings(column.heading.leaf))
        if is_varied(self.told[column.number]):
            return found
        return [one for one in found if one.field.name not in _OF_WHO_ASKS]

    def _asks_for_children(self) -> bool:
        """Whether the rows are of children and what is asked for them, by whoever looks after them."""
        held = self._every()
        names = [one.heading.leaf for one in self.columns.values() if headings.names_child(one.heading.leaf)]
        return bool(names) and "need.content" in held and not held & {"need.raised_by", "household.head"}

    def _is_others(self, column: Column) -> bool:
        """Whether a heading means another thing for what stands beside it: a degree where disabilities are told."""
        return self._grades_disabled and headings.fold(column.heading.leaf) in DEGREES

    def _familiar(self, known: Sequence[Meaning]) -> tuple[Meaning, ...]:
        return tuple(one for one in known if one.ledger not in self.strange)

    def _score(self, about: str) -> Counter[str]:
        """How much speaks for each subject: headings that only it has, and a title that some heading bears out."""
        own: Counter[str] = Counter()
        vague: Counter[str] = Counter()
        rooted: Counter[str] = Counter()
        days: Counter[str] = Counter()
        for column in self.columns.values():
            owners = {one.owner for one in self._options[column.number]}
            if len(owners) == 1:
                is_rooted = owners <= _BLOCKS and any(one.by_root for one in self._options[column.number])
                is_vague = headings.is_generic(column.heading.group, column.heading.leaf) or self._is_prose(column)
                (rooted if is_rooted else vague if is_vague else own).update(owners)
            elif any(is_typed(one.field) for one in self._options[column.number]):
                days.update(owners & {*DAILY})
        for owner, pattern in ABOUT.items():
            told = vague[owner] + (days[owner] if vague[owner] else 0)
            if pattern.search(about) and (
                own[owner] or told > (owner not in _BLOCKS) or rooted[owner] or owner in self._rosters
            ):
                own[owner] += 2
        own.update(dict.fromkeys(self._rosters - ABOUT.keys(), 2))
        for block in _BLOCKS:
            own[block] += rooted[block] if rooted[block] > 1 else 0
        own["need"] += sum(own[block] for block in _BLOCKS)
        own["household"] += own["household"] == 0 and any(own[owner] or vague[owner] > 1 for owner in _BESIDE)
        return own

    def _is_prose(self, column: Column) -> bool:
        """Whether it may hold any text, by a word in its heading: such a column makes no sheet a list of visits."""
        options = self._options[column.number]
        return all(one.by_root and one.field.kind is Kind.LONG and one.owner == "visit" for one in options)

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
        if not self._options[column.number]:
            return
        options = [one for one in self._options[column.number] if self._is_there(one)] or self._second(column)
        options = [one for one in options if one.column != "resident.id_no" or self._is_whose(column)]
        is_guardians = headings.names_guardian(str(column.heading)) and not self._is_of_children
        if self._is_attribute(column) or is_guardians:
            found = self._of_person(column, options) or self._of_person(column, self._phones(column))
            options = [] if is_guardians else found
            if not options:
                column.doubt = "other_person"
                return
        options = self._of_steps(self._of_titled_event(column, options))
        options = told_apart(column, options, self._shares)
        best = self._same_deed(column, options) or self._main(options) or self._main(self._beside(column, options))
        told = self._telling(column, options)
        best = best if told in (None, best) else told if best is None else None
        if best is None or is_doubtful_tag(best, column.heading, self._every()):
            column.doubt = "serial" if headings.is_serial(column.heading.leaf) else "unclear"
            return
        column.meaning, column.doubt = best, ""
        believed = self._shares[column.number, best.column]
        column.confidence = round(believed * (1.0 if best.is_label else 0.8 if best.by_root else 0.95), 2)

    def _is_there(self, one: Meaning) -> bool:
        """Whether the sheet is about what a field is of; papers are handed in for a child's school, and for refunds."""
        return bool(self._scores[one.owner] or (one.column == "schooling.materials" and self._scores["medical"]))

    def _believed(self, column: Column, known: Sequence[Meaning]) -> list[Meaning]:
        """Of meanings that nobody thought of at first: those that the values bear out, of subjects that are there."""
        shares = self._measured(column, known)
        return [one for one in known if shares[one.column] >= least(one) and self._scores[one.owner]]

    def _same_deed(self, column: Column, options: Sequence[Meaning]) -> Meaning | None:
        """Who did what the days in another column are of: 检查人 beside 检查日期."""
        deed = deed_of(column.heading.leaf) if any(one.field.name == "worker" for one in options) else ""
        days = (one for one in self.columns.values() if deed and one.heading.leaf.startswith(deed))
        owners = {one.meaning.owner for one in days if one.meaning and is_typed(one.meaning.field)}
        found = [one for one in options if one.owner in owners]
        return found[0] if len(found) == 1 else None

    def _every(self) -> set[str]:
        """All that some column may hold."""
        return {one.column for options in self._options.values() for one in options}

    def _phones(self, column: Column) -> list[Meaning]:
        """Whoever's telephone, under a heading that calls them like the column before: 反映村民, 村民电话."""
        before = self.columns.get(column.number - 1)
        phones = [one for one in self._options[column.number] if one.field.name == "phone"]
        if not before or not phones or not is_phone_of(column.heading.leaf, before.heading.leaf):
            return []
        believed = self._shares[column.number, phones[0].column]
        every = headings.rooted_as(["联系电话"])
        self._shares |= {(column.number, one.column): believed for one in every}
        return [one for one in every if self._scores[one.owner]]

    def _second(self, column: Column) -> list[Meaning]:
        """What else a heading may mean that is known from sheets about something else alone: 困难类别 of residents."""
        above = (column.heading.group, column.heading.leaf)
        if column.doubt != "unknown" or headings.is_foreign(*above):
            return []
        rooted = self._familiar(headings.rooted("", "".join(above)) if above[0] else ())
        rooted = rooted or (() if headings.is_generic(*above) else self._familiar(headings.rooted(*above)))
        known = rooted or told_by_values(self.told[column.number], column.heading)
        return self._believed(column, known)

    def _of_titled_event(self, column: Column, options: list[Meaning]) -> list[Meaning]:
        """A heading as general as 日期 speaks of what the title does, however many columns tell of needs as well."""
        if not self._event or not headings.is_generic(column.heading.group, column.heading.leaf):
            return options
        if all(one.owner != self._event for one in options):
            return options
        return [one for one in options if one.owner not in DAILY or one.owner == self._event]

    def _of_steps(self, options: list[Meaning]) -> list[Meaning]:
        """In a sheet of steps a heading that could be of a need as well, 措施 or 计划日期, is of the step."""
        steps = [one for one in options if one.owner == "followup"] if "followup" in self._rosters else []
        return steps or options

    def _telling(self, column: Column, options: Sequence[Meaning]) -> Meaning | None:
        """Of fields with a list of words, the only one whose list knows every word below."""
        coded = [one for one in options if one.field.kind in CODED]
        full = [one for one in coded if self._shares[column.number, one.column] == 1]
        return full[0] if len(full) == 1 and len(coded) == len(options) else None

    def _is_whose(self, column: Column) -> bool:
        """Whether an ID number is of the person kept: the head's only where no member of the household is."""
        if not headings.names_head(str(column.heading)):
            return True
        has_members = any(one.column == "resident.name" for options in self._options.values() for one in options)
        return self._person_beside(column.number) == "household" and not has_members

    def _beside(self, column: Column, options: Sequence[Meaning]) -> list[Meaning]:
        """Of meanings that fit as well: the person's named before, 类别 after 姓名; a note's own group tells more."""
        person = self._person_beside(column.number)
        is_note = not column.heading.group
        told = (one for one in options if one.field.kind in CODED or (is_note and one.field.name == "note"))
        return [one for one in told if one.owner == person]

    def _of_person(self, column: Column, options: list[Meaning]) -> list[Meaning]:
        """The options that belong to whom the nearest column to the left names."""
        person = self._person_beside(column.number)
        has_members = any(one.meaning and one.meaning.column == "resident.name" for one in self.columns.values())
        found = []
        for one in options:
            name = one.field.name
            if person == "household" and name != "phone" and (has_members or name == "relation"):
                continue
            owner = OWNER_OF_PHONE.get(person, person) if name == "phone" else OWNER.get(person, person)
            if one.owner == owner or name not in _OF_A_PERSON or not person:
                found.append(one)
        nobody_asked = not person and "need.raised_by" not in self._every()
        return [one for one in found if not (nobody_asked and one.column == "need.phone" and self._event == "visit")]

    def _person_beside(self, number: int) -> str:
        """Whose attribute a column holds: the nearest person to the left; `other` for one of no concern here."""
        before = sorted((one for one in self.columns if one < number), reverse=True)
        for left in sorted(before, key=lambda one: not is_called_like(self.columns[number], self.columns[one])):
            column = self.columns[left]
            if column.meaning and (person := person_named(column.meaning)):
                return person
            is_thing = column.meaning and column.meaning.field.name not in NAMES
            if headings.names_person(column.heading.leaf) and not is_thing:
                speaks_for_child = self._is_of_children and headings.names_guardian(str(column.heading))
                return "guardian" if speaks_for_child else "other"
        return ""

    def _main(self, options: Sequence[Meaning]) -> Meaning | None:
        """The meaning that fits the subject best; None where two fit as well."""
        ranked = sorted(options, key=self._weight, reverse=True)
        if not ranked or (len(ranked) > 1 and self._weight(ranked[0]) == self._weight(ranked[1])):
            return None
        return ranked[0]

    def _weight(self, one: Meaning) -> tuple[bool, float, int]:
        """Within one subject what takes fewer values is believed before what takes any."""
        about = self._scores[one.owner] + 0.5 * (one.owner in _EVENTS)
        return one.owner in _BLOCKS, about, -_WIDE_KINDS.index(one.field.kind) if one.field.kind in _WIDE_KINDS else 1

    def settle_twins(self) -> None:
        """A field stands in one column only: in the filled one, then the one known by its heading, then the first."""
        taken: set[str] = set()
        again: list[tuple[Column, Meaning]] = []
        for column in sorted(
            self.columns.values(),
            key=lambda one: standing(one, filled=bool(self.told[one.number])),
        ):
            if column.meaning and column.meaning.column in taken:
                again.append((column, column.meaning))
                column.meaning, column.confidence, column.doubt = None, 0.0, "twice"
            elif column.meaning:
                taken.add(column.meaning.column)
        for column, before in again:
            if found := how_it_ended(before, self.told[column.number], taken):
                column.meaning, column.confidence, column.doubt = found, ROOTED_SHARE, ""
                taken.add(found.column)

    def drop_unfounded(self) -> None:
        """Columns count only beside those that make a record: 小区 and 楼栋 of a list of captains are no household."""
        meant = [column.meaning for column in self.columns.values() if column.meaning]
        held = {one.column for one in meant}
        lists_others = self._lists_others and not held & (ANCHORS["household"] | {"resident.id_no"})
        says_nothing = held <= OF_NOTHING or all(one.field.kind in CODED for one in meant)
        for column in self.columns.values():
            owner = column.meaning.owner if column.meaning else ""
            is_founded = anchors(owner, held) & held or (owner == "need" and self._has_block(held))
            is_founded = is_founded or (column.is_place and bool(INHABITANTS & held))
            if owner == "visit" and held & ANCHORS["visit"] == MET:
                is_founded = self._scores["visit"] > 1 or ABOUT["visit"].search(str(column.heading)) is not None
            if column.meaning and (says_nothing or not is_founded or (owner == "resident" and lists_others)):
                column.meaning, column.confidence, column.doubt = None, 0.0, "unclear"

    @staticmethod
    def _has_block(held: set[str]) -> bool:
        return any(name.partition(".")[0] in _BLOCKS for name in held)
