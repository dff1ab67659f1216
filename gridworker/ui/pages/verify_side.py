"""One record to be looked at again: why, what was found, what its worker says."""

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ledgers.recheck import RESULTS
from gridworker.i18n import _
from gridworker.services.rechecking import Asked
from gridworker.services.workspace import Workspace
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import PRIMARY, Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.chip import ChipGroup, digit_choices
from gridworker.ui.widgets.field import LongField
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.pill import Pill

_TONES: Final = {"属实": "green", "有出入": "amber", "不实": "amber", "未联系上": "grey"}


def result_tone(result: str) -> str:
    """How a result looks: nothing here is red, it is a finding and no verdict."""
    return _TONES.get(result, "grey")


class VerifySide(Card):
    """`saved(given)` for what was written, `record_asked` to see the record itself, `left` back to the list."""

    saved = Signal(object)
    record_asked = Signal()
    left = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.asked: Asked | None = None
        self._is_township = workspace.is_township
        self.reason = Pill("", "grey")
        self.title = label("", "record_title", wrap=True)
        self.who = label("", "second", wrap=True)
        self.why = label("", wrap=True)
        self.known = label("", "second", wrap=True)
        self.result = ChipGroup(_("核实结果"), digit_choices((one, _(one)) for one in RESULTS))
        self.remark = LongField(_("核实说明"), _("怎么核实的、看到什么，可留空"), lines=3)
        self.explained = LongField(_("情况说明"), _("实际情况是怎样的，一两句"), lines=3)
        self.save = Button(_("保存并下一条"), PRIMARY, icon="check", key="Ctrl+Enter")
        self.open = link(_("看记录"), icon="eye")
        self._build()
        self.save.clicked.connect(self.submit)
        self.open.clicked.connect(self.record_asked)

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addLayout(row(self.reason, 1, self.open))
        for part in (self.title, self.who, self.why, self.known):
            column.addWidget(part)
        self._fields: list[QWidget] = [self.result, self.remark] if self._is_township else [self.explained]
        words = (_("核实结果"), _("核实说明")) if self._is_township else (_("情况说明"),)
        for word, field in zip(words, self._fields, strict=True):
            column.addWidget(label(word, "second"))
            column.addWidget(field)
        for field in {self.result, self.remark, self.explained} - set(self._fields):
            field.hide()
        column.addStretch(1)
        self.add(scrolling(inner), 1)
        self._back = Button(_("列表"))
        self._back.clicked.connect(self.left)
        self.add(row(self._back, 1, self.save))
        self._back.hide()

    def show_alone(self, alone: bool) -> None:
        """Whether the list is behind it."""
        self._back.setVisible(alone)

    def show_asked(self, one: Asked, today: date) -> None:
        """Show a record; what is being written about the same one stays."""
        is_same = self.asked is not None and self.asked.id == one.id
        self.asked = one
        self.reason.show_state(_(one.reason), "grey")
        self.title.setText(one.title)
        self.who.setText(" · ".join(filter(None, (one.grid, one.worker))))
        words = _("；").join(one.words)
        self.why.setText(_("{why}，请核实。").format(why=words) if words else _("随机抽到，请核实。"))
        self.known.setText("\n".join(self._known(one, today)))
        self.known.setVisible(bool(self.known.text()))
        self.open.setVisible(one.ledger == "need" or bool(one.household))
        if not is_same:
            self.result.set_value(one.result or None)
            self.remark.set_value(one.note)
            self.explained.set_value(one.explained)

    def _known(self, one: Asked, today: date) -> list[str]:
        found = []
        if one.result and not self._is_township:
            day = wording.day(one.checked_on, today)
            found.append(" · ".join(filter(None, (_("乡镇核实"), day, _(one.result), one.note))))
        if one.explained and self._is_township:
            found.append(_("网格员说明：{words}").format(words=one.explained))
        return found

    def first_focus(self) -> QWidget:
        """The first field."""
        return self._fields[0]

    def choose(self, place: int) -> None:
        """A result by its number."""
        if self._is_township:
            self.result.set_value(RESULTS[place])

    def submit(self) -> None:
        """Hand on what was written."""
        if self.asked is None:
            return
        if self._is_township:
            self.saved.emit({"result": self.result.value(), "note": self.remark.value()})
        else:
            self.saved.emit({"explained": self.explained.value()})
