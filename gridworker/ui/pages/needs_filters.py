"""What the list of needs shows: the usual filters and those kept by name, kind, state, order, words."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import needs_list, saved_filters
from gridworker.services.needs_list import Wish
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.page import Message
from gridworker.ui.pages import needs_saved
from gridworker.ui.pages.form_editors import CodeSelect
from gridworker.ui.pages.needs_saved import NameDialog
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.flow import flowing

_LIST, _TYPED = 112, 150  # widths at scale 1.0
_PAUSE: Final = 120  # ms of silence before typed words are looked for


class NeedFilters(QWidget):
    """`changed` when another wish stands, `said(Message)` for what could not be kept."""

    changed = Signal()
    said = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.chips = ChipGroup(_("筛选"))
        self.kind = CodeSelect(_("类别"), "need_kind", _("全部类别"))
        self.status = CodeSelect(_("状态"), "need_status", _("全部状态"))
        self.order = Select(_("排序"))
        self.typed = TextField(_("在诉求里找"), _("内容、编号、反映人"), icon_name="search")
        self._is_kept = False
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._build()
        self._connect()

    def refresh(self) -> bool:
        """Count anew; whether there is any need at all."""
        words = {
            needs_list.OPEN: _("未办结"), needs_list.OVERDUE: _("超期"), needs_list.REPLIED: _("退回/答复"),
            needs_list.CALL_BACK: _("待回访"), needs_list.ALL: _("全部"), needs_list.ANSWER_LATE: _("转办超期"),
        }  # fmt: skip
        counts = needs_list.counts(self._workspace)
        chosen = self.chips.value() or needs_list.OPEN
        usual = [Choice(one, word, str(number), counts[one]) for number, (one, word) in enumerate(words.items(), 1)]
        self.chips.set_choices([*usual, *needs_saved.choices(self._workspace, len(usual) + 1)])
        self.chips.set_value(chosen)
        return bool(counts[needs_list.ALL])

    def wish(self) -> Wish:
        """What is wished for now."""
        self._pause.stop()
        kept = needs_saved.wish_of(self._workspace, self.chips.value())
        which = kept.which if kept else str(self.chips.value() or needs_list.OPEN)
        return Wish(which, self.kind.value(), self.status.value(), self.typed.text().strip(), self.order.currentData())

    def choose(self, which: str) -> None:
        """One of the usual filters, without telling."""
        self.chips.set_value(which)
        self._is_kept = False

    def reset(self) -> None:
        """Every kind, every state, whatever the words."""
        self.kind.set_value("")
        self.status.set_value("")
        self.typed.set_value("")
        self._pause.stop()

    def ask_name(self) -> None:
        """Keep what is wished for under a name."""
        dialog = NameDialog(self, _("现在的筛选、类别、状态、查找的字和排序一起存下，下次点一下就是。"))
        dialog.named.connect(self._keep)
        dialog.open()

    def _build(self) -> None:
        orders = {
            needs_list.BY_DUE: _("按时限"), needs_list.NEWEST: _("按登记时间"), needs_list.BY_KIND: _("按类别"),
            needs_list.BY_URGENCY: _("按紧急程度"),
        }  # fmt: skip
        for code, word in orders.items():
            self.order.addItem(word, code)
        for part in (self.kind, self.status, self.order):
            part.setFixedWidth(theme.px(_LIST))
        self.typed.setMinimumWidth(theme.px(_TYPED))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.chips)
        column.addLayout(flowing(self.kind, self.status, self.order, self.typed, gap=6))

    def _connect(self) -> None:
        self.chips.changed.connect(self._on_chosen)
        self.chips.removed.connect(self._drop)
        self.kind.changed.connect(lambda _code: self.changed.emit())
        self.status.changed.connect(lambda _code: self.changed.emit())
        self.order.activated.connect(lambda _place: self.changed.emit())
        self.typed.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.changed)

    def _on_chosen(self, chosen: object) -> None:
        """A kept filter brings all that it narrows by; that goes when it is left."""
        wish = needs_saved.wish_of(self._workspace, chosen)
        if wish is not None:
            self.kind.set_value(wish.kind)
            self.status.set_value(wish.status)
            self.typed.set_value(wish.typed)
            self.order.setCurrentIndex(max(self.order.findData(wish.order), 0))
        elif self._is_kept:
            self.reset()
        self._is_kept = wish is not None
        self.changed.emit()

    def _keep(self, name: str) -> None:
        try:
            saved_filters.keep(self._workspace, name, self.wish())
        except GridworkerError as error:
            self.said.emit(Message("failure", error.told))
            return
        self.refresh()
        self.chips.set_value(needs_saved.chip_of(name))
        self._is_kept = True

    def _drop(self, chosen: object) -> None:
        which = self.wish().which
        saved_filters.drop(self._workspace, needs_saved.name_of(chosen))
        self.refresh()
        if self.chips.value() is None:
            self.choose(which)
