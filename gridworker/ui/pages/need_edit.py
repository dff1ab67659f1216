"""Dialogs that correct what was recorded: a need with what its kind asks, a visit, a step of a need."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import editing
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.pages.form_editors import read, show
from gridworker.ui.pages.guide_panel import GuidePanel
from gridworker.ui.pages.record_dialog import Lines, RecordDialog
from gridworker.ui.pages.visit_form_fields import MATERIALS, KindFields

_ABOVE = 3
"""Lines of a need above those of its kind."""
_UNDER_LINES = 2
"""Place in a dialog between its lines and its buttons."""
_GUIDE = 0.3
"""Of the dialog's height for the card of the kind."""


def edit_visit(workspace: Workspace, parent: QWidget, visit: Id) -> RecordDialog:
    """A visit that was saved."""
    lines = (
        (_("走访时间"), ("visited_at",)),
        (_("走访方式"), ("mode",)),
        (_("走访结果"), ("outcome",)),
        (_("走访内容"), ("content",)),
    )
    more = ((_("宣传内容"), ("publicity",)), (_("下次走访"), ("next_on",)), (_("见面人"), ("met", "companion")))
    given = editing.stored(workspace, "visit", visit)
    return RecordDialog(parent, workspace, "visit", visit, given, (_("改走访记录"), lines, more))


def edit_step(workspace: Workspace, parent: QWidget, step: Id) -> RecordDialog:
    """A step taken for a need, or one still promised."""
    given = editing.stored(workspace, "followup", step)
    taken = ((_("办理日期"), ("done_on",)), (_("方式"), ("mode",)), (_("成效"), ("outcome",)))
    promised = ((_("计划日期"), ("due_on",)),)
    lines: Lines = (*(taken if given.get("done_on") else promised), (_("措施"), ("content",)))
    more: Lines = promised if given.get("done_on") else ((_("方式"), ("mode",)),)
    return RecordDialog(parent, workspace, "followup", step, given, (_("改办理记录"), lines, more))


class NeedDialog(RecordDialog):
    """A need: its words, kind and urgency, what the kind asks with its papers, whose and where."""

    def __init__(self, workspace: Workspace, parent: QWidget, need: Id) -> None:
        lines = (
            (_("诉求内容"), ("content",)),
            (_("类别"), ("kind",)),
            (_("紧急程度"), ("urgency", "confidential")),
            (_("反映人"), ("raised_by", "phone")),
            (_("地点"), ("place",)),
        )
        more = ((_("承办单位"), ("unit",)), (_("备注"), ("note",)))
        given = editing.stored(workspace, "need", need)
        super().__init__(parent, workspace, "need", need, given, (_("改诉求"), lines, more))
        self._asked: KindFields | None = None
        self.guide = GuidePanel(workspace)
        self.guide.set_share(_GUIDE)
        self._column.insertWidget(_UNDER_LINES, self.guide)
        keys.bind(self, "F7", self.guide.toggle, _("打开、收起办事指南"))
        self._show_kind()
        self.editors["kind"].changed.connect(self._show_kind)  # type: ignore[attr-defined]

    def show_typed(self, body: Mapping[str, Any]) -> None:
        """The lines of the draft's kind, with its papers as the other lines ask for them."""
        kind = body.get("kind", self._given.get("kind"))
        if kind != read(self.editors["kind"]):
            show(self.editors["kind"], kind)
            self._show_kind()
        super().show_typed(body)
        if self._asked is not None:
            self._asked.set_values({**self._given, **body})

    def _show_kind(self) -> None:
        """The lines of the kind chosen now, with what is stored of them."""
        if self._asked is not None:
            self._lines.removeWidget(self._asked)
            self._asked.hide()
            self._asked.deleteLater()
            for name in (*self._asked.editors, MATERIALS):
                del self.editors[name], self._shown[name]
                self._rows.pop(name, None)
        self._asked = KindFields(self.editors["kind"].value(), self._workspace, every=True)  # type: ignore[attr-defined]
        self._asked.set_values(self._given)
        self._lines.insertWidget(_ABOVE, self._asked)
        self.editors |= self._asked.editors | {MATERIALS: self._asked.papers}
        self._rows |= self._asked.rows
        names = (*self._asked.editors, MATERIALS)
        self._show_given(names)
        for name in names:
            self.draft.follow(self.editors[name])
        self.guide.show_kind(self.editors["kind"].value())  # type: ignore[attr-defined]
        self._grow(self._asked)
