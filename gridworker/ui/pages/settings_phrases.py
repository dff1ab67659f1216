"""常用语 in 设置: by field, to add, change, move and take away; every change can be taken back."""

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import Signal

from gridworker.i18n import _
from gridworker.services import phrases
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.page import Message
from gridworker.ui.widgets.button import QUIET, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, digit_choices
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList


class PhrasesCard(Card):
    """Emits `said(message)`."""

    said = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("常用语"), _("填表时按 F6，再按字母"))
        self._workspace = workspace
        self._changing: int | None = None
        self.group = ChipGroup(_("哪一栏"), digit_choices(phrases.fields().items()))
        self.list = RowList(_("常用语"), height=30, bold=False)
        self.typed = TextField(_("常用语"))
        self.put = Button("", icon="plus", key="Enter")
        self.original = Button(_("恢复原来的"), QUIET)
        self.group.set_value(phrases.MET)
        self.list.setMinimumHeight(122)
        legend = [("Enter", _("改")), ("Alt+↑ Alt+↓", _("挪")), ("Del", _("删"))]
        for part in (self.group, self.list):
            self.add(part, 1 if part is self.list else 0)
        self.add(row(self.typed, self.put))
        self.add(row(KeyLegend(legend), 1, self.original))
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read the sentences of the field chosen."""
        found = self._sentences()
        lettered = zip_longest(found, phrases.LETTERS[: len(found)], fillvalue="")
        self.list.set_rows([Row(one, key=place, aside=letter) for place, (one, letter) in enumerate(lettered)])
        self.original.setVisible(phrases.is_own(self._workspace, self._group()))
        self._begin(None)

    def _connect(self) -> None:
        self.group.changed.connect(self.refresh)
        self.list.opened.connect(self._begin)
        self.typed.returnPressed.connect(self._take)
        self.put.clicked.connect(self._take)
        self.original.clicked.connect(self._restore)
        keys.bind(self.list, "Alt+Up", lambda: self._move(-1), _("往前挪"))
        keys.bind(self.list, "Alt+Down", lambda: self._move(1), _("往后挪"))
        keys.bind(self.list, "Del", self._drop, _("删去常用语"))
        keys.bind(self.typed, "Esc", self._leave, _("不改了"))

    def _begin(self, place: int | None) -> None:
        """Change the sentence at a place, or write another one."""
        self._changing = place
        adds = place is None
        self.typed.set_value("" if place is None else self._sentences()[place])
        self.typed.setPlaceholderText(_("写一句新的，按 Enter 添上") if adds else _("改好按 Enter，留空就删去"))
        self.put.show_face(_("添上") if adds else _("改好"), icon="plus" if adds else "check", key="Enter")
        if not adds:
            self.typed.setFocus()

    def _leave(self) -> None:
        self._begin(None)
        self.list.setFocus()

    def _take(self) -> None:
        text, found, place = self.typed.value(), self._sentences(), self._changing
        if place is None:
            if text:
                self._keep([*found, text], _("已添常用语"), len(found))
                self.typed.setFocus()
            return
        found[place] = text
        self._keep(found, _("已改常用语"), place)
        self.list.setFocus()

    def _move(self, step: int) -> None:
        place, found = self.list.current_key(), self._sentences()
        if place is not None and 0 <= place + step < len(found):
            found.insert(place + step, found.pop(place))
            self._keep(found, _("已挪常用语"), place + step)

    def _drop(self) -> None:
        place, found = self.list.current_key(), self._sentences()
        if place is not None:
            del found[place]
            self._keep(found, _("已删常用语"), min(place, len(found) - 1))

    def _keep(self, wanted: Sequence[str], sentence: str, place: int) -> None:
        before = self._sentences()
        phrases.keep(self._workspace, self._group(), wanted)
        self._tell(sentence, before)
        self.list.select_number(place)

    def _restore(self) -> None:
        before = self._sentences()
        phrases.restore(self._workspace, self._group())
        self._tell(_("已恢复原来的常用语"), before)

    def _tell(self, sentence: str, before: Sequence[str]) -> None:
        group = self._group()
        self.refresh()
        if self._sentences() != before:
            self.said.emit(Message("saved", sentence, act=lambda: self._put_back(group, before)))

    def _put_back(self, group: str, before: Sequence[str]) -> None:
        phrases.keep(self._workspace, group, before)
        self.group.set_value(group)
        self.refresh()

    def _group(self) -> str:
        return str(self.group.value())

    def _sentences(self) -> list[str]:
        return phrases.sentences(self._workspace, self._group())
