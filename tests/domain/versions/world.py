"""A small world: stores edit one record, hand each other books, edit books, take imports back, restore backups.

It keeps apart what a store can know (its entries) from what really happened (`real`, `truth`), for the laws to compare.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from gridworker.domain.versions.claims import claims_by_group
from gridworker.domain.versions.entries import MISSING, Cell, Entry, GroupValue, Masked, Statement, Value, Version
from gridworker.domain.versions.fold import GroupState, fold
from gridworker.domain.versions.writing import cell_for, split_by_seen
from tests.domain.versions.cases import SCHEMA, is_foreign

RECORD = "r"
FIELDS: Mapping[str, Sequence[Value]] = {
    "phone": ("13812340001", "13912340002", None),
    "note": ("a", "b", "c"),
    "reply": ("好", "不", None),
    "id_no": ("A", "B", "C"),
    "building": ("3", "4", "5"),
    "room": ("502", "503", "101"),
}
LEFT_OUT_MASKED = frozenset({"identity"})
PRIVATE = frozenset({"phone", "identity", "address"})
States = Mapping[str, GroupState]
Action = tuple[str, int, int, int]
ACTS = (
    *["edit"] * 4, "export", "export masked", "export encrypted", *["import"] * 5,
    "type", "type", "undo", "backup", "restore",
)  # fmt: skip


def masked_cell(group: str, cell: Cell) -> Cell:
    """The cell as a masked book shows it."""
    value = cell.value
    if group == "phone" and isinstance(value[0], str):
        value = (Masked(value[0][:3] + "****" + value[0][-4:]),)
    if group == "address" and isinstance(value[-1], str):
        value = (*value[:-1], Masked("**"))
    return replace(cell, value=value)


@dataclass(eq=False)
class Book:
    """A workbook with one row: its cells, what was typed into it, and the versions inside an encrypted one."""

    export: str
    cells: Mapping[str, Cell]
    held: frozenset[Any]
    """What somebody who types into a cell that nobody ever set has seen."""
    truth: Mapping[str, frozenset[Any]]
    """By group shown: the versions its maker truly had."""
    inside: tuple[Version, ...] = ()
    typed: tuple[Version, ...] = ()

    def entries(self) -> list[Entry]:
        return [Statement(RECORD, self.cells), *self.inside, *self.typed]


@dataclass(eq=False)
class Store:
    """A device: what was made here, and the books read, each taking part or withdrawn."""

    side: Any
    made: list[Version] = field(default_factory=list)
    books: dict[Book, bool] = field(default_factory=dict)

    def taking_part(self) -> list[Book]:
        return [book for book, counts in self.books.items() if counts]

    def entries(self) -> list[Entry]:
        return [*self.made, *(entry for book in self.taking_part() for entry in book.entries())]

    def versions(self) -> dict[Any, Version]:
        return {one.id: one for one in self.entries() if isinstance(one, Version)}

    def states(self) -> dict[str, GroupState]:
        return fold(SCHEMA, self.entries(), is_foreign)

    def truth(self, group: str) -> frozenset[Any]:
        """The versions of a group that this store or its sources truly had."""
        own = {id for id, one in self.versions().items() if group in map(SCHEMA.group_of, one.patch)}
        return frozenset(own).union(*(book.truth.get(group, ()) for book in self.taking_part()))


@dataclass
class World:
    """Three stores; `distort` plants a fault into what writers go by."""

    distort: Callable[[States], States] = lambda states: states
    stores: list[Store] = field(default_factory=lambda: [Store("worker"), Store("worker"), Store("township")])
    exports: list[Book] = field(default_factory=list)
    versions: dict[Any, Version] = field(default_factory=dict)
    real: dict[Any, dict[str, GroupValue]] = field(default_factory=dict)
    """By version and group: the value as its author's store had it, whoever may see it."""
    backups: dict[Store, tuple[list[Version], dict[Book, bool]]] = field(default_factory=dict)

    def play(self, actions: Iterable[Action], fields: Sequence[str] = tuple(FIELDS)) -> "World":
        """Let everything happen in turn, on these fields only: the fewer, the more they meet."""
        for act, who, what, value in actions:
            store = self.stores[who % len(self.stores)]
            name = fields[what % len(fields)]
            if act == "edit":
                self.edit(store, name, FIELDS[name][value % 3])
            elif act.startswith("export"):
                self.export(store, masked=act.endswith("masked"), inside=act.endswith("encrypted"))
            elif act in ("backup", "restore"):
                self.back_up_or_restore(store, restore=act == "restore")
            elif self.exports:
                self._use(self.exports[-1 - value % min(len(self.exports), 5)], act, store, name, value)
        return self

    def _use(self, book: Book, act: str, store: Store, name: str, value: int) -> None:
        if act == "type":
            self.type_into(book, name, FIELDS[name][value // 5 % 3])
        elif act == "undo" and book in store.books:
            store.books[book] = False
        elif act == "import":
            store.books[book] = True

    def edit(self, store: Store, name: str, value: Value) -> Version:
        """Somebody saves one field in a store's window."""
        states = self.distort(store.states())
        state = states.get(SCHEMA.group_of(name))
        patch, origin = self._patch(name, value, state.shown if state else None, state.of if state else frozenset())
        ((part, seen),) = split_by_seen(SCHEMA, states, patch)
        version = self._version(f"{len(self.versions) * 7919 % 10007:05}", store.side, seen, part, origin)
        store.made.append(version)
        return version

    def export(self, store: Store, *, masked: bool, inside: bool) -> Book:
        """A store hands out a workbook."""
        states = self.distort(store.states())
        cells = {group: cell_for(state) for group, state in states.items()}
        cells = {group: replace(cell, value=tuple(map(as_shown, cell.value))) for group, cell in cells.items()}
        if masked:
            cells = {group: masked_cell(group, cell) for group, cell in cells.items() if group not in LEFT_OUT_MASKED}
        truth = {group: store.truth(group) for group in cells}
        held = next((state.held for state in states.values()), frozenset())
        versions = tuple(store.versions().values()) if inside and not masked else ()
        self.exports.append(Book(f"b{len(self.exports)}", cells, held, truth, versions))
        return self.exports[-1]

    def type_into(self, book: Book, name: str, value: Value) -> Book | None:
        """Somebody edits a cell of a copy of a workbook."""
        group = SCHEMA.group_of(name)
        cell = book.cells.get(group)
        if any(SCHEMA.group_of(one) == group for version in book.typed for one in version.patch):
            return None
        patch, origin = self._patch(name, value, cell.value if cell else None, cell.of if cell else frozenset())
        kind = f"{value}" if group not in PRIVATE else f"file{len(self.versions)}"
        seen = cell.of | cell.over if cell else book.held
        version = self._version(f"e{book.export}{group}{kind}", "book", seen, patch, origin)
        cells = {one: other for one, other in book.cells.items() if one != group}
        truth = {one: some for one, some in book.truth.items() if one in cells}
        self.exports.append(replace(book, cells=cells, truth=truth, typed=(*book.typed, version)))
        return self.exports[-1]

    def back_up_or_restore(self, store: Store, *, restore: bool) -> None:
        """Back up a store, or put it back to where it was."""
        if not restore:
            self.backups[store] = (list(store.made), dict(store.books))
        elif store in self.backups:
            made, books = self.backups[store]
            store.made, store.books = list(made), dict(books)

    def _patch(
        self, name: str, value: Value, now: GroupValue | None, of: frozenset[Any]
    ) -> tuple[dict[str, Value], dict[str, Any]]:
        group = SCHEMA.group_of(name)
        members = SCHEMA.members(group)
        patch = dict(zip(members, now or (None,) * len(members), strict=True)) | {name: value}
        visible = {one: it for one, it in patch.items() if it is not MISSING and not isinstance(it, Masked)}
        return visible, {group: min(of)} if len(visible) < len(patch) else {}

    def _version(
        self, id: Any, side: Any, seen: frozenset[Any], patch: Mapping[str, Value], origin: Mapping[str, Any]
    ) -> Version:
        version = Version(id, RECORD, side, seen, patch, origin)
        group = SCHEMA.group_of(next(iter(patch)))
        base: GroupValue = (None,) * 9
        if group in origin:
            base = self.real[origin[group]][group]
        members = SCHEMA.members(group)
        whole = tuple(patch.get(one, base[place]) for place, one in enumerate(members))
        self.real[id] = {group: whole}
        return self.versions.setdefault(id, version)

    def whole(self, id: Any, group: str) -> Version:
        """What a version really said about a group, and what of that group its author had seen."""
        version = self.versions[id]
        patch = dict(zip(SCHEMA.members(group), self.real[id][group], strict=True))
        seen = frozenset(one for one in version.seen if group in self.real.get(one, ()))
        return replace(version, patch=patch, origin={}, seen=seen)


def as_shown(value: Value) -> Value:
    """A member not known here is shown as masked."""
    return Masked("**") if value is MISSING else value


def values_said(entries: Iterable[Entry]) -> dict[str, list[GroupValue]]:
    """By group every value the entries claim."""
    return {
        group: [claim.value for claim in claims]
        for group, claims in claims_by_group(SCHEMA, entries, is_foreign).items()
    }


def random_actions(dice: Random, count: int) -> list[Action]:
    """Something to play, by dice."""
    return [(dice.choice(ACTS), dice.randrange(3), dice.randrange(6), dice.randrange(15)) for _ in range(count)]
