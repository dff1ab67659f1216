"""Editors by what a field holds; all have `value()`, `set_value()` and the signal `changed`."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.text.typed_dates import parse_typed_date
from gridworker.i18n import _
from gridworker.services import naming
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.ref_field import ref_field
from gridworker.ui.pages.visit_form_moment import MomentField
from gridworker.ui.widgets.check_box import CheckBox, Select
from gridworker.ui.widgets.chip import ChipGroup, Choice, digit_choices
from gridworker.ui.widgets.date_field import DateField
from gridworker.ui.widgets.field import LongField, TextField

_MORE: Final = "+"
_FEW: Final = 6
_CHIPS: Final = 9
"""Codes up to which each is a chip with its digit."""
_DIGITS: Final = frozenset({"phone", "id_no"})


class Editor(Protocol):
    """What every editor can do."""

    changed: SignalInstance

    def value(self) -> Any:
        """What it holds."""

    def set_value(self, value: Any) -> None:
        """Show a value without telling."""


class Tick(CheckBox):
    """A check box as an editor: true, or never said."""

    changed = Signal(bool)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(self.changed)

    def value(self) -> bool | None:
        """Ticked, or nothing."""
        return True if self.isChecked() else None

    def set_value(self, value: Any) -> None:
        """Show without telling."""
        self.setChecked(bool(value))


class CodeSelect(Select):
    """One code of a list, or none; unknown ones that stand already can stay."""

    changed = Signal(object)

    def __init__(self, name: str, list_name: str, none: str = "") -> None:
        super().__init__(name)
        self.addItem(none or _("未填"), "")
        for code in code_list(list_name).codes():
            self.addItem(naming.word(list_name, code), code)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _index: self.changed.emit(self.value()))

    def value(self) -> str:
        """The code chosen."""
        return str(self.currentData() or "")

    def set_value(self, value: Any) -> None:
        """Show without telling."""
        place = self.findData(value or "")
        if place < 0:
            self.addItem(str(value), value)
            place = self.count() - 1
        self.setCurrentIndex(place)


class ManyChips(ChipGroup):
    """Several codes of a long list: the usual ones and those chosen, all of them once 更多 was asked for."""

    def __init__(self, name: str, list_name: str, usual: int = _FEW) -> None:
        super().__init__(name, exclusive=False)
        self._list = code_list(list_name)
        self._usual = usual
        self._every = False
        self.changed.connect(self._on_changed)
        self.choose(())

    def codes(self) -> list[str]:
        """The codes chosen."""
        return [code for code in self.value() if code != _MORE]

    def choose(self, codes: Any) -> None:
        """Show these codes chosen without telling, given as a sequence or joined by commas."""
        wanted = [part for part in codes.split(",") if part] if isinstance(codes, str) else list(codes or ())
        shown = self._shown(wanted)
        if [chip.choice.value for chip in self.chips()] != [choice.value for choice in shown]:
            self.set_choices(shown)
        self.set_value(wanted)

    def fold(self) -> None:
        """Show the usual ones only, from the next choosing on."""
        self._every = False

    def _shown(self, chosen: Sequence[str]) -> list[Choice]:
        every = self._list.codes()
        usual = every if self._every else every[: self._usual]
        codes = (*usual, *(code for code in chosen if code not in usual))
        choices = digit_choices((code, naming.word(self._list.name, code)) for code in codes)
        return choices if self._every else [*choices, Choice(_MORE, _("更多"), "0")]

    def _on_changed(self, chosen: tuple[str, ...]) -> None:
        if _MORE in chosen:
            self._every = True
            self.choose(self.codes())
            self.setFocus()


def typed_day(text: str, today: date) -> date | None:
    """The day a person typed, without a time."""
    found = parse_typed_date(text, today)
    return date(found.year, found.month, found.day) if found else None


class DayEditor(DateField):
    """A day as an editor: holds ISO text."""

    def __init__(self, name: str, workspace: Workspace) -> None:
        super().__init__(name, typed_day, lambda: workspace.today, optional=True)

    def iso(self) -> str:
        """The day as it is stored; empty for none; what was not understood, as it stands, so that nobody loses it."""
        if self.unread():
            return self.text().strip()
        day = self.value()
        return day.isoformat() if day else ""

    def set_iso(self, text: Any) -> None:
        """Show what `iso` told, without telling."""
        try:
            self.set_value(date.fromisoformat(str(text)[:10]) if text else None)
        except ValueError:
            self.show_unread(str(text))


def editor_for(field: Field, workspace: Workspace, offered: Iterable[str] = ()) -> QWidget:
    """An editor for a field: chips for few codes, a drop-down for many, text for the rest."""
    name = _(field.label)
    if field.kind is Kind.CODE:
        return _code_editor(name, field.of, tuple(offered))
    makers: dict[Kind, Callable[[], QWidget]] = {
        Kind.MULTI: lambda: ManyChips(name, field.of),
        Kind.BOOL: lambda: Tick(name),
        Kind.LONG: lambda: LongField(name),
        Kind.DATE: lambda: DayEditor(name, workspace),
        Kind.TIME: lambda: MomentField(name, lambda: workspace.now, not field.required),
        Kind.REF: lambda: ref_field(name, field.of, workspace),
    }
    digits = field.kind is Kind.MONEY or field.name in _DIGITS
    return makers.get(field.kind, lambda: TextField(name, name, digits=digits))()


def _code_editor(name: str, list_name: str, offered: tuple[str, ...]) -> QWidget:
    codes = offered or code_list(list_name).codes()
    if len(codes) > _CHIPS:
        return CodeSelect(name, list_name, _("{label}未填").format(label=name))
    words = ((code, naming.word(list_name, code)) for code in codes)
    return ChipGroup(name, digit_choices(words), optional=True)


def read(editor: QWidget) -> Any:
    """What an editor holds, in a form that services understand."""
    if isinstance(editor, DayEditor):
        return editor.iso()
    if isinstance(editor, ManyChips):
        return editor.codes()
    return editor.value()  # type: ignore[attr-defined]


def typed(editor: QWidget) -> Any:
    """What an editor holds, as a draft keeps it: half a day as it stands, since reading it would finish it."""
    if isinstance(editor, (DayEditor, MomentField)) and editor.isModified():
        return editor.text().strip()
    return editor.typed() if isinstance(editor, MomentField) else read(editor)


def show(editor: QWidget, value: Any) -> None:
    """Let an editor show a stored value."""
    if isinstance(editor, DayEditor):
        editor.set_iso(value)
    elif isinstance(editor, ManyChips):
        editor.choose(value)
    elif isinstance(editor, (TextField, LongField)):
        editor.set_value("" if value is None else str(value))
    else:
        editor.set_value(value)  # type: ignore[attr-defined]
