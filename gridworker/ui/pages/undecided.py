"""The strips above a record: two sides to choose between, its sources, what to ask at the next visit."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from gridworker.i18n import _
from gridworker.services.asking import ToAsk
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label


class UndecidedStrip(QFrame):
    """有 2 处写法不同，请选一个; `asked` on 去选."""

    asked = Signal()

    def __init__(self, count: int) -> None:
        super().__init__()
        self.setProperty("frame", "amber")
        go = link(_("去选"))
        go.clicked.connect(self.asked)
        self._words = label(_sentence(count))
        inner = row(IconMark("git-compare", "amber", 15), self._words, 1, go)
        inner.setContentsMargins(11, 5, 11, 5)
        self.setLayout(inner)

    def show_count(self, count: int) -> None:
        """How many wait; gone while none does."""
        self._words.setText(_sentence(count))
        self.setVisible(bool(count))


class JoinedStrip(QFrame):
    """由 2 份资料合并; `asked` on 看来源."""

    asked = Signal()

    def __init__(self, parts: int) -> None:
        super().__init__()
        self.setProperty("frame", "inset")
        go = link(_("看来源"))
        go.clicked.connect(self.asked)
        inner = row(IconMark("link", "text2", 15), label(_("由 {count} 份资料合并").format(count=parts)), 1, go)
        inner.setContentsMargins(11, 5, 11, 5)
        self.setLayout(inner)


class AskStrip(QFrame):
    """填表时缺、这次走访问一下：王大明 身份证号."""

    def __init__(self, asks: Sequence[ToAsk]) -> None:
        super().__init__()
        self.setProperty("frame", "inset")
        told = _("；").join(f"{one.who} {_('、').join(one.fields)}" for one in asks)
        words = label(_("填表时缺的，走访时问一问：{told}").format(told=told), wrap=True)
        inner = row(IconMark("clipboard-check", "text2", 15))
        inner.addWidget(words, 1)
        inner.setContentsMargins(11, 5, 11, 5)
        self.setLayout(inner)


def _sentence(count: int) -> str:
    return _("有 {count} 处写法不同，请选一个").format(count=count)
