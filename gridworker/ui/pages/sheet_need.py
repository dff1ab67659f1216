"""The need heard on a line of the evening sheet: the same block as at the door, its words begun by the line's."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import visiting
from gridworker.services.sheet import Sheet
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.pages.guide_panel import BesideForm, GuidePanel
from gridworker.ui.pages.record_draft import DraftedDialog, RecordDraft
from gridworker.ui.pages.visit_form_need import NeedBlock
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.date_field import go_to, stop_at_unread
from gridworker.ui.widgets.label import label, line


class LineNeedDialog(DraftedDialog):
    """Window-modal; `saved(Done)` once it is stored with the visit of the line. Open it with `open()`."""

    saved = Signal(object)

    def __init__(self, parent: QWidget, workspace: Workspace, sheet: Sheet, whom: str) -> None:
        super().__init__(parent.window())
        self._workspace, self._sheet = workspace, sheet
        self.setWindowTitle(_("记诉求"))
        self.setProperty("ground", "surface")
        self.block = NeedBlock(workspace, alone=True)
        self.guide = GuidePanel(workspace)
        self.block.set_given({"content": sheet.line.content}, {})
        self._shown = self.block.draft()
        name = f"need/line/{sheet.line.household}"
        self.draft = RecordDraft(self, workspace, name, self._typed, self._show_typed)
        self.draft.follow(self.block)
        self._build(_("{whom} 的诉求").format(whom=whom))
        self.block.arranged.connect(self._on_arranged)
        self.block.guide_asked.connect(self.guide.toggle)
        keys.bind(self, "F7", self.guide.toggle, _("打开、收起办事指南"))
        keys.bind(self, "Ctrl+Enter", self.save)
        self.block.first_focus().setFocus()

    def save(self) -> None:
        """Store the need, or say what is missing."""
        if stop_at_unread(self):
            return
        given = self.block.given()
        line = self._sheet.line
        wrong = dict(visiting.need_problems(self._workspace, given, {"visited_at": line.day}))
        first = self.block.show_problems(wrong)
        if first is not None:
            go_to(first)
            return
        done = self._sheet.hear(given)
        self.accept()
        self.saved.emit(done)

    def _typed(self) -> dict[str, Any]:
        """What differs from the words of the line."""
        now = self.block.draft()
        return now if now != self._shown else {}

    def _show_typed(self, body: Mapping[str, Any]) -> None:
        self.block.set_draft(body or self._shown)

    def _on_arranged(self) -> None:
        self.guide.show_kind(self.block.kind)

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addLayout(row(label(title, "card_title"), 1, self.draft.mark))
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addWidget(self.block)
        inside.addStretch(1)
        self._beside = BesideForm(inner, self.guide, 660, 400)
        column.addWidget(self._beside, 1)
        column.addWidget(line())
        cancel, keep = Button(_("取消"), key="Esc"), Button(_("登记"), PRIMARY, icon="check", key="Ctrl+Enter")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.save)
        column.addLayout(row(1, self.draft.clear, cancel, keep))
        self._beside.fit_dialog()
