"""常用语 for a field: F6 opens them at the field, a letter puts one where the cursor is."""

from functools import partial

from PySide6.QtWidgets import QMenu

from gridworker.i18n import _
from gridworker.services import phrases
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.widgets.field import LongField


def with_phrases(field: LongField, workspace: Workspace, group: str) -> LongField:
    """The field, with the sentences of a group on F6."""
    keys.bind(field, "F6", partial(_open, field, workspace, group), _("常用语"))
    return field


def _open(field: LongField, workspace: Workspace, group: str) -> None:
    menu = QMenu(field)
    for letter, sentence in zip(phrases.LETTERS, phrases.offered(workspace, group), strict=False):
        menu.addAction(f"&{letter}  {sentence.replace('&', '&&')}", partial(field.insertPlainText, sentence))
    menu.aboutToHide.connect(menu.deleteLater)
    if not menu.isEmpty():
        menu.popup(field.mapToGlobal(field.cursorRect().bottomLeft()))
