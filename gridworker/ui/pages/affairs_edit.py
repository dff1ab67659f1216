"""The dialog of a record of the community, derived from its ledger's declaration."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Kind, Ledger
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.services import editing
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.record_dialog import Lines, RecordDialog


def new_record(
    workspace: Workspace, parent: QWidget, of: Ledger, given: Mapping[str, Value] | None = None
) -> RecordDialog:
    """A record that is not known yet; `given` names records it hangs on, or what it starts from."""
    known = dict(given or {})
    if workspace.grid and "grid" in of.by_name:
        known.setdefault("grid", workspace.grid)
    asked = of.asked or tuple(one.name for one in of.fields if one.required)
    values = {name: to_text(value) if isinstance(value, int) else value for name, value in known.items()}
    shape = (_("新{ledger}").format(ledger=_(of.label)), *_lines(workspace, of, asked))
    return RecordDialog(parent, workspace, of.name, 0, values, shape, " ".join(map(str, values.values())))


def edit_record(workspace: Workspace, parent: QWidget, of: Ledger, record: Id) -> RecordDialog:
    """A known record: all that can be filled in stands open."""
    lines, more = _lines(workspace, of, tuple(of.by_name))
    shape = (_("改{ledger}").format(ledger=_(of.label)), lines, more)
    return RecordDialog(parent, workspace, of.name, record, editing.stored(workspace, of.name, record), shape)


def _lines(workspace: Workspace, of: Ledger, asked: tuple[str, ...]) -> tuple[Lines, Lines]:
    """What is asked first and what stands under 更多; a worker's own grid and the visit it came from are not asked."""
    names = [one.name for one in of.fields if not (one.kind is Kind.REF and one.of == "visit")]
    if not workspace.is_township:
        names = [name for name in names if name != "grid" and not of.by_name[name].township]
    first = [name for name in asked if name in names]
    rest = [name for name in names if name not in first]
    return _each(of, first), _each(of, rest)


def _each(of: Ledger, names: list[str]) -> Lines:
    return tuple((_(of.by_name[name].label), (name,)) for name in names)
