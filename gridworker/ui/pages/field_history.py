"""历史: everything ever said about each field of a record; one window for every form and page (Ctrl+H)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import field_history, household_page, naming
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.pages import wording
from gridworker.ui.reveal import RevealByAlt
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import Button, link
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import label, line
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList
from gridworker.ui.widgets.timeline import Event, Timeline

if TYPE_CHECKING:
    from gridworker.services.field_history import GroupHistory, Told

KEY: Final = "Ctrl+H"
_SIZE: Final = (760, 480)
_LIST: Final = 230

Subjects = Sequence[tuple[str, Id]]
"""Records whose history may be looked at: what each is called, and its id."""


def open_history(parent: QWidget, workspace: Workspace, subjects: Subjects, field: str = "") -> "HistoryDialog":
    """Open the history of some records over a page, at a field of the first."""
    dialog = HistoryDialog(parent, workspace, subjects, field)
    dialog.open()
    dialog.fields.setFocus()
    return dialog


def open_all(parent: QWidget, workspace: Workspace, ledger_name: str, record: Id, field: str = "") -> "HistoryDialog":
    """Open the history of a record and of all that belongs to it."""
    return open_history(parent, workspace, field_history.subjects(workspace, ledger(ledger_name), record), field)


def history_link(asked: Callable[[], object]) -> Button:
    """The small 历史 that a form or page offers."""
    made = link(_("历史"), icon="history")
    made.setToolTip(_("谁在什么时候、哪个表的哪一格写过什么 {key}").format(key=KEY))
    made.clicked.connect(lambda _checked: asked())
    return made


class HistoryDialog(Dialog):
    """Fields at the left, what was said about the current one at the right, newest first; Esc closes it."""

    def __init__(self, parent: QWidget, workspace: Workspace, subjects: Subjects, field: str) -> None:
        super().__init__(parent.window())
        self._workspace, self._subjects = workspace, subjects
        self._found: list[GroupHistory] = []
        self._back_to = parent.window().focusWidget()
        self.setWindowTitle(_("历史"))
        self.setProperty("ground", "surface")
        self.subject = Select(_("看谁的"))
        self.subject.addItems([name for name, _record in subjects])
        self.subject.setVisible(len(subjects) > 1)
        self.fields = RowList(_("各项"), height=46, bold=False)
        self.events = Timeline()
        self._label = label("", "card_title", wrap=True)
        RevealByAlt(self)
        self._build()
        self.subject.currentIndexChanged.connect(lambda _place: self._read(""))
        self.fields.chosen.connect(self._show)
        self._read(field)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.subject)
        left.addWidget(self.fields, 1)
        side = QWidget()
        side.setFixedWidth(theme.px(_LIST))
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        right = QVBoxLayout()
        right.setSpacing(9)
        right.addWidget(self._label)
        inner = QWidget()
        inner_column = QVBoxLayout(inner)
        inner_column.setContentsMargins(0, 2, 6, 0)
        inner_column.addWidget(self.events)
        inner_column.addStretch(1)
        right.addWidget(scrolling(inner), 1)
        across = row(side, gap=14)
        across.addLayout(right, 1)
        close = Button(_("关闭"), key="Esc")
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(across, 1)
        column.addWidget(line())
        kept = label(_("没有选的、撤销的也都在；只有删除个人信息才会清掉。"), "second")
        column.addLayout(row(kept, 1, key_cap("Alt"), label(_("看全"), "second"), close))
        self.resize(*(theme.px(side) for side in _SIZE))

    def done(self, result: int) -> None:
        """Give the focus back to where one came from."""
        super().done(result)
        if self._back_to is not None:
            self._back_to.setFocus()

    def _read(self, field: str) -> None:
        record = self._subjects[max(self.subject.currentIndex(), 0)][1]
        self._found = field_history.of_record(self._workspace, record)
        self.fields.set_rows([self._row(one, place) for place, one in enumerate(self._found)])
        places = [place for place, one in enumerate(self._found) if field in one.ledger.members(one.group)]
        if places:
            self.fields.select_number(places[0])
        self._show(self.fields.current_key())

    def _row(self, one: "GroupHistory", place: int) -> Row:
        now = next((told for told in one.told if told.state in _NOW), one.told[0])
        states = {told.state for told in one.told}
        open_state = next((state for state in (field_history.STANDS, field_history.PROPOSED) if state in states), "")
        mark = Mark(*_states()[open_state]) if open_state else Mark(str(len(one.told)))
        return Row(one.label, self._words(one, now.value), place, marks=(mark,))

    def _show(self, place: int | None) -> None:
        if place is None:
            self._label.setText(_("还没有人写过什么"))
            self.events.show_events([])
            return
        one = self._found[place]
        self._label.setText(one.label)
        self.events.show_events([self._event(one, told) for told in one.told])

    def _event(self, one: "GroupHistory", told: "Told") -> Event:
        deed = told.said.deed
        words, tone = _states()[told.state]
        body, full = self._body(one, told), self._body(one, told, full=True)
        gone = told.state == field_history.WITHDRAWN
        return Event(
            " · ".join(part for part in (deed.author, wording.moment(deed.at, self._workspace.today)) if part),
            body, "", _ICONS.get(deed.kind, "pencil"),
            "grey" if gone else tone, pill=words, pill_tone=tone, faded=gone,
            full=partial(self._reveal, one, full) if full != body else None,
        )  # fmt: skip

    def _body(self, one: "GroupHistory", told: "Told", *, full: bool = False) -> str:
        """What it was and became, and below it the file and cell."""
        value = self._words(one, told.value, full=full)
        before = _("／").join(self._words(one, each, full=full) for each in told.before)
        body = _("{before} → {after}").format(before=before, after=value) if before else value
        where = " · ".join(part for part in (told.said.deed.file, told.said.place) if part)
        return f"{body}\n{where}" if where else body

    def _reveal(self, one: "GroupHistory", full: str) -> str:
        record = self._subjects[max(self.subject.currentIndex(), 0)][1]
        household_page.note_reveal(self._workspace, one.ledger.name, record, one.group)
        return full

    def _words(self, one: "GroupHistory", value: Sequence[object], *, full: bool = False) -> str:
        told = naming.group_words(self._workspace, one.ledger, one.group, tuple(value), full=full)  # type: ignore[arg-type]
        return _("，").join(word for _name, word in told if word) or _("空")


_NOW: Final = (field_history.SHOWN, field_history.UNCONFIRMED)
_ICONS: Final = {"book_edit": "file-pen-line", "book": "file-spreadsheet", "foreign": "file-text", "resolve": "check"}


def _states() -> dict[str, tuple[str, str]]:
    """What became of a word: how it is called, and its tone."""
    return {
        field_history.SHOWN: (_("现在显示"), "green"),
        field_history.UNCONFIRMED: (_("表内填写"), "violet"),
        field_history.STANDS: (_("待选"), "amber"),
        field_history.PROPOSED: (_("待选"), "amber"),
        field_history.OVERRULED: (_("已被改过"), "grey"),
        field_history.SETTLED: (_("没有采用"), "grey"),
        field_history.UNKNOWN: (_("全值未到"), "blue"),
        field_history.WITHDRAWN: (_("已撤销"), "grey"),
    }


def bind_history(owner: QWidget, asked: Callable[[], object]) -> None:
    """Ctrl+H inside a page or form."""
    keys.bind(owner, KEY, asked, _("历史"))
