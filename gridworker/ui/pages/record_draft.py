"""The draft of a dialog or a small form: what was typed and not saved is there when it is opened again."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gridworker.i18n import _
from gridworker.services import drafts
from gridworker.services.workspace import Workspace
from gridworker.ui.pages import wording
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import QUIET, Button
from gridworker.ui.widgets.draft_mark import DraftMark
from gridworker.ui.widgets.draft_timer import DraftTimer

DRAFTS: Final = "record/"
"""How these drafts are named: this, the ledger, a stroke, whose they are, and which form it is."""


class RecordDraft(QObject):
    """Stands between a form and the store, with the mark and the link 清空 that the form places.

    `typed()` tells what differs from what is stored; `show(body)` shows that over what is stored.
    """

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        name: str,
        typed: Callable[[], dict[str, Any]],
        show: Callable[[Mapping[str, Any]], object],
    ) -> None:
        super().__init__(parent)
        self._workspace, self._name = workspace, DRAFTS + name
        self._typed, self._show = typed, show
        self._emptied: dict[str, Any] = {}
        self._timer = DraftTimer(self, self.keep)
        self.flush = self._timer.flush
        self.mark = DraftMark()
        self.clear = Button(_("清空"), QUIET)
        self.clear.clicked.connect(self._on_clear_clicked)
        self.clear.hide()

    def follow(self, editor: QWidget) -> None:
        """Keep what is typed in an editor, half a day as well."""
        editor.changed.connect(self._timer.soon)  # type: ignore[attr-defined]
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._timer.soon)

    def bring_back(self) -> dict[str, Any]:
        """Show what was not saved the last time; returns it, empty if there is nothing."""
        found = drafts.find(self._workspace, self._name)
        if not found:
            return {}
        body, at = found
        self._show(body)
        self.mark.show_unsaved(wording.moment(at, self._workspace.today))
        self.clear.show()
        return body

    def keep(self) -> None:
        """Keep what was typed so far; nothing leaves no draft."""
        body = self._typed()
        if not body:
            self.drop()
            return
        drafts.keep(self._workspace, self._name, body)
        self.mark.show_saved(self._workspace.now)
        self._offer_to_empty()

    def drop(self) -> None:
        """Forget the draft: it was saved or is not wanted."""
        self._timer.stop()
        drafts.drop(self._workspace, self._name)
        self.mark.hide()
        self.clear.hide()

    def _offer_to_empty(self) -> None:
        self._emptied = {}
        self.clear.show_face(_("清空"))
        self.clear.show()

    def _on_clear_clicked(self) -> None:
        """A slip of the hand is taken back on the same link."""
        if self._emptied:
            self._show(self._emptied)
            self.keep()
            return
        self._emptied = self._typed()
        self.drop()
        self._show({})
        self.clear.show_face(_("取回"))
        self.clear.show()


class DraftedDialog(Dialog):
    """A dialog whose `draft` is back when it is opened, safe when it is left, and gone once it is saved."""

    draft: RecordDraft

    def open(self) -> None:
        """With what was typed and not saved the last time; the cursor stands behind it."""
        found = self.draft.bring_back()
        super().open()
        here = self.focusWidget()
        if found and isinstance(here, QLineEdit):
            here.end(False)  # opening has selected all: the next letter would replace it

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving keeps the draft at once."""
        self.draft.flush()
        super().hideEvent(event)

    def accept(self) -> None:
        """What was saved is no draft any more."""
        self.draft.drop()
        super().accept()
