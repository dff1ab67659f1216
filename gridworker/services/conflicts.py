"""请选一个: what both sides changed, and what foreign lists say otherwise; each told with who, when and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.domain import ids, values
from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import MISSING, GroupValue
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import field_history
from gridworker.services.workspace import Workspace
from gridworker.store import derive, waiting
from gridworker.store.history import Said, of_component
from gridworker.store.waiting import Waiting

__all__ = (
    "CONFLICT", "PROPOSAL", "Conflict", "Said", "Side", "Waiting", "conflicts", "detail", "fill", "find", "kind_of",
    "name_of", "open_choices",
)  # fmt: skip

CONFLICT: Final = "conflict"
PROPOSAL: Final = "proposal"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values to choose among, with everybody who said it."""

    value: GroupValue
    versions: tuple[Id, ...]
    said: tuple[Said, ...]
    """As far as somebody's word is held here, in the order of `versions`."""

    @property
    def version(self) -> Id:
        """One id that names this side; only a remembered standing value has none."""
        return self.versions[0]

    def told_by(self, version: Id) -> Said | None:
        """Whose word a version is."""
        return next((one for one in self.said if one.version == version), None)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One group of one record with several values; the one that is shown meanwhile comes first."""

    waiting: Waiting
    sides: tuple[Side, ...]
    before: GroupValue | None = None
    """What all sides had before them, if somebody's word on it is held."""

    @property
    def ledger(self) -> Ledger:
        """The ledger of the record."""
        return ledger(self.waiting.ledger)

    @property
    def record(self) -> Id:
        """The record."""
        return self.waiting.record

    @property
    def group(self) -> str:
        """The fields that move together."""
        return self.waiting.group

    @property
    def kind(self) -> str:
        """`conflict` where our own values stand against each other, else `proposal`."""
        return kind_of(self.waiting)

    @property
    def shown(self) -> GroupValue:
        """What the row shows meanwhile."""
        return self.sides[0].value

    @property
    def name(self) -> str:
        """How the command line calls it: need/ID/field."""
        return name_of(self.waiting)

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        return {
            "conflict": self.name,
            "kind": self.kind,
            "shown": _group_json(self.ledger, self.group, self.shown),
            "values": [self._voice_json(side, version) for side in self.sides for version in side.versions],
        }

    def _voice_json(self, side: Side, version: Id) -> dict[str, object]:
        said = side.told_by(version)
        return {
            "version": ids.to_text(version),
            "value": _group_json(self.ledger, self.group, side.value),
            "author": said.deed.author if said else None,
            "at": said.deed.at if said else None,
            "file": said.deed.file if said else None,
            "cell": (said.place or None) if said else None,
        }


def kind_of(one: Waiting) -> str:
    """`conflict` or `proposal`."""
    return CONFLICT if len(one.standing) > 1 else PROPOSAL


def name_of(one: Waiting) -> str:
    """How the command line calls what waits."""
    return f"{one.ledger}/{ids.to_text(one.record)}/{one.group}"


def _group_json(of: Ledger, group: str, value: GroupValue) -> object:
    members = of.members(group)
    if len(members) == 1:
        return values.to_json(of.by_name.get(group), value[0])
    return {name: values.to_json(of.by_name[name], one) for name, one in zip(members, value, strict=True)}


def open_choices(workspace: Workspace) -> list[Waiting]:
    """All that waits for a choice, without the histories."""
    return waiting.waiting(workspace.connection)


def conflicts(workspace: Workspace, record: Id | None = None) -> list[Conflict]:
    """All that waits for a choice, or what waits of one record."""
    return [detail(workspace, one) for one in waiting.waiting(workspace.connection, record)]


def detail(workspace: Workspace, one: Waiting) -> Conflict:
    """Everything known about one that waits: its values and who said them."""
    found = derive.states_of(workspace.connection, one.record)
    state = found[1].get(one.group) if found else None
    said = of_component(workspace.connection, found[0]) if found else []
    shown = state.shown if state else tuple(None for _name in ledger(one.ledger).members(one.group))
    standing = one.standing or ((shown, tuple(sorted(state.of)) if state else ()),)
    readings = tuple((fill(value, standing[0][0]), some) for value, some in one.readings)
    sides = tuple(Side(value, some, _words(said, some)) for value, some in (*standing, *readings))
    return Conflict(one, sides, field_history.common_past(found[0], one.group, said, one.ids) if found else None)


def fill(given: GroupValue, standing: GroupValue) -> GroupValue:
    """What a foreign value comes to: members its row does not give stay as they stand."""
    return tuple(theirs if one is MISSING else one for one, theirs in zip(given, standing, strict=True))


def _words(said: Sequence[Said], versions: Sequence[Id]) -> tuple[Said, ...]:
    by_version = {one.version: one for one in reversed(said) if one.counts}
    return tuple(by_version[version] for version in versions if version in by_version)


def find(workspace: Workspace, name: str) -> Conflict:
    """What waits by its name. Raises UserError."""
    for one in waiting.waiting(workspace.connection, _record_in(name)):
        if name_of(one) == name:
            return detail(workspace, one)
    raise UserError("unknown_conflict", _("没有这个待选项：{name}").format(name=name), _("用 conflicts 看现在有哪些。"))


def _record_in(name: str) -> Id:
    try:
        return ids.from_text(name.split("/")[1])
    except (IndexError, ValueError):
        return 0
