"""A need heard at the door, inside the visit form: kind, content, what the kind asks, urgency, due date, next step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import defaults, kinds
from gridworker.services.visiting import NeedGiven
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.pages.form_editors import DayEditor, Tick
from gridworker.ui.pages.visit_form_fields import KindFields, asks_more
from gridworker.ui.pages.visit_form_kind import KindPicker
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import FieldRow, TextField
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.pill import Pill

_DATE_WIDTH = 140


class NeedBlock(QFrame):
    """One need of the form; `changed` after anything typed, `unwanted` when it is taken out, `arranged` when parts of
    it came or went, `guide_asked` for the card of its kind.
    """

    changed = Signal()
    unwanted = Signal()
    another = Signal()
    arranged = Signal()
    guide_asked = Signal()

    def __init__(self, workspace: Workspace, *, alone: bool = False) -> None:
        super().__init__()
        self.setProperty("frame", "focus")
        self._alone = alone
        self._workspace = workspace
        self._kind = ""
        self._fields: KindFields | None = None
        self._title = label("", "card_title")
        self._pill = Pill("", "primary")
        self._rechoose = link(_("改类别"))
        self._guide, self._guide_key = link(_("指南")), key_cap("F7")
        self.picker = KindPicker()
        self.content = TextField(_("诉求内容"), _("谁、什么事、想怎么办"))
        self._due = DayEditor(_("办理时限"), workspace)
        self._urgency = ChipGroup(
            _("紧急程度"), [Choice("red", _("红"), "R"), Choice("yellow", _("黄"), "Y"), Choice("blue", _("蓝"), "B")]
        )
        self._confidential = Tick(_("保密"))
        self._step_on = DayEditor(_("接着办的日期"), workspace)
        self._step_on.setPlaceholderText(_("哪天"))
        self._step = TextField(_("接着办什么"), _("如 陪同去窗口交材料"))
        self._own_due = False
        self._build()
        self._connect()
        self._show_kind()

    @property
    def kind(self) -> str:
        """The code of its kind, empty before one is chosen."""
        return self._kind

    def set_number(self, number: int) -> None:
        """Which need of the visit it is, from 1."""
        self._title.setText(_("诉求 {number}").format(number=number))

    def given(self) -> NeedGiven:
        """What it holds, as the service takes it."""
        fields: dict[str, Any] = dict(self._fields.values()) if self._fields else {}
        fields |= {"kind": self._kind, "content": self.content.value(), "urgency": self._urgency.value()}
        fields |= {"due_on": self._due.iso(), "confidential": self._confidential.value()}
        step = {"due_on": self._step_on.iso(), "content": self._step.value()}
        return NeedGiven(
            {name: value for name, value in fields.items() if value},
            {name: value for name, value in step.items() if value},
        )

    def set_given(self, fields: Mapping[str, Any], step: Mapping[str, Any]) -> None:
        """Show a draft without telling."""
        self._kind = str(fields.get("kind") or "")
        self._show_kind()
        if self._fields:
            self._fields.set_values(fields)
        self.content.set_value(str(fields.get("content") or ""))
        self._urgency.set_value(fields.get("urgency"))
        self._due.set_iso(fields.get("due_on"))
        self._confidential.set_value(fields.get("confidential"))
        self._step_on.set_iso(step.get("due_on"))
        self._step.set_value(str(step.get("content") or ""))
        self._tell_why()

    def draft(self) -> dict[str, Any]:
        """What it holds, as a draft keeps it: its fields and the next step, each only if there is something."""
        given = self.given()
        return {name: dict(part) for name, part in (("fields", given.fields), ("step", given.step)) if part}

    def set_draft(self, body: Mapping[str, Any]) -> None:
        """Show a kept draft, with the cursor where it goes on."""
        self.set_given(body.get("fields", {}), body.get("step", {}))
        go_on = self.content if self.content.value() else self.first_focus()
        go_on.setFocus()

    def show_problems(self, found: Mapping[str, str]) -> QWidget | None:
        """Say sentences beside the fields they are about; returns the first of those fields."""
        places = self._places()
        for part, _editor in places.values():
            part.set_error("")
        self._content_row.set_error(next((said for name, said in found.items() if name not in places), ""))
        wrong = [name for name in places if name in found]
        for name in reversed(wrong):  # of two in one line, the first is said
            places[name][0].set_error(found[name])
        if wrong:
            return places[wrong[0]][1]
        return self.content if found else None

    def _places(self) -> dict[str, tuple[FieldRow, QWidget]]:
        """Line and editor of each field, in the order of the eye."""
        fields = self._fields
        own = {name: (fields.rows[name], editor) for name, editor in fields.editors.items()} if fields else {}
        return {
            "kind": (self._kind_row, self.picker),
            "content": (self._content_row, self.content),
            **own,
            "due_on": (self._due_row, self._due),
            "step": (self._step_row, self._step_on),
        }

    def first_focus(self) -> QWidget:
        """The kind as long as there is none, then the content."""
        return self.content if self._kind else self.picker.field

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 9, 13, 11)
        column.setSpacing(7)
        column.addLayout(self._head())
        self._kind_row = FieldRow(_("类别"), self.picker)
        self._content_row = FieldRow(_("诉求内容"), self.content, self._guide, self._guide_key)
        self._place = QVBoxLayout()
        self._due.setFixedWidth(theme.px(_DATE_WIDTH))
        self._why = label("", "second")
        self._due_row = FieldRow(_("办理时限"), self._due, self._why, self._urgency)
        self._step_on.setFixedWidth(theme.px(_DATE_WIDTH))
        self._step_row = FieldRow(_("接着办"), self._step_on, self._step)
        column.addWidget(self._kind_row)
        column.addWidget(self._content_row)
        column.addLayout(self._place)
        column.addWidget(self._due_row)
        column.addWidget(self._step_row)

    def _head(self) -> QHBoxLayout:
        again, away = link(_("再记一件")), link(_("去掉"))
        again.clicked.connect(self.another)
        away.clicked.connect(self.unwanted)
        self._rechoose.clicked.connect(self._choose_again)
        parts = (IconMark("message-square-warning", "primary", 17), self._title, self._pill, self._rechoose, 1)
        if self._alone:
            self._title.hide()
            return row(*parts, self._confidential)
        return row(*parts, self._confidential, again, key_cap("F4"), away, key_cap("Ctrl+Del"))

    def _connect(self) -> None:
        self.picker.chosen.connect(self._on_kind_chosen)
        self._urgency.changed.connect(self._on_urgency_changed)
        self._due.changed.connect(self._on_due_changed)
        for editor in (self.content, self._step, self._step_on, self._confidential):
            editor.changed.connect(self.changed)
        self.content.changed.connect(lambda: self._content_row.set_error(""))
        self._step_on.changed.connect(lambda: self._step_row.set_error(""))
        self._guide.clicked.connect(self.guide_asked)
        keys.bind(self, "Ctrl+Del", self.unwanted.emit)

    def _on_kind_chosen(self, code: str) -> None:
        self._kind = code
        self._own_due = False
        self._urgency.set_value(defaults.urgency_of(code))
        self._show_kind()
        self._suggest_due()
        self._kind_row.set_error("")
        self.content.setFocus()
        self.changed.emit()

    def _choose_again(self) -> None:
        self._kind_row.show()
        self.picker.field.setFocus()

    def _show_kind(self) -> None:
        """Only what the kind asks is on the form."""
        self._pill.show_state(kinds.label(self._kind) if self._kind else "", "primary")
        self._rechoose.setVisible(bool(self._kind))
        self._kind_row.setVisible(not self._kind)
        for part in (self._due_row, self._step_row, self._guide, self._guide_key):
            part.setVisible(bool(self._kind))
        if self._fields is not None:
            self._place.removeWidget(self._fields)
            self._fields.deleteLater()
            self._fields = None
        if asks_more(self._kind):
            self._fields = KindFields(self._kind, self._workspace)
            self._fields.changed.connect(self.changed)
            self._place.addWidget(self._fields)
        self.arranged.emit()

    def _on_urgency_changed(self, urgency: str) -> None:
        self._own_due = False
        self._suggest_due()
        self.changed.emit()

    def _on_due_changed(self, day: date | None) -> None:
        self._own_due = day is not None
        self._due_row.set_error("")
        self._tell_why()
        self.changed.emit()

    def _suggest_due(self) -> None:
        if self._kind and not self._own_due:
            self._due.set_value(self._usual_due()[0])
        self._tell_why()

    def _tell_why(self) -> None:
        """Why the due date is this one."""
        if not self._kind:
            return
        usual, span = self._usual_due()
        self._why.setText(span if self._due.value() == usual else _("自定，按规定 {span}").format(span=span))

    def _usual_due(self) -> tuple[date, str]:
        return defaults.due_on(self._kind, self._urgency.value() or "blue", self._workspace.today)
