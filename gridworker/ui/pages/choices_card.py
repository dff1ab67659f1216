"""请选一个: one choice at a time, the sides beside each other, one key decides; A takes all of its sort (look 11)."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import Message
from gridworker.ui.pages.choices_other import OtherValue
from gridworker.ui.pages.choices_same import SameStrip
from gridworker.ui.pages.choices_side import SideBox
from gridworker.ui.pages.field_history import open_history
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import ElidedLabel
from gridworker.ui.widgets.pill import Pill

if TYPE_CHECKING:
    from gridworker.services.choosing import Sorts
    from gridworker.services.conflicts import Conflict, Waiting

_AT_ONCE: Final = 20
"""Decisions up to which nobody waits for a job."""


class ChoicesCard(Card):
    """Hidden while nothing waits; `decided(what)` after each decision, `said(Message)` with the way back."""

    decided = Signal(object)
    said = Signal(object)

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(_("两边都改过，请选一个"))
        self._workspace, self._tasks = workspace, tasks
        self._waiting: list[Waiting] = []
        self._again: list[Waiting] = []
        self._last: list[Waiting] = []
        self._sorts: Sorts | None = None
        self._shown: Conflict | None = None
        self._place = 0
        self._busy = False
        self._count, self._kind = Pill("", "amber"), Pill("", "grey")
        self._heading, self._past = ElidedLabel("", "strong"), ElidedLabel("", "second")
        self._boxes = QHBoxLayout()
        self._boxes.setSpacing(10)
        self.other, self.same = OtherValue(workspace), SameStrip()
        self._legend = KeyLegend([
            ("1 2", _("选一边")), ("E", _("另写")), ("S", _("先放着")), ("Z", _("重选上一处")), ("H", _("历史")),
        ])  # fmt: skip
        self._build()

    def _build(self) -> None:
        self.add_mark(self._count)
        head = row(self._kind, self._heading)
        head.setStretch(1, 1)
        self.add(head)
        self.add(self._past)
        self.add(self._boxes, 1)
        self.add(self.other)
        self.add(self.same)
        self.add(row(self._legend, 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", 10)
        self.setAccessibleName(_("两边都改过，请选一个"))
        self.other.given.connect(self._settle)
        self.other.left.connect(self._leave_other)
        self.same.asked.connect(self.arm)
        self.other.hide()
        self.hide()

    def refresh(self) -> None:
        """Read what waits; the histories stay unread until one is looked at."""
        from gridworker.services import choosing, conflicts

        fresh = conflicts.open_choices(self._workspace)
        named = {(one.record, one.group) for one in self._again}
        every = [*self._again, *(one for one in fresh if (one.record, one.group) not in named)]
        if self._sorts is None or not set(every) <= set(self._sorts.some):
            self._sorts = choosing.Sorts.of(self._workspace, every) if every else None
        if every != self._waiting:
            self._waiting = every
            self._place = min(self._place, max(len(every) - 1, 0))
            self._show()
        self.setVisible(bool(every))

    def show_record(self, record: Id) -> None:
        """Turn to the first that is about a record, if one is."""
        of_it = (place for place, one in enumerate(self._waiting) if one.record == record)
        self._place = next(of_it, self._place)
        self._show()

    def count(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def current(self) -> "Conflict | None":
        """The one that is shown."""
        return self._shown

    def event(self, event: QEvent) -> bool:
        """Esc first lets go of what A took together; only then it belongs to the page."""
        escape = event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape  # type: ignore[attr-defined]
        if escape and self.same.is_armed():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses, a letter does what the legend says."""
        text = event.text().lower()
        deeds: Mapping[str, Callable[[], object]] = {
            "s": self.pass_on, "e": self._write_other, "z": self.reopen, "a": self.arm, "h": self._show_history,
        }  # fmt: skip
        if self._busy or self._shown is None:
            super().keyPressEvent(event)
        elif text.isdecimal() and 1 <= int(text) <= len(self._shown.sides):
            self.choose(int(text) - 1)
        elif text in deeds:
            deeds[text]()
        elif event.key() == Qt.Key.Key_Escape and self.same.is_armed():
            self.same.disarm()
        else:
            super().keyPressEvent(event)

    def choose(self, place: int) -> None:
        """Decide for a side: here, or everywhere of its sort while that was asked for."""
        one = self._waiting[self._place]
        some = self._alike(one) if self.same.is_armed() else [one]
        chosen = self._sorts.like(some, one, place) if self._sorts and len(some) > 1 else [(one, place)]
        if len(chosen) > _AT_ONCE:
            self._choose_beside(chosen)
        else:
            self._attempt(chosen, lambda: self._choose(self._workspace, chosen))

    @staticmethod
    def _choose(workspace: Workspace, chosen: "Sequence[tuple[Waiting, int]]") -> "list[Waiting]":
        """Decide; returns what can be chosen from again."""
        from gridworker.services import choosing

        former = [choosing.remembered(workspace, one) for one, _place in chosen]
        choosing.choose(workspace, chosen)
        return former

    def _choose_beside(self, chosen: "Sequence[tuple[Waiting, int]]") -> None:
        """Many decisions take a moment: not on the window's time."""
        workspace = self._workspace

        def work(_job: Job) -> "list[Waiting]":
            own = workspace.for_thread()
            try:
                return self._choose(own, chosen)
            finally:
                own.close()

        self._busy = True
        self.same.show_busy(len(chosen))
        self._tasks.start(work, done=lambda former: self._on_done(chosen, former), failed=self._on_failed)

    def _attempt(self, chosen: "Sequence[tuple[Waiting, Any]]", work: "Callable[[], list[Waiting]]") -> None:
        try:
            former = work()
        except GridworkerError as error:
            self._on_failed(error)
            return
        self._on_done(chosen, former)

    def _on_done(self, chosen: "Sequence[tuple[Waiting, Any]]", former: "list[Waiting]") -> None:
        self._busy = False
        gone = {(one.record, one.group) for one, _place in chosen}
        self._last = former
        self._again = [one for one in self._again if (one.record, one.group) not in gone]
        self._waiting = [one for one in self._waiting if (one.record, one.group) not in gone]
        self._place = min(self._place, max(len(self._waiting) - 1, 0))
        self._show()
        self.said.emit(Message("saved", _summary(len(former)), act=self.reopen))
        self.decided.emit(former)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._show()
        if not isinstance(error, GridworkerError):
            raise error
        self.said.emit(Message("failure", error.told))

    def pass_on(self) -> None:
        """The next one; this one waits."""
        self._place = (self._place + 1) % len(self._waiting)
        self._show()

    def reopen(self) -> None:
        """Choose again what was decided last: a decision cannot be unmade, but another one can follow it."""
        if not self._last:
            return
        together = len(self._last) > 1
        self._again, self._last = [*self._last, *self._again], []
        self._place = 0
        self.refresh()
        if together:
            self.arm()
        self.setFocus()
        self.said.emit(Message("warning", _("请重新选；再选之前，仍是刚才选定的。")))

    def arm(self) -> None:
        """The next digit decides all of this sort."""
        if self._shown is not None and not self.same.is_armed():
            self.same.arm([self._line(one) for one in self._alike(self._shown.waiting)[:3]])
            self.setFocus()
        else:
            self.same.disarm()

    def _line(self, one: "Waiting") -> str:
        from gridworker.services import field_history, naming

        of = ledger(one.ledger)
        return f"{naming.title(self._workspace, of, one.record)} · {field_history.label_of_group(of, one.group)}"

    def _alike(self, one: "Waiting") -> "list[Waiting]":
        still = set(self._waiting)
        return [each for each in self._sorts.same_as(one) if each in still] if self._sorts else [one]

    def _write_other(self) -> None:
        if self._shown is not None and self.other.open_for(self._shown):
            self._legend.hide()
            self.same.hide()

    def _leave_other(self) -> None:
        self._show()
        self.setFocus()

    def _settle(self, given: Mapping[str, object]) -> None:
        from gridworker.services import choosing

        one = self._waiting[self._place]

        def work() -> "list[Waiting]":
            former = [choosing.remembered(self._workspace, one)]
            choosing.settle_fields(self._workspace, [(one, given)])
            return former

        try:
            former = work()
        except GridworkerError as error:
            self.other.show_problem(error.told)
            return
        self._on_done([(one, None)], former)
        self.setFocus()

    def _show_history(self) -> None:
        if self._shown is not None:
            one = self._shown
            open_history(self, self._workspace, [("", one.record)], one.group)

    def _show(self) -> None:
        from gridworker.services import conflicts, naming

        self.other.hide()
        self._legend.show()
        while (item := self._boxes.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.setVisible(bool(self._waiting))
        self._shown = None
        if not self._waiting:
            return
        one = self._waiting[self._place]
        self._shown = shown = conflicts.detail(self._workspace, one)
        both = shown.kind == conflicts.CONFLICT
        self.title.setText(_("两边都改过，请选一个") if both else _("表里写的和现有的不同，请选一个"))
        self._count.show_state(_("还有 {count} 处").format(count=len(self._waiting)), "amber")
        self._kind.show_state(_(shown.ledger.label), "grey")
        self._heading.setText(naming.title(self._workspace, shown.ledger, shown.record))
        self._show_past(shown)
        for place in range(len(shown.sides)):
            box = SideBox(self._workspace, shown, place)
            box.taken.connect(self.choose)
            self._boxes.addWidget(box, 1)
        self.same.show_count(len(self._alike(one)), both=both)

    def _show_past(self, shown: "Conflict") -> None:
        """What it said before both changed it, and that the fields of a group are chosen together."""
        from gridworker.services import field_history, naming

        words = []
        if len(shown.ledger.members(shown.group)) > 1:
            fields = field_history.label_of_group(shown.ledger, shown.group)
            words.append(_("{fields}一起选").format(fields=fields))
        if shown.before is not None:
            past = naming.group_words(self._workspace, shown.ledger, shown.group, shown.before, full=False)
            words.append(_("改动前：{words}").format(words=_("，").join(word or _("空") for _label, word in past)))
        self._past.setText(" · ".join(words))
        self._past.setVisible(bool(words))


def _summary(count: int) -> str:
    """What was done, and where the other values are."""
    if count == 1:
        return _("已选定，没选的一份留在历史里。")
    return _("{count} 处已照此选定，没选的留在历史里。").format(count=count)
