"""The last step of the first run: the ways to begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui.pages.first_run_who import column_of
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label


@dataclass(frozen=True, slots=True)
class Option:
    """One way to begin."""

    name: str
    icon: str
    title: str
    advice: str
    verb: str


class BeginStep(QWidget):
    """The ways to begin; `chosen(name)`."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        column = column_of(self)
        for option in options:
            column.addWidget(self._card(option))
        column.addStretch(1)

    def first_field(self) -> QWidget:
        """The first way."""
        return next(iter(self.buttons.values()))

    def _card(self, option: Option) -> Card:
        card = Card(frame="inset")
        button = Button(option.verb)
        button.clicked.connect(lambda: self.chosen.emit(option.name))
        self.buttons[option.name] = button
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(option.title, "card_title"))
        words.addWidget(label(option.advice, "second", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(IconMark(option.icon, "primary", 20, round_size=40))
        line.addLayout(words, 1)
        line.addWidget(button)
        card.add(line)
        return card


def beginnings(*, is_township: bool) -> list[Option]:
    """What there is to begin with: for workers a roster or workbooks handed in, for all nothing or the demo."""
    nothing = _("先走访，边走边建住户；名册以后也能导入")
    demo = Option("demo", "eye", _("看演示"), _("都是虚构的，放在另一处，不会混进你的数据"), _("看演示"))
    if is_township:
        words = _("收第一批周报时，网格和住户自动建好；网格名册也可在设置里填")
        return [Option("empty", "inbox", _("空白开始"), words, _("开始")), demo]
    roster = _("Excel、WPS、旧表都行；先看一遍认出了什么，再导入")
    books = _("换了电脑、没有备份时用：选放周报的文件夹，交过的都能回来")
    return [
        Option("import", "upload", _("导入住户名册"), roster, _("选文件")),
        Option("rebuild", "history", _("从交过的周报恢复"), books, _("选文件夹")),
        Option("empty", "footprints", _("空白开始"), nothing, _("空白开始")),
        demo,
    ]
