"""Who is who, derived from the whole set: natural keys, and decisions of persons, which beat them (versions.md §9)."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ids import is_foreign as has_foreign_bit
from gridworker.domain.versions.claims import Claim, IsForeign, as_fill, best_values, claims_by_group, is_full
from gridworker.domain.versions.entries import Decision, Entry, Schema, Statement, Value, Version

_NO_KEYS: Final[frozenset[str]] = frozenset()
_NO_ROOTS: Final[frozenset[Id]] = frozenset()
Keys = Mapping[Id, frozenset[str]]


@dataclass(slots=True)
class Identity:
    """By record: the record it is called by; and the records that a person has to be asked about."""

    names: dict[Id, Id]
    questions: frozenset[Id]


@dataclass(slots=True)
class _Sets:
    """Components of records, with pairs that must stay apart."""

    parent: dict[Id, Id]
    apart: dict[Id, set[Id]] = field(default_factory=dict)

    def find(self, id: Id) -> Id:
        while self.parent[id] != id:
            self.parent[id] = self.parent[self.parent[id]]
            id = self.parent[id]
        return id

    def keep_apart(self, one: Id, other: Id) -> None:
        self.apart.setdefault(self.find(one), set()).add(other)
        self.apart.setdefault(self.find(other), set()).add(one)

    def may_join(self, one: Id, other: Id) -> bool:
        """Whether no apart pair would come together."""
        first, second = self.find(one), self.find(other)
        return first == second or not any(self.find(far) == second for far in self.apart.get(first, ()))

    def join(self, one: Id, other: Id) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self.parent[second] = first
            self.apart.setdefault(first, set()).update(self.apart.pop(second, ()))

    def components(self) -> dict[Id, list[Id]]:
        found: dict[Id, list[Id]] = {}
        for id in self.parent:
            found.setdefault(self.find(id), []).append(id)
        return found


def makes_native(entry: Entry, is_foreign: IsForeign = has_foreign_bit) -> bool:
    """Whether an entry makes its record one of ours; a cell that only shows what foreign rows filled does not.

    Else a masked book that comes home would make two households of two lists that had found each other.
    """
    if isinstance(entry, Statement):
        return not all(is_foreign(id) for cell in entry.cells.values() for id in cell.of)
    return isinstance(entry, Version)


def resolve(natives: Keys, rows: Keys, decisions: Iterable[Decision]) -> Identity:
    """Names and questions of a closed set of records: all that keys or decisions connect with it are in it.

    A native is a record of ours (`makes_native`); a row is a foreign one. Decisions on others wait for them.
    """
    known = {**natives, **rows}
    sets = _Sets({id: id for id in known})
    questions = _decide(sets, [one for one in decisions if one.a in known and one.b in known and one.a != one.b])
    loose = _join_rows(sets, natives, known, questions)
    _join_loose(sets, known, loose)
    return Identity(_names(sets, natives), frozenset(questions))


def _decide(sets: _Sets, decisions: Iterable[Decision]) -> set[Id]:
    """Step 1: the decisions nobody has seen and overruled; apart beats same where both are left."""
    by_pair: dict[frozenset[Id], list[Decision]] = {}
    for one in decisions:
        by_pair.setdefault(frozenset((one.a, one.b)), []).append(one)
    questions: set[Id] = set()
    joins: list[Decision] = []
    for pair, some in by_pair.items():
        seen = {id for one in some for id in one.seen}
        same = [one for one in some if one.id not in seen and one.same]
        if any(one.id not in seen and not one.same for one in some):
            sets.keep_apart(*pair)
            questions |= pair if same else set()
        else:
            joins += same
    for one in sorted(joins, key=lambda one: one.id):
        if sets.may_join(one.a, one.b):
            sets.join(one.a, one.b)
        else:
            questions |= {one.a, one.b}
    return questions


def _join_rows(sets: _Sets, natives: Keys, known: Keys, questions: set[Id]) -> list[Id]:
    """Step 2: foreign rows to the one component of ours that shares a key; returns those that found none."""
    components = sets.components()
    ours = {root: members for root, members in components.items() if any(id in natives for id in members)}
    by_key: dict[str, set[Id]] = {}
    for root, members in ours.items():
        for key in _keys(members, known):
            by_key.setdefault(key, set()).add(root)
    loose: list[Id] = []
    wanted: dict[Id, list[Id]] = {}
    for root in components.keys() - ours.keys():
        sharing = _NO_ROOTS.union(*(by_key.get(key, ()) for key in _keys(components[root], known)))
        candidates = [one for one in sharing if sets.may_join(root, one)]
        if len(candidates) == 1:
            wanted.setdefault(candidates[0], []).append(root)
        elif candidates:
            questions.add(root)
        else:
            loose.append(root)
    for target, some in wanted.items():
        _join_all(sets, target, some, questions)
    return loose


def _keys(members: Iterable[Id], known: Keys) -> frozenset[str]:
    return _NO_KEYS.union(*(known[id] for id in members))


def _join_all(sets: _Sets, target: Id, some: Iterable[Id], questions: set[Id]) -> None:
    """Join several to one at once; two that are apart from each other are both asked about."""
    guarded = [one for one in some if one in sets.apart]
    rivals = {id for pair in combinations(guarded, 2) if not sets.may_join(*pair) for id in pair}
    questions |= rivals
    for one in some:
        if one not in rivals:
            sets.join(target, one)


def _join_loose(sets: _Sets, known: Keys, loose: Iterable[Id]) -> None:
    """Step 3: rows that nobody of ours matches join each other by equal keys, in the order of their ids."""
    members = sets.components()
    by_key: dict[str, list[Id]] = {}
    for root in sorted(loose):
        for key in sorted(_keys(members[root], known)):
            before = by_key.setdefault(key, [])
            for other in before:
                if sets.may_join(root, other):
                    sets.join(root, other)
            if all(sets.find(root) != sets.find(other) for other in before):
                before.append(root)


def _names(sets: _Sets, natives: Keys) -> dict[Id, Id]:
    """Step 4: the smallest id of ours, else the smallest row."""
    names: dict[Id, Id] = {}
    for members in sets.components().values():
        own = [id for id in members if id in natives]
        name = min(own or members)
        names |= dict.fromkeys(members, name)
    return names


def keys_of(schema: Schema, entries: Iterable[Entry], is_foreign: IsForeign = has_foreign_bit) -> frozenset[str]:
    """The natural keys of a record: of every full value it has or had; never of masked or partly known ones."""
    groups = claims_by_group(schema, entries, is_foreign)
    known = [_full_values(schema, group, groups[group]) for group in sorted(schema.key_groups() & groups.keys())]
    return _NO_KEYS.union(*(schema.keys(dict(ChainMap(*some))) for some in product(*filter(None, known))))


def _full_values(schema: Schema, group: str, claims: Sequence[Claim]) -> list[dict[str, Value]]:
    """The different full values of a group; what a foreign row leaves out is blank."""
    own = best_values(claim for claim in claims if claim.own)
    foreign = best_values(claim for claim in claims if not claim.own)
    values = {*own.values(), *(as_fill(value) for value in foreign.values())}
    return [dict(zip(schema.members(group), value, strict=True)) for value in values if is_full(value)]
