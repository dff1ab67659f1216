"""同样处理这 N 处: how many more are of the same sort, and which, before one digit decides them all."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel


class SameStrip(QFrame):
    """Hidden where one is alone of its sort; `asked` on its verb."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count, self._armed = 0, False
        self._words = ElidedLabel("")
        self._which = ElidedLabel("", "second")
        self._verb = link("")
        self._verb.clicked.connect(self.asked)
        head = row(IconMark("copy", "primary", 15), self._words, key_cap("A"), self._verb)
        head.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(11, 5, 11, 5)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._which)
        self.hide()

    def show_count(self, count: int, *, both: bool) -> None:
        """Offer to decide so many at once: one field from two sources, or all that one list says otherwise."""
        self._count = count
        self._offer = (
            _("同一项、同样两个来处的还有 {count} 处") if both else _("同一个表里写得不同的还有 {count} 处")
        ).format(count=count - 1)
        self.setVisible(count > 1)
        self.disarm()

    def arm(self, some: Sequence[str]) -> None:
        """Say that the next digit decides all of them, and name the first."""
        if self._count < 2:
            return
        self._armed = True
        theme.set_style(self, frame="primary")
        self._words.setText(_("按数字选一边：这 {count} 处都照此处理").format(count=self._count))
        more = _(" 等") if self._count > len(some) else ""
        self._which.setText(_("；").join(some) + more)
        self._which.show()
        self._verb.show_face(_("还是逐个选"))

    def disarm(self) -> None:
        """One at a time again."""
        self._armed = False
        theme.set_style(self, frame="inset")
        self._words.setText(self._offer)
        self._which.hide()
        self._verb.show_face(_("同样处理这 {count} 处").format(count=self._count))

    def show_busy(self, count: int) -> None:
        """Say that so many are being decided."""
        self._words.setText(_("正在处理 {count} 处…").format(count=count))
        self._which.hide()

    def is_armed(self) -> bool:
        """Whether the next digit decides all."""
        return self._armed
