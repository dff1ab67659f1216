"""F1: what the page is for, how its usual things are done, its keys; read with ↑ ↓, closed with Esc."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.paths import resource
from gridworker.services import help_texts
from gridworker.services.help_texts import Part
from gridworker.ui import keys, theme
from gridworker.ui.key_list import key_parts
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.key_cap import KeyLegend, key_cap
from gridworker.ui.widgets.label import label, line

_WIDTH: Final = 620
_HEIGHT: Final = 520
_KEYS: Final = 112
_OFFER: Final = "Enter"
_HANDBOOK: Final = "M"
_HELPED: Final = "helped"  # the property of a dialog that has its F1
_ROLES: Final = {help_texts.TITLE: "page_title", help_texts.HEADING: "card_title"}


def show_page(window: QWidget, name: str, page: QWidget, tour: Callable[[], object]) -> None:
    """The help of a page: its own words, every key it declares, and those of the window; and the way into the tour."""
    own, everywhere = help_texts.page_help(name), help_texts.everywhere()
    more = key_parts(page, [*own, *everywhere])
    around = key_parts(window, [*own, *more, *everywhere], deep=False)
    dialog = _open(window, [*own, *more, *everywhere, *around])
    dialog.offer(_("看手册"), read_handbook, "file-text", _HANDBOOK)
    dialog.offer(_("带我走一遍"), tour, "footprints", _OFFER)


def read_handbook() -> None:
    """The whole handbook, in whatever shows PDF files here."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(resource("help", "handbook", "handbook.pdf"))))


class DialogHelp(QObject):
    """Gives every dialog that gets the focus its F1: what it is called and every key it declares."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._offer)

    def _offer(self, _old: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and not isinstance(dialog, HelpDialog) and not dialog.property(_HELPED):
            dialog.setProperty(_HELPED, True)
            keys.bind(dialog, "F1", partial(_show_dialog, dialog))


def _show_dialog(dialog: QDialog) -> None:
    parts = [Part(help_texts.TITLE, dialog.windowTitle()), *key_parts(dialog)]
    known = {key for part in parts for key in part.keys}
    usual = ((("Tab",), _("下一格")), (("Shift+Tab",), _("上一格")), (("Esc",), _("关闭，不保存")))
    _open(dialog, [*parts, *(Part(help_texts.KEYS, word, some) for some, word in usual if not known & set(some))])


def _open(parent: QWidget, parts: Sequence[Part]) -> "HelpDialog":
    dialog = HelpDialog(parent, parts)
    dialog.open()
    return dialog


class HelpDialog(Dialog):
    """Window-modal; the focus goes back to where it was when it closes."""

    def __init__(self, parent: QWidget, parts: Sequence[Part]) -> None:
        super().__init__(parent.window())
        self._window = parent.window()
        self._before = self._window.focusWidget()
        self.finished.connect(self._give_back)
        self.setWindowTitle(_("帮助"))
        self.setProperty("ground", "surface")
        self.text = scrolling(_written(parts))
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text.setAccessibleName(_("帮助"))
        self.back = Button(_("关闭"), key="Esc")
        self.back.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 18, 14)
        column.setSpacing(9)
        column.addWidget(self.text, 1)
        column.addWidget(line())
        self._foot = row(KeyLegend([("↑ ↓", _("上下看"))]), 1, self.back)
        column.addLayout(self._foot)
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        keys.bind(self, "F1", self.reject)
        self.text.setFocus()

    def offer(self, word: str, act: Callable[[], object], picture: str, key: str) -> None:
        """Another way on from here; the help closes first."""
        button = Button(word, icon=picture, key=key)
        self._foot.insertWidget(self._foot.count() - 1, button)

        def run() -> None:
            self.reject()
            act()

        button.clicked.connect(run)
        keys.bind(self, key, run)

    def _give_back(self) -> None:
        """A modal dialog does not return the focus on every platform."""
        self._window.activateWindow()
        if self._before is not None:
            self._before.setFocus()


def _written(parts: Sequence[Part]) -> QWidget:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(8)
    for part in parts:
        if part.kind == help_texts.HEADING:
            column.addSpacing(6)
        column.addWidget(_shown(part))
    column.addStretch(1)
    return inner


def _shown(part: Part) -> QWidget:
    if part.kind == help_texts.KEYS:
        return _beside(_caps(part.keys), label(part.text, wrap=True))
    if part.kind == help_texts.POINT:
        return _beside(label("•", tone="primary"), label(part.text, wrap=True))
    return label(part.text, _ROLES.get(part.kind, "body"), wrap=True)


def _beside(first: QWidget, words: QLabel) -> QWidget:
    made = QWidget()
    across = row(first, words)
    across.setContentsMargins(0, 0, 0, 0)
    across.setAlignment(first, Qt.AlignmentFlag.AlignTop)
    across.setStretchFactor(words, 1)
    made.setLayout(across)
    return made


def _caps(names: Sequence[str]) -> QWidget:
    made = QWidget()
    made.setLayout(row(*(key_cap(name) for name in names), 1, gap=4))
    made.setFixedWidth(theme.px(_KEYS))
    return made
