"""登记诉求 away from a visit: a call, a message, something seen on a round; with a household or without."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import households_list, naming, visiting
from gridworker.services.likely_same import Likely
from gridworker.services.visiting import NeedGiven
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.pages.guide_panel import BesideForm, GuidePanel
from gridworker.ui.pages.likely_dialog import ask_first
from gridworker.ui.pages.record_draft import DraftedDialog, RecordDraft
from gridworker.ui.pages.visit_form_need import NeedBlock
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import ChipGroup, Choice, digit_choices
from gridworker.ui.widgets.date_field import go_to, stop_at_unread
from gridworker.ui.widgets.field import FieldRow, TextField
from gridworker.ui.widgets.label import label, line

_PAUSE = 60  # ms of silence before households are looked for
_OFFERED = 4
_SOURCES = ("来电", "来访", "微信群", "巡查发现", "楼长上报", "上级交办", "12345转办")


class NewNeedDialog(DraftedDialog):
    """Window-modal; `saved(Done)` once it is stored, `known_asked(Likely)` to see what is there already instead.

    Open it with `open()`.
    """

    saved = Signal(object)
    known_asked = Signal(object)

    def __init__(self, parent: QWidget, workspace: Workspace, resident: Id = 0, household: Id = 0) -> None:
        """The need of this resident and household, so that nobody has to be looked for, or of anybody."""
        super().__init__(parent.window())
        self._workspace = workspace
        self._person = (resident, household)
        self.draft = RecordDraft(self, workspace, f"need/new/{resident}", self._typed, self._show_typed)
        self.setWindowTitle(_("登记诉求"))
        self.setProperty("ground", "surface")
        self.source = ChipGroup(_("来源"), digit_choices((code, naming.word("need_source", code)) for code in _SOURCES))
        self.source.set_value(_SOURCES[0])
        self.typed = TextField(_("住户"), _("姓名、拼音、门牌；公共事项可留空"), icon_name="search")
        self.homes = ChipGroup(_("相近的住户"), optional=True)
        self.place = TextField(_("地点"), _("在哪里，可留空"))
        self.block = NeedBlock(workspace, alone=True)
        self.guide = GuidePanel(workspace)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._build()
        self._pause.timeout.connect(self._offer)
        self.typed.textChanged.connect(self._pause.start)
        for part in (self.source, self.typed, self.homes, self.place, self.block):
            self.draft.follow(part)
        self.block.arranged.connect(self._on_arranged)
        self.block.guide_asked.connect(self.guide.toggle)
        keys.bind(self, "F7", self.guide.toggle, _("打开、收起办事指南"))
        keys.bind(self, "Ctrl+Enter", self.save)

    def save(self) -> None:
        """Store the need, or say what is missing."""
        if stop_at_unread(self):
            return
        given = self._given()
        wrong = dict(visiting.need_problems(self._workspace, given, {}))
        first = self.block.show_problems(wrong)
        if first is not None:
            go_to(first)
            return
        found = visiting.likely_needs(self._workspace, self._household(), [given])
        ask_first(self, found, lambda: self._keep(given), self._open_known)

    def _keep(self, given: NeedGiven) -> None:
        done = visiting.register(self._workspace, given, self._household(), self._person[0])
        self.accept()
        self.saved.emit(done)

    def _open_known(self, known: Likely) -> None:
        self.reject()
        self.known_asked.emit(known)

    def _given(self) -> NeedGiven:
        heard = self.block.given()
        more = {"source": self.source.value(), "place": self.place.value()}
        return NeedGiven({**heard.fields, **{name: value for name, value in more.items() if value}}, heard.step)

    def _typed(self) -> dict[str, Any]:
        """What differs from an empty form."""
        source = self.source.value()
        body = {
            "source": source if source != _SOURCES[0] else "",
            "typed": self.typed.value(),
            "home": 0 if self._person[0] else self._household(),
            "place": self.place.value(),
            **self.block.draft(),
        }
        return {name: value for name, value in body.items() if value}

    def _show_typed(self, body: Mapping[str, Any]) -> None:
        self.source.set_value(body.get("source", _SOURCES[0]))
        self.typed.set_value(body.get("typed", ""))
        self.place.set_value(body.get("place", ""))
        self._offer()
        self.homes.set_value(body.get("home"))
        self.block.set_draft(body)

    def _household(self) -> Id:
        if self._person[0]:
            return self._person[1]
        if self._pause.isActive():
            self._offer()
        return int(self.homes.value() or 0)

    def _on_arranged(self) -> None:
        self.guide.show_kind(self.block.kind)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addLayout(row(label(_("登记诉求"), "card_title"), 1, self.draft.mark))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 6, 0)
        rows.setSpacing(9)
        self._offers = FieldRow("", self.homes)
        self._offers.hide()
        self._whose = FieldRow(_("住户"), self.typed)
        self._whose.setHidden(bool(self._person[0]))
        for part in (FieldRow(_("来源"), self.source), self._whose, self._offers,
                     FieldRow(_("地点"), self.place), self.block):  # fmt: skip
            rows.addWidget(part)
        rows.addStretch(1)
        self._beside = BesideForm(inner, self.guide, 660, 500)
        column.addWidget(self._beside, 1)
        column.addWidget(line())
        cancel, keep = Button(_("取消"), key="Esc"), Button(_("登记"), PRIMARY, icon="check", key="Ctrl+Enter")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.save)
        column.addLayout(row(1, self.draft.clear, cancel, keep))
        self._beside.fit_dialog()

    def _offer(self) -> None:
        """The households that fit; a single one is taken at once."""
        self._pause.stop()
        typed = self.typed.value()
        found = sorted(households_list.meant(self._workspace, typed))[:_OFFERED] if typed else []
        lines = households_list.lines(self._workspace, found)
        words = [(one.id, f"{one.head} {one.address}".strip()) for one in lines]
        self.homes.set_choices(Choice(id, word, str(place)) for place, (id, word) in enumerate(words, start=1))
        self.homes.set_value(found[0] if len(found) == 1 else self.homes.value())
        self._offers.setVisible(bool(found))
