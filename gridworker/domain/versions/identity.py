"""Who is who, derived from the whole set: natural keys, and decisions of persons, which beat them (versions.md §9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

from gridworker.domain.ids import Id
from gridworker.domain.ids import is_foreign as has_foreign_bit
from gridworker.domain.versions.claims import IsForeign, claims_by_group
from gridworker.domain.versions.entries import MISSING, Decision, Entry, GroupValue, Masked, Schema

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


def resolve(natives: Keys, rows: Keys, decisions: Iterable[Decision]) -> Identity:
    """Names and questions of a closed set of records: all that keys or decisions connect are in it."""
    known = {**natives, **rows}
    sets = _Sets({id: id for id in known})
    questions = _decide(sets, [one for one in decisions if one.a in known and one.b in known and one.a != one.b])
    loose = _join_rows(sets, natives, known, questions)
    _join_loose(sets, known, loose)
    return Identity(_names(sets, natives), frozenset(questions))


def _decide(sets: _Sets, decisions: list[Decision]) -> set[Id]:
    """Step 1: the decisions nobody has seen and overruled; apart beats same where both are left."""
    by_pair: dict[frozenset[Id], list[Decision]] = {}
    for one in decisions:
        by_pair.setdefault(frozenset((one.a, one.b)), []).append(one)
    questions: set[Id] = set()
    joins: list[Decision] = []
    for pair, some in by_pair.items():
        seen = {id for one in some for id in one.seen}
        left = [one for one in some if one.id not in seen]
        if any(not one.same for one in left):
            sets.keep_apart(*sorted(pair))
            if any(one.same for one in left):
                questions |= pair
        else:
            joins += sorted(left, key=lambda one: one.id)[:1]
    for one in sorted(joins, key=lambda one: one.id):
        if sets.may_join(one.a, one.b):
            sets.join(one.a, one.b)
        else:
            questions |= {one.a, one.b}
    return questions


def _join_rows(sets: _Sets, natives: Keys, known: Keys, questions: set[Id]) -> list[Id]:
    """Step 2: foreign rows to the one component of ours that shares a key; returns those that found none."""
    components = sets.components()
    of_ours = {root for root, members in components.items() if any(id in natives for id in members)}
    by_key: dict[str, set[Id]] = {}
    for root in of_ours:
        for id in components[root]:
            for key in known[id]:
                by_key.setdefault(key, set()).add(root)
    loose: list[Id] = []
    wanted: dict[Id, list[Id]] = {}
    for root, members in components.items():
        if root in of_ours:
            continue
        shared = {one for id in members for key in known[id] for one in by_key.get(key, ())}
        candidates = {one for one in shared if sets.may_join(root, one)}
        if len(candidates) == 1:
            wanted.setdefault(candidates.pop(), []).append(root)
        elif candidates:
            questions.add(min(members))
        else:
            loose.append(root)
    for target, some in wanted.items():
        _join_all(sets, target, some, questions)
    return loose


def _join_all(sets: _Sets, target: Id, some: list[Id], questions: set[Id]) -> None:
    """Join several to one at once; two that are apart from each other are both asked about."""
    rivals = {id for pair in combinations(some, 2) if not sets.may_join(*pair) for id in pair}
    questions |= rivals
    for one in some:
        if one not in rivals:
            sets.join(target, one)


def _join_loose(sets: _Sets, known: Keys, loose: list[Id]) -> None:
    """Step 3: rows that nobody of ours matches join each other by equal keys."""
    by_key: dict[str, Id] = {}
    members = sets.components()
    for root in sorted(loose):
        for key in sorted({key for id in members[root] for key in known[id]}):
            other = by_key.setdefault(key, root)
            if sets.may_join(root, other):
                sets.join(root, other)


def _names(sets: _Sets, natives: Keys) -> dict[Id, Id]:
    """Step 4: the smallest id of ours, else the smallest row."""
    names: dict[Id, Id] = {}
    for members in sets.components().values():
        own = [id for id in members if id in natives]
        name = min(own or members)
        names |= dict.fromkeys(members, name)
    return names


def keys_of(schema: Schema, entries: Iterable[Entry], is_foreign: IsForeign = has_foreign_bit) -> frozenset[str]:
    """The natural keys of a record: of every full value it ever had, current or former; never of masked ones."""
    values: dict[str, dict[GroupValue, None]] = {}
    for group, claims in claims_by_group(schema, entries, is_foreign).items():
        for claim in claims:
            if not any(isinstance(one, Masked) for one in claim.value) and claim.origin is None:
                values.setdefault(group, {})[tuple(None if one is MISSING else one for one in claim.value)] = None
    found: set[str] = set()
    for some in product(*values.values()):
        fields = {
            name: value
            for group, members in zip(values, some, strict=True)
            for name, value in zip(schema.members(group), members, strict=True)
        }
        found |= schema.keys(fields)
    return frozenset(found)
