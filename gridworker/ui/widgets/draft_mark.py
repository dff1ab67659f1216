"""The sign in a form's heading line that what was typed so far is safe, 草稿已保存 14:02, or was brought back."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label


class DraftMark(QWidget):
    """Hidden until the first draft is saved."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        self._text = label("", "second")
        self._icon = IconMark("check", "green", 14)
        line.addWidget(self._icon)
        line.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_saved(self, at: datetime) -> None:
        """Say when the draft was saved."""
        self._say(_("草稿已保存 {time}").format(time=f"{at:%H:%M}"), "check", "green")

    def show_unsaved(self, when: str) -> None:
        """Say that what stands here was typed then and never saved."""
        self._say(_("还没保存的草稿 {time}").format(time=when), "file-pen-line", "amber")

    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def _say(self, words: str, icon: str, tone: str) -> None:
        self._text.setText(words)
        self._icon.show_icon(icon, tone)
        self.show()
