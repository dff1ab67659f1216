"""One side of a choice: its values with what differs in bold, and who wrote it, when, in which file and cell."""

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import household_page, naming
from gridworker.services.workspace import Workspace
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label, line
from gridworker.ui.widgets.pill import Pill

if TYPE_CHECKING:
    from gridworker.services.conflicts import Conflict, Said


class SideBox(QFrame):
    """`taken(place)` when its button is clicked; the digit before it does the same."""

    taken = Signal(int)

    def __init__(self, workspace: Workspace, conflict: "Conflict", place: int) -> None:
        super().__init__()
        self.setProperty("frame", "inset")
        self._workspace = workspace
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(5)
        said = next(iter(conflict.sides[place].said), None)
        shown = [Pill(_("现在显示"), "grey")] if place == 0 else []
        head = row(key_cap(str(place + 1)), ElidedLabel(_whose(said), "strong"), *shown)
        head.setStretch(1, 1)
        column.addLayout(head)
        column.addWidget(line())
        self._add_values(column, conflict, place)
        column.addStretch(1)
        column.addWidget(line())
        self._add_source(column, said)
        take = Button(_("用这个"), small=True)
        take.setAccessibleName(_("用第 {number} 个").format(number=place + 1))
        take.clicked.connect(lambda: self.taken.emit(place))
        column.addLayout(row(take, 1))

    def _add_values(self, column: QVBoxLayout, conflict: "Conflict", place: int) -> None:
        mine = naming.group_words(self._workspace, conflict.ledger, conflict.group, conflict.sides[place].value)
        against = conflict.sides[1 if place == 0 else 0].value
        theirs = naming.group_words(self._workspace, conflict.ledger, conflict.group, against)
        shown = naming.group_words(
            self._workspace, conflict.ledger, conflict.group, conflict.sides[place].value, full=False
        )
        for (name, value), (_name, other), (_label, masked) in zip(mine, theirs, shown, strict=True):
            marks: list[QWidget] = [Pill(_("不同"), "amber")] if len(mine) > 1 and value != other else []
            told: QLabel = difference(value, other)
            if masked != value:
                told = MaskedLabel(masked, partial(self._reveal, conflict, value), "body", wrap=True)
                marks += [key_cap("Alt"), label(_("看全"), "second")]
            words = row(label(name, "second"), told, *marks)
            words.setStretch(1, 1)
            column.addLayout(words)

    def _reveal(self, conflict: "Conflict", full: str) -> str:
        household_page.note_reveal(self._workspace, conflict.ledger.name, conflict.record, conflict.group)
        return full

    def _add_source(self, column: QVBoxLayout, said: "Said | None") -> None:
        if said is None:
            column.addWidget(label(_("来处不详"), "second"))
            return
        moment = label(wording.moment(said.deed.at, self._workspace.today), "second")
        who = row(IconMark("user", "text2", 14), ElidedLabel(said.deed.author, "second"), moment)
        who.setStretch(1, 1)
        column.addLayout(who)
        where = " · ".join(part for part in (said.deed.file, said.place) if part)
        if where:
            found = row(IconMark("file-spreadsheet", "text2", 14), ElidedLabel(where, "second"))
            found.setStretch(1, 1)
            column.addLayout(found)


def _whose(said: "Said | None") -> str:
    """Whose word it is, as a heading."""
    if said is None:
        return _("现在的")
    deed = said.deed
    if deed.kind in {"book_edit", "foreign"}:
        return _("{file}里写的").format(file=deed.file or deed.author)
    return _("{author}写的").format(author=deed.author)


def difference(mine: str, other: str) -> QLabel:
    """A value with what the other does not say in bold; plain where they have nothing in common."""
    before, middle, after = split(mine, other)
    made = label("", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(f"{escape(before)}<b>{escape(middle)}</b>{escape(after)}" if mine else "—")
    made.setAccessibleName(mine)
    return made


def split(mine: str, other: str) -> tuple[str, str, str]:
    """What a text has in common with another at its start, its own middle, what they have in common at the end."""
    shortest = min(len(mine), len(other))
    start = next((place for place in range(shortest) if mine[place] != other[place]), shortest)
    end = next((place for place in range(shortest - start) if mine[-1 - place] != other[-1 - place]), shortest - start)
    return mine[:start], mine[start : len(mine) - end], mine[len(mine) - end :]
