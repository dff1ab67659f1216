"""The small dialog for one record: a few fields, the rest under 更多; only what changed is saved."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Field, own_field
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import editing, likely_same, naming, own_fields
from gridworker.services.likely_same import Likely
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.pages.field_history import bind_history, history_link, open_all
from gridworker.ui.pages.form_editors import editor_for, read, show, typed
from gridworker.ui.pages.likely_dialog import ask_first
from gridworker.ui.pages.likely_strip import KEY, LikelyStrip
from gridworker.ui.pages.own_fields import OwnFieldLine
from gridworker.ui.pages.record_draft import DraftedDialog, RecordDraft
from gridworker.ui.widgets.button import PRIMARY, Button, link
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.date_field import go_to, stop_at_unread
from gridworker.ui.widgets.field import LABEL_WIDTH, FieldRow
from gridworker.ui.widgets.label import label, line

_WIDTH: Final = 560
_HIGHEST: Final = 620
_EDGE: Final = 24
_GAP: Final = 8
_LABEL_LIMIT: Final = 150
"""How wide labels may grow (unscaled pixels)."""

_TELLING: Final = {
    "household": frozenset({"estate", "building", "unit", "room"}),
    "resident": frozenset({"name", "id_no"}),
}
"""By ledger: fields by which records are told apart."""
_WATCHED: Final = frozenset({"estate", "building", "unit", "room", "head", "phone", "name", "id_no", "birth"})
"""Fields of either that lead to known records while they are typed."""

Line = tuple[str, tuple[str, ...]]
"""A line of a form: label and the fields on it."""
Lines = tuple[Line, ...]


class RecordDialog(DraftedDialog):
    """Window-modal; `saved(Done)` once it is stored, `known_asked(Likely)` to see what is there already instead.

    Open it with `open()`.
    """

    saved = Signal(object)
    known_asked = Signal(object)
    next_asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        ledger_name: str,
        record: Id,
        given: Mapping[str, Any],
        shape: tuple[str, Lines, Lines],
        where: str = "",
    ) -> None:
        """`where` tells the drafts of new records apart: the household they are of, or their door."""
        super().__init__(parent.window())
        self._behind = parent.window()
        title, lines, more = shape
        self._workspace, self._ledger, self._record = workspace, ledger_name, record
        self._given = dict(given)
        self.editors: dict[str, QWidget] = {}
        self._rows: dict[str, FieldRow] = {}
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(_WIDTH))
        self.setProperty("ground", "surface")
        self._more = QWidget()
        self._goes_on = False
        self._shown: dict[str, Any] = {}
        self.draft = RecordDraft(self, workspace, f"{ledger_name}/{record or where}", self._typed, self.show_typed)
        self._build(title, lines, more)
        self._show_given(self.editors)
        keys.bind(self, "Ctrl+Enter", self.save)
        if not record and ledger_name in _TELLING:
            self._watch_for_known()

    def show_typed(self, body: Mapping[str, Any]) -> None:
        """Show what is stored, and over it what a draft holds."""
        for name in body.keys() - self.editors.keys():
            if own_field(name):
                self._add_own_line(name)
        self._show_given(self.editors)
        for part in self._rows.values():
            part.set_error("")
        for name in body.keys() & self.editors.keys():
            show(self.editors[name], body[name])
            self.unfold(self.editors[name])

    def _typed(self) -> dict[str, Any]:
        """What differs from what is stored, as it stands."""
        now = {name: typed(editor) for name, editor in self.editors.items()}
        return {name: value for name, value in now.items() if value != self._shown[name]}

    def save(self) -> None:
        """Store what was changed, or say beside the fields what is wrong."""
        if stop_at_unread(self, self.unfold):
            return
        now = {name: read(editor) for name, editor in self.editors.items()}
        given = {name: value for name, value in now.items() if value != self._shown[name]}
        if not self._record:
            given = {name: value for name, value in {**self._given, **now}.items() if value}
        elif {"estate", "building", "unit", "room"} & given.keys():
            given |= {name: now[name] for name in ("estate", "building", "unit", "room")}
        if not given:
            self.accept()
            return
        wrong = editing.check(self._workspace, self._ledger, self._record, given)
        if wrong:
            self.show_problems(wrong)
        else:
            ask_first(self, self._likely(given), lambda: self._keep(given), self._open_known)

    def _likely(self, given: Mapping[str, Any]) -> list[Likely]:
        """What may be the same, where something was given that tells one from another."""
        if not _TELLING.get(self._ledger, frozenset()) & given.keys():
            return []
        stored = {name: value for name, value in self._given.items() if value is not None}
        return likely_same.likely(self._workspace, self._ledger, {**stored, **given}, self._record)

    def _watch_for_known(self) -> None:
        """What may be known already shows while its name, door or numbers are typed, not only at saving."""
        self.likely = LikelyStrip(self._typed_like)
        self.likely.known.connect(self._open_known)
        keys.bind(self, KEY, self.likely.enter, _("看可能已有的"))
        self._column.insertWidget(self._column.count() - 2, self.likely)
        for name in _WATCHED & self.editors.keys():
            self.editors[name].changed.connect(self.likely.look_again)  # type: ignore[attr-defined]
        self.likely.look_again()

    def _typed_like(self) -> list[Likely]:
        typed = {name: read(self.editors[name]) for name in _WATCHED & self.editors.keys()}
        return self._likely({name: value for name, value in typed.items() if value})

    def _open_known(self, known: Likely) -> None:
        self.reject()
        self.known_asked.emit(known)

    def _keep(self, given: Mapping[str, Any]) -> None:
        done = editing.save(self._workspace, self._ledger, self._record, given)
        if isinstance(done, Done):
            self.accept()
            self.saved.emit(done)
            if self._goes_on:
                self.next_asked.emit()

    def offer_next(self, word: str) -> None:
        """Let Ctrl+N save and ask for the next record of the same sort (`next_asked`)."""
        more = Button(word, icon="plus", key="Ctrl+N")
        more.clicked.connect(self._save_and_go_on)
        self._foot.insertWidget(0, more)
        keys.bind(self, "Ctrl+N", self._save_and_go_on)

    def _save_and_go_on(self) -> None:
        self._goes_on = True
        self.save()

    def show_problems(self, wrong: Mapping[str, str]) -> None:
        """Sentences beside the fields; the first wrong one gets the focus."""
        lost = [sentence for name, sentence in wrong.items() if name not in self._rows]
        sentences: dict[FieldRow, str] = dict.fromkeys(self._rows.values(), "")
        for name, sentence in wrong.items():
            if name in self._rows:
                sentences[self._rows[name]] = sentence
        for part, sentence in sentences.items():
            part.set_error(sentence)
        if lost:
            next(iter(self._rows.values())).set_error(lost[0])
        for name in wrong.keys() & self.editors.keys():
            self.unfold(self.editors[name])
        places = {
            self.editors[name].mapTo(self, QPoint(0, 0)).toTuple()[::-1]: name for name in wrong if name in self.editors
        }
        if places:
            go_to(self.editors[places[min(places)]])

    def unfold(self, field: QWidget) -> None:
        """Show what stands under 更多 if the field is there."""
        if self._more.isAncestorOf(field) and self._more.isHidden():
            self._show_more()

    def _show_given(self, names: Iterable[str]) -> None:
        """Show what is stored in these fields; what differs from that later is what was changed."""
        for name in names:
            show(self.editors[name], self._given.get(name))
            self._shown[name] = read(self.editors[name])

    def _build(self, title: str, lines: Lines, more: Lines) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addLayout(row(label(title, "card_title"), 1, self.draft.mark))
        self._label_width = self._widest(text for text, _names in (*lines, *more))
        inner = QWidget()
        rows = self._lines = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 6, 0)
        rows.setSpacing(9)
        self._add_lines(rows, lines)
        under = QVBoxLayout(self._more)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(9)
        self._add_lines(under, more)
        self._add_own_fields(under)
        self._unfold = link(_("更多"), icon="chevron-down")
        self._unfold.clicked.connect(self._show_more)
        rows.addWidget(self._unfold)
        rows.addWidget(self._more)
        rows.addStretch(1)
        self._more.hide()
        column.addWidget(scrolling(inner), 1)
        column.addWidget(line())
        column.addLayout(self._buttons())
        self.resize(theme.px(_WIDTH), theme.px(min(_HIGHEST, 190 + 46 * len(lines))))

    def _add_lines(self, column: QVBoxLayout, lines: Iterable[Line]) -> None:
        for text, names in lines:
            for name in names:
                self.editors[name] = editor_for(self._field(name), self._workspace)
                self.draft.follow(self.editors[name])
            part = FieldRow(text, *(self.editors[name] for name in names), label_width=self._label_width)
            self._rows |= dict.fromkeys(names, part)
            column.addWidget(part)

    def _widest(self, texts: Iterable[str]) -> int:
        """Room for the longest label, so that all editors begin at one line."""
        metrics = self.fontMetrics()
        widths = (metrics.horizontalAdvance(text) * 100 // theme.px(100) + _GAP for text in texts)
        return min(_LABEL_LIMIT, max((LABEL_WIDTH, *widths)))

    def _add_own_fields(self, column: QVBoxLayout) -> None:
        """A line for each field that people added to this ledger, and the way to add one more."""
        of = ledger(self._ledger)
        self._own = QVBoxLayout()
        self._own.setSpacing(9)
        known = [name for name in own_fields.known(self._workspace, of) if name not in self.editors]
        self._add_lines(self._own, [(naming.label_of(of, name), (name,)) for name in known])
        more = OwnFieldLine(of)
        more.added.connect(self._add_own_field)
        column.addLayout(self._own)
        column.addWidget(more)

    def _field(self, name: str) -> Field:
        found = ledger(self._ledger).field(name)
        assert found is not None, name
        return found

    def _add_own_field(self, name: str) -> None:
        if name not in self.editors:
            self._add_own_line(name)
        self.editors[name].setFocus()

    def _add_own_line(self, name: str) -> None:
        self._add_lines(self._own, [(naming.label_of(ledger(self._ledger), name), (name,))])
        self._show_given([name])

    def _buttons(self) -> QHBoxLayout:
        cancel, keep = Button(_("取消"), key="Esc"), Button(_("保存"), PRIMARY, icon="check", key="Ctrl+Enter")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.save)
        self._foot = row(1, self.draft.clear, cancel, keep)
        if self._record:
            bind_history(self, self.show_history)
            self._foot.insertWidget(0, history_link(self.show_history))
        return self._foot

    def show_history(self) -> None:
        """Everything ever said about the record, opened at the field one is in."""
        here = self.focusWidget()
        names = [name for name, one in self.editors.items() if here and (one is here or one.isAncestorOf(here))]
        open_all(self, self._workspace, self._ledger, self._record, names[0] if names else "")

    def _show_more(self) -> None:
        self._more.show()
        self._unfold.hide()
        self._grow(self._more)

    def _grow(self, part: QWidget) -> None:
        """Make room for a part that came in, as far as the window behind allows."""
        highest = min(theme.px(_HIGHEST), self._behind.height() - _EDGE)
        self.resize(self.width(), min(highest, self.height() + part.sizeHint().height()))
