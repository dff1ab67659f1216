"""The small forms of a need: a step taken or promised, closing, calling back, another due date, another state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gridworker.domain.codes import code_list
from gridworker.domain.rules import need_states
from gridworker.i18n import _
from gridworker.services import naming, phrases
from gridworker.services.need_page import NeedPage
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.pages.form_editors import DayEditor, read, show, typed
from gridworker.ui.pages.phrase_menu import with_phrases
from gridworker.ui.pages.record_draft import RecordDraft
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import ChipGroup, Choice, digit_choices
from gridworker.ui.widgets.date_field import go_to
from gridworker.ui.widgets.field import FieldRow, LongField, TextField
from gridworker.ui.widgets.label import label

STEP_MODES: Final = ("上门", "电话", "微信", "来访", "现场处理", "协调", "代办")
_DAY_WIDTH: Final = 176


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a form: label, the field's name, its editor, what it shows at first, a word beside it."""

    label: str
    name: str
    editor: QWidget
    value: Any = None
    beside: tuple[str, QWidget] | None = None


class ActionForm(QFrame):
    """A framed form within the page: `submitted(values)`, `left` by Esc; its buttons are the page's, named `verb`."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, title: str, verb: str, parts: Sequence[Part], hint: str = "") -> None:
        super().__init__()
        self.setProperty("frame", "focus")
        self.verb = verb
        self.editors: dict[str, QWidget] = {}
        self._rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 11)
        column.setSpacing(8)
        self._head = row(label(title, "strong"), label(hint, "second"), 1)
        column.addLayout(self._head)
        for part in parts:
            column.addWidget(self._line(part))
        self._shown = self._now()
        self._first = next(iter(self.editors.values()))
        self.draft: RecordDraft | None = None

    def keep_draft(self, workspace: Workspace, name: str) -> None:
        """Show what was not saved the last time under this name, and keep what is typed from now on."""
        self.draft = RecordDraft(self, workspace, name, self._typed, self._show_typed)
        for part in (self.draft.mark, self.draft.clear):
            self._head.addWidget(part)
        for editor in self.editors.values():
            self.draft.follow(editor)
        words = [self.editors[name] for name in self.draft.bring_back() if name in self.editors]
        self._first = next((one for one in words if isinstance(one, (TextField, LongField))), self._first)

    def submit(self) -> None:
        """Hand on what was given."""
        given = {name: read(editor) for name, editor in self.editors.items()}
        self.submitted.emit({name: value for name, value in given.items() if value})

    def drop_draft(self) -> None:
        """What was saved is no draft any more."""
        if self.draft is not None:
            self.draft.drop()

    def first_focus(self) -> QWidget:
        """The first editor; the words of a draft, which are gone on with."""
        return self._first

    def show_problem(self, sentence: str, field: str = "") -> None:
        """Say at a field what is wrong and go there; what is about no field of the form stands below the last line."""
        place = field if field in self._rows else next(reversed(self._rows))
        for part in self._rows.values():
            part.set_error("")
        self._rows[place].set_error(sentence)
        if field in self.editors:
            go_to(self.editors[field])

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving keeps the draft at once."""
        if self.draft is not None:
            self.draft.flush()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _now(self) -> dict[str, Any]:
        return {name: typed(editor) for name, editor in self.editors.items()}

    def _typed(self) -> dict[str, Any]:
        """What differs from what the form shows at first."""
        return {name: value for name, value in self._now().items() if value != self._shown[name]}

    def _show_typed(self, body: Mapping[str, Any]) -> None:
        for name, value in {**self._shown, **body}.items():
            show(self.editors[name], value)

    def _line(self, part: Part) -> FieldRow:
        editors = [part.editor]
        self.editors[part.name] = part.editor
        if part.beside:
            name, other = part.beside
            self.editors[name] = other
            editors.append(other)
        for editor in editors:
            if isinstance(editor, DayEditor):
                editor.setFixedWidth(theme.px(_DAY_WIDTH))
        if part.value is not None:
            show(part.editor, part.value)
        if len(editors) == 1 and isinstance(part.editor, DayEditor):
            editors.append(label(_("可输 昨天、-2、1120"), "second"))
        made = FieldRow(part.label, *editors)
        self._rows |= dict.fromkeys((part.name, part.beside[0]) if part.beside else (part.name,), made)
        return made


def step_form(workspace: Workspace, planned: str = "") -> ActionForm:
    """What was done for the need, how it went, and what comes next; a planned step shows its words."""
    done, following = DayEditor(_("办理日期"), workspace), DayEditor(_("下一步日期"), workspace)
    modes = ChipGroup(_("办理方式"), _choices("followup_mode", STEP_MODES))
    modes.set_value(STEP_MODES[0])
    outcomes = ChipGroup(_("办理成效"), _choices("followup_outcome"), optional=True)
    following.setPlaceholderText(_("哪天"))
    next_step = TextField(_("下一步"), _("接着办什么，可留空"))
    parts = (
        Part(_("方式"), "mode", modes),
        Part(
            _("措施"),
            "content",
            with_phrases(LongField(_("办理措施"), _("做了什么、对方怎么说；F6 常用语")), workspace, phrases.STEP),
            planned or None,
        ),
        Part(_("成效"), "outcome", outcomes),
        Part(_("日期"), "done_on", done, workspace.today.isoformat()),
        Part(_("接着办"), "next_on", following, beside=("next", next_step)),
    )
    return ActionForm(_("记一条办理"), _("保存"), parts)


def close_form(workspace: Workspace) -> ActionForm:
    """How the need ended."""
    results = ChipGroup(_("办理结果"), _choices("need_result"))
    results.set_value("已解决")
    parts = (
        Part(_("结果"), "result", results),
        Part(
            _("说明"),
            "result_note",
            with_phrases(LongField(_("结果说明"), _("怎么解决的，一两句；F6 常用语")), workspace, phrases.RESULT),
        ),
        Part(_("办结日期"), "closed_on", DayEditor(_("办结日期"), workspace), workspace.today.isoformat()),
    )
    return ActionForm(_("办结"), _("办结"), parts, _("办结后要回访，再销号"))


def callback_form() -> ActionForm:
    """What the person says now that it is settled."""
    satisfaction = ChipGroup(_("满意度"), _choices("satisfaction"))
    satisfaction.set_value("满意")
    parts = (
        Part(_("满意度"), "satisfaction", satisfaction),
        Part(_("说明"), "note", TextField(_("回访说明"), _("本人怎么说，可留空"))),
    )
    return ActionForm(_("回访"), _("保存回访"), parts, _("不满意的会重新办理"))


def extend_form(workspace: Workspace, page: NeedPage) -> ActionForm:
    """Another due date, with its reason."""
    parts = (
        Part(_("新时限"), "due_on", DayEditor(_("新的办理时限"), workspace), page.due_on),
        Part(_("理由"), "moved_reason", TextField(_("延期理由"), _("为什么要延期"))),
    )
    return ActionForm(_("延期"), _("延期"), parts)


def move_form(target: str) -> ActionForm:
    """Another state, with a reason where one is due."""
    reason = TextField(_("变动理由"), _("为什么这样改"))
    word = naming.word("need_status", target)
    verbs = {
        need_states.VOIDED: _("作废"), need_states.WITHDRAWN: _("撤回"), need_states.PLANNED: _("列入计划"),
        need_states.REPORTED: _("上报"),
    }  # fmt: skip
    title = _("改为 {state}").format(state=word)
    return ActionForm(title, verbs.get(target, title), (Part(_("理由"), "moved_reason", reason),))


def _choices(list_name: str, wanted: Sequence[str] = ()) -> list[Choice]:
    return digit_choices((code, naming.word(list_name, code)) for code in wanted or code_list(list_name).codes())
