"""Beside the evening sheet: the household of the line, the lines that wait, the sentence for the chat."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gridworker.domain.calendar import week_of
from gridworker.i18n import _
from gridworker.services import household_page, summary
from gridworker.services.household_page import HouseholdPage
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.page import page_column
from gridworker.ui.pages import wording
from gridworker.ui.pages.chat_line import ChatLine
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.pill import Pill

_WIDTH = 232
_NEEDS = 3
_WAITING = 4


class SheetSide(QWidget):
    """Three cards; the first follows the line."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._whose, self._waiting = _HomeCard(workspace), Card(_("待改"))
        self.chat = ChatLine()
        self._lines = label("", wrap=True)
        self._waiting.add(row(key_cap("F8"), label(_("跳到下一处"), "second"), 1))
        self._waiting.add(self._lines)
        self._waiting.add(row(key_cap("Ctrl+Del"), label(_("去掉没存的行"), "second"), 1))
        chat = Card(_("发到群里"))
        chat.add(self.chat)
        column = page_column()
        self.setLayout(column)
        for card in (self._whose, self._waiting, chat):
            column.addWidget(card)
        column.addStretch(1)
        self.setFixedWidth(theme.px(_WIDTH))

    def refresh(self) -> None:
        """Count the week anew, but not between two lines: it takes long with many households."""
        week = week_of(self._workspace.today)
        self.chat.show_later(lambda: summary.chat_sentence(self._workspace, week.first_day, week.last_day))

    def show_line(self, number: int, household: int, earlier: int = 0) -> None:
        """The household of the line that is being written, and how many visits it has of that day besides."""
        self._whose.show_home(number, household, earlier)

    def show_waiting(self, sentences: Sequence[str]) -> None:
        """What each waiting line needs."""
        self._waiting.setVisible(bool(sentences))
        self._waiting.title.setText(_("待改 {count} 行").format(count=len(sentences)))
        self._lines.setText("\n".join(sentences[:_WAITING]))


class _HomeCard(Card):
    """Who lives there, how closely to look after them, when they were last seen, what is open."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("第 {number} 行").format(number=1))
        self._workspace = workspace
        self._shown = 0
        self._level = Pill()
        self._who = ElidedLabel("", "strong")
        self._facts = {name: ElidedLabel() for name in ("address", "last", "needs")}
        self._advice = label("", "second", wrap=True)
        self._open = label("", wrap=True)
        self._body = QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(row(self._who, self._level, 1))
        inside.addLayout(self._grid())
        self._line = line()
        inside.addWidget(self._line)
        inside.addWidget(self._open)
        self.add(self._body)
        self.add(self._advice)

    def show_home(self, number: int, household: int, earlier: int) -> None:
        """Show a household and what to mind, or how to find one."""
        self.title.setText(_("第 {number} 行").format(number=number))
        self._body.setVisible(bool(household))
        self._advice.setVisible(not household or bool(earlier))
        twice = _("这户当天已有 {count} 次走访；要再记一次，照样存。").format(count=earlier)
        self._advice.setText(twice if household else _("输门牌、姓名或拼音首字母；同一单元只输室号。"))
        if household:
            self._show(household_page.read(self._workspace, household))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for place, (name, word) in enumerate((("address", _("地址")), ("last", _("上次")), ("needs", _("未办结")))):
            grid.addWidget(label(word, "second"), place, 0)
            grid.addWidget(self._facts[name], place, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _show(self, page: HouseholdPage) -> None:
        today = self._workspace.today
        self._who.setText(page.head or _("（未登记户主）"))
        words = _("{level} · {days}天").format(level=wording.level_word(page.level), days=page.cycle_days)
        self._level.show_state(words, wording.LEVEL_TONES.get(page.level, "grey"), dot=page.level != "normal")
        visit = next((one for one in page.events if one.sort == household_page.VISIT), None)
        last = " ".join((wording.day(visit.at, today), *visit.words[:1])) if visit else _("还没走访")
        facts = {"address": page.address, "last": last, "needs": _("{count} 件").format(count=len(page.needs))}
        for name, text in facts.items():
            self._facts[name].setText(text)
        for part in (self._line, self._open):
            part.setVisible(bool(page.needs))
        self._open.setText("\n".join(f"{one.kind} {one.content}" for one in page.needs[:_NEEDS]))
