"""办事指南 beside a form: who may apply, with what, where, how long; F7 opens and closes it, the focus stays."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import kinds, policy
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.pages.guide_edit import GuideDialog
from gridworker.ui.widgets.button import QUIET, Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.label import ElidedLabel, label

WIDTH: Final = 300
"""Of a panel at the side of a form, in pixels at scale 1.0."""
_GAP: Final = 12
_LABEL: Final = 48
_LEAST: Final = 64
_FORM_SHARE: Final = 0.8
"""Of its width that a form may be left with beside the panel."""
_ANY_WIDTH: Final = 16_777_215  # Qt's own
SHARE: Final = 0.42
"""The most of its surroundings' height that a panel over or under a form takes."""


class GuidePanel(Card):
    """The card of one kind; `folded(is_open)` when it opened or closed.

    With `keeps_head` its heading stays when it is closed. `extra` is a place for more about the need shown.
    """

    folded = Signal(bool)

    def __init__(self, workspace: Workspace, *, keeps_head: bool = False) -> None:
        super().__init__(_("办事指南"))
        self._workspace, self._keeps_head, self._kind = workspace, keeps_head, ""
        self._whose = ElidedLabel("", "second")
        self.fold = Button("", QUIET)
        self.add_mark(self._whose)
        self.header.setStretchFactor(self._whose, 1)
        self.header.removeWidget(self.note)
        self.note.hide()
        self.add_action(self.fold)
        self._inside = QWidget()
        self._texts = QGridLayout()
        self.extra = QVBoxLayout()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addLayout(self.extra)
        column.addLayout(self._texts)
        column.addStretch(1)
        self._texts.setColumnStretch(1, 1)
        self._texts.setHorizontalSpacing(10)
        self._texts.setVerticalSpacing(5)
        self.text = _Room(self._inside)
        self.add(self.text, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.fold.clicked.connect(self.toggle)
        self.text.hide()
        if not keeps_head:
            self.hide()

    @property
    def is_open(self) -> bool:
        """Whether its text is shown."""
        return not self.text.isHidden()

    def toggle(self) -> None:
        """Open or close it, and remember that; the focus stays where it is."""
        wanted = not self.is_open
        policy.set_open(self._workspace, wanted)
        self._show(wanted)

    def show_kind(self, kind: str) -> None:
        """The card of a kind, if it was left open."""
        self._kind = kind
        self._whose.setText(kinds.label(kind) if kind else "")
        self._show(bool(kind) and policy.is_open(self._workspace))

    def showEvent(self, event: QShowEvent) -> None:
        """As it was left elsewhere, with the words of now."""
        super().showEvent(event)
        if self._kind:
            self.show_kind(self._kind)

    def _show(self, wanted: bool) -> None:
        before = self.is_open
        if not wanted and self.text.isAncestorOf(self.focusWidget() or self):
            self.fold.setFocus()
        if wanted:
            self._fill()
        self.text.setVisible(wanted)
        self.setVisible(wanted or self._keeps_head)
        self.fold.show_face(_("收起") if wanted else _("展开"), key="F7")
        self.updateGeometry()
        if wanted != before:
            self.folded.emit(wanted)

    def set_share(self, share: float = SHARE) -> None:
        """How much of the height around it the text may take."""
        self.text.share = share
        self.text.updateGeometry()

    def _fill(self) -> None:
        while (old := self._texts.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        if not self._kind:
            self._tell(_("选了诉求类别，这里说谁能办、要什么材料、到哪办、多久。"))
            return
        card = policy.card(self._workspace, self._kind)
        for place, (part, text) in enumerate(card.texts.items()):
            name = label(_(policy.WORDS[part]), "second")
            name.setMinimumWidth(theme.px(_LABEL))
            self._texts.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._texts.addWidget(label(text, wrap=True), place, 1)
        if not card.texts:
            self._tell(_("暂无资料，可在设置里填写。"))
        self._texts.addWidget(self._foot(bool(card.texts)), self._texts.rowCount(), 0, 1, 2)

    def _tell(self, sentence: str) -> None:
        self._texts.addWidget(label(sentence, "second", wrap=True), 0, 0, 1, 2)

    def _foot(self, known: bool) -> QWidget:
        """Whose word counts, and the way to other words."""
        edit = link(_("改成当地的") if known else _("现在填写"))
        edit.clicked.connect(partial(self._edit, self._kind))
        foot = QWidget()
        foot.setLayout(row(label(policy.note(), "second", "amber"), 1, edit))
        return foot

    def _edit(self, kind: str) -> None:
        dialog = GuideDialog(self, self._workspace, kind)
        dialog.saved.connect(self._fill)
        dialog.open()


class _Room(QScrollArea):
    """As high as its text wants, up to a share of what it stands in; reached by Tab only while something is hidden."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidget(inside)
        self.share = SHARE
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("办事指南"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setProperty("ground", "none")
        inside.installEventFilter(self)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """The text's height for the width there is."""
        panel = self.parentWidget()
        around = panel.parentWidget() if panel else None
        most = int(around.height() * self.share) if around else self._wanted()
        return QSize(theme.px(WIDTH), max(self.minimumSizeHint().height(), min(self._wanted(), most)))

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(theme.px(120), min(self._wanted(), theme.px(_LEAST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        hidden = self._wanted() > self.viewport().height()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if hidden else Qt.FocusPolicy.NoFocus)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Other text is another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False

    def _wanted(self) -> int:
        height = self._inside.heightForWidth(self.viewport().width())
        return height if height > 0 else self._inside.sizeHint().height()


class BesideForm(QWidget):
    """A form in a dialog with the panel at its side, or under it where there is not room for both.

    `width` and `height` are those of the dialog with the form alone, in pixels at scale 1.0.
    """

    def __init__(self, inside: QWidget, panel: GuidePanel, width: int, height: int) -> None:
        super().__init__()
        self._panel = panel
        self._width, self._height = theme.px(width), theme.px(height)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(theme.px(_GAP))
        self._both.addWidget(scrolling(inside), 1)
        self._both.addWidget(panel)
        panel.folded.connect(self.fit_dialog)

    def fit_dialog(self) -> None:
        """As large as form and panel want, as far as the window behind has room."""
        dialog = self.window()
        behind = dialog.parentWidget()
        wanted = QSize(self._width + (theme.px(WIDTH + _GAP) if self._panel.is_open else 0), self._height)
        room = behind.size() - QSize(2 * _GAP, 2 * _GAP) if behind else wanted
        dialog.resize(wanted.boundedTo(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side only where the form keeps its width."""
        super().resizeEvent(event)
        side = self.width() >= _FORM_SHARE * self._width + theme.px(WIDTH + _GAP)
        directions, top = QBoxLayout.Direction, Qt.AlignmentFlag.AlignTop
        self._both.setDirection(directions.LeftToRight if side else directions.TopToBottom)
        self._both.setAlignment(self._panel, top if side else Qt.AlignmentFlag(0))
        self._panel.set_share(1.0 if side else SHARE)
        self._panel.setMinimumWidth(theme.px(WIDTH) if side else 0)
        self._panel.setMaximumWidth(theme.px(WIDTH) if side else _ANY_WIDTH)
