"""A person's decision: a version that has seen every side; for one, or for all of the same sort at once."""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED
from gridworker.domain.ledgers import ledger
from gridworker.domain.text import json_text
from gridworker.domain.versions.entries import MISSING, GroupValue, Masked, Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import records
from gridworker.services.conflicts import PROPOSAL, Conflict, kind_of
from gridworker.services.workspace import Workspace
from gridworker.store import waiting
from gridworker.store.door import Change
from gridworker.store.waiting import Origin, Waiting


def take(workspace: Workspace, chosen: Sequence[tuple[Conflict, Id]]) -> int:
    """Decide for one of their versions each; returns how many. Raises UserError."""
    return choose(workspace, [(conflict.waiting, _place_of(conflict, version)) for conflict, version in chosen])


def _place_of(conflict: Conflict, version: Id) -> int:
    for place, side in enumerate(conflict.sides):
        if version in side.versions:
            return place
    raise UserError("unknown_version", _("这个待选项没有该版本。"), _("用 conflicts 看可选的版本。"))


def choose(workspace: Workspace, chosen: Iterable[tuple[Waiting, int]]) -> int:
    """Decide for the side at a place each, the shown one being 0; all or none. Raises UserError."""
    changes = [_change(workspace, one, place) for one, place in chosen]
    return len(workspace.write("resolve", *changes).changed)


def _change(workspace: Workspace, one: Waiting, place: int) -> Change:
    of = ledger(one.ledger)
    sides = [value for value, _ids in one.standing] or [_standing_value(workspace, one)]
    value = [*sides, *(value for value, _ids in one.readings)][place]
    patch = {name: each for name, each in zip(of.members(one.group), value, strict=True) if each is not MISSING}
    if all(isinstance(each, Masked) for each in patch.values()):
        raise UserError(
            "masked_kept", _("现在显示的是遮住的值，全值还没有到，不能定下来。"), _("请先放着，或用另一个值。")
        )
    return Change(of, patch, one.record, one.ids)


def remembered(workspace: Workspace, one: Waiting) -> Waiting:
    """The same with the value that stands now, to choose from again after choosing: no decision can be unmade."""
    return one if one.standing else replace(one, standing=((_standing_value(workspace, one), ()),))


def _standing_value(workspace: Workspace, one: Waiting) -> GroupValue:
    row = workspace.row(one.ledger, one.record)
    return tuple(row.values.get(name) if row else None for name in ledger(one.ledger).members(one.group))


def settle(workspace: Workspace, some: Sequence[Conflict], raw: str) -> int:
    """Decide for another value, given as text, or as a JSON object for fields that move together. Raises UserError."""
    return settle_fields(workspace, [(one.waiting, _given(one, raw)) for one in some])


def _given(conflict: Conflict, raw: str) -> dict[str, object]:
    members = conflict.ledger.members(conflict.group)
    return _members_given(raw, members) if len(members) > 1 else {conflict.group: raw}


def settle_fields(workspace: Workspace, some: Sequence[tuple[Waiting, Mapping[str, object]]]) -> int:
    """Decide for other values of the fields; all or none. Raises UserError for what cannot be read."""
    changes = [
        Change(ledger(one.ledger), _understood(workspace, one, given), one.record, one.ids) for one, given in some
    ]
    return len(workspace.write("resolve", *changes).changed)


def _understood(workspace: Workspace, one: Waiting, given: Mapping[str, object]) -> dict[str, Value]:
    if one.group == DELETED:
        return {DELETED: True if given[DELETED] in {"true", "1", "是"} else None}
    problems: list[records.FieldProblem] = []
    patch = records.understand(workspace, ledger(one.ledger), given, problems, 1)
    if problems:
        raise UserError(problems[0].code, problems[0].message, _("没有保存。"))
    return patch


def _members_given(raw: str, members: tuple[str, ...]) -> dict[str, object]:
    """A value for a group that moves whole: an object of its members. Raises UserError."""
    try:
        given = json_text.told(raw)
    except ValueError:
        given = None
    if not isinstance(given, dict) or not given.keys() <= set(members):
        example = json.dumps(dict.fromkeys(members, ""), ensure_ascii=False)
        raise UserError("usage", _("这几项要一起选定。"), _("写成 --value '{example}'。").format(example=example))
    return given


def from_file(workspace: Workspace, file: str, some: Iterable[Conflict]) -> list[tuple[Waiting, int]]:
    """Of those that a file brought one side of: that side."""
    keys = waiting.keys_of_file(workspace.connection, file)
    return [(one.waiting, place) for one in some if (place := _side_from(one, file, keys)) is not None]


def _side_from(conflict: Conflict, file: str, keys: frozenset[int]) -> int | None:
    """The one side that stood in the file itself, else the one that came along with it."""
    tests: tuple[Callable[..., bool], ...] = (lambda one: one.deed.file == file, lambda one: one.key in keys)
    for is_from in tests:
        places = [place for place, side in enumerate(conflict.sides) if any(map(is_from, side.said))]
        if len(places) == 1:
            return places[0]
    return None


@dataclass(slots=True)
class Sorts:
    """Which of those that wait are of the same sort: one field from the same two sources, or one foreign file."""

    some: Sequence[Waiting]
    origins: dict[tuple[Id, Id], Origin] = field(default_factory=dict)
    _by_key: dict[Hashable, list[Waiting]] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, some: Sequence[Waiting]) -> "Sorts":
        """Read where all their values come from, once."""
        made = cls(some, waiting.origins(workspace.connection, some))
        for one in some:
            made._by_key.setdefault(made._key(one), []).append(one)
        return made

    def same_as(self, one: Waiting) -> list[Waiting]:
        """All that may be decided together with one, itself included."""
        key = self._key(one)
        return [one] if key is None else list(self._by_key.get(key, [one]))

    def like(self, some: Iterable[Waiting], one: Waiting, place: int) -> list[tuple[Waiting, int]]:
        """For each the side from the same source as one's side at a place; what stands already for what stands."""
        if place == 0 and kind_of(one) == PROPOSAL:
            return [(each, 0) for each in some]
        wanted = self.sources(one)[place]
        return [(each, self.sources(each).index(wanted)) for each in some]

    def sources(self, one: Waiting) -> list[Origin | None]:
        """By side: where it comes from; None where nobody's word is held, and for what stands against a proposal."""
        standing = one.standing if kind_of(one) != PROPOSAL else ()
        found = [self._source(one, some) for _value, some in (*standing, *one.readings)]
        return found if standing else [None, *found]

    def _source(self, one: Waiting, some: Sequence[Id]) -> Origin | None:
        return next((found for id in some if (found := self.origins.get((one.record, id)))), None)

    def _key(self, one: Waiting) -> Hashable:
        kind, sources = kind_of(one), self.sources(one)
        told = sources[1:] if kind == PROPOSAL else sources
        if None in told or len(set(told)) < len(told):
            return None
        return (kind, frozenset(told), *(() if kind == PROPOSAL else (one.ledger, one.group)))
