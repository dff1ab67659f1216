"""One card of 办事指南 in one's own words: a field for each part, the original a click away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import kinds, policy
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, QUIET, Button
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.field import FieldRow, LongField
from gridworker.ui.widgets.label import label, line

_WIDTH, _HEIGHT = 620, 520


class GuideDialog(Dialog):
    """Window-modal; `saved` once it is kept. Open it with `open()`."""

    saved = Signal()

    def __init__(self, parent: QWidget, workspace: Workspace, kind: str) -> None:
        super().__init__(parent.window())
        self._workspace, self._kind = workspace, kind
        self.setWindowTitle(_("改办事指南"))
        self.setProperty("ground", "surface")
        self.editors = {part: LongField(_(head), lines=3) for part, head in policy.WORDS.items()}
        self.original = Button(_("恢复原文"), QUIET)
        self._build()
        card = policy.card(workspace, kind)
        for part, editor in self.editors.items():
            editor.set_value(card.texts.get(part, ""))
        self.original.setVisible(bool(card.own))
        keys.bind(self, "Ctrl+Enter", self.save)
        next(iter(self.editors.values())).setFocus()

    def save(self) -> None:
        """Keep the words; those as they were are not one's own."""
        policy.write(self._workspace, self._kind, {part: editor.value() for part, editor in self.editors.items()})
        self.accept()
        self.saved.emit()

    def _restore(self) -> None:
        policy.restore(self._workspace, self._kind)
        self.accept()
        self.saved.emit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addLayout(row(label(_("办事指南"), "card_title"), label(kinds.label(self._kind), "second"), 1))
        advice = _("写当地的办法。卡片末尾总写“{note}”；留空的一项不显示。").format(note=policy.note())
        column.addWidget(label(advice, "second", wrap=True))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 6, 0)
        rows.setSpacing(8)
        for part, editor in self.editors.items():
            rows.addWidget(FieldRow(_(policy.WORDS[part]), editor))
        rows.addStretch(1)
        column.addWidget(scrolling(inner), 1)
        column.addWidget(line())
        cancel, keep = Button(_("取消"), key="Esc"), Button(_("保存"), PRIMARY, icon="check", key="Ctrl+Enter")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.save)
        self.original.clicked.connect(self._restore)
        column.addLayout(row(self.original, 1, cancel, keep))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
