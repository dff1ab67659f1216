"""Every place of the window where the focus can be: the pages of both roles, their forms, and the dialogs."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import household_page, meeting_deeds, records
from gridworker.services.likely_same import Likely
from gridworker.store import queries
from gridworker.ui import theme
from gridworker.ui.desk import Desk
from gridworker.ui.help_dialog import show_page
from gridworker.ui.pages import household_edit, need, need_edit
from gridworker.ui.pages.access_log import LogDialog
from gridworker.ui.pages.erase_dialog import EraseDialog
from gridworker.ui.pages.field_history import open_all
from gridworker.ui.pages.likely_dialog import LikelyDialog
from gridworker.ui.pages.need_new import NewNeedDialog
from gridworker.ui.pages.need_pick import pick_need
from gridworker.ui.pages.needs_saved import NameDialog
from gridworker.ui.pages.pin_dialog import PinDialog
from gridworker.ui.pages.retention_dialog import RetentionDialog
from gridworker.ui.pages.rights import CopyDialog
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.tasks import Tasks

Place = Callable[[Desk], object]
"""Goes there; what it returns is kept until one has left."""


def worker_places() -> dict[str, Place]:
    """The worker's pages and forms by name."""
    return {
        "today": partial(_page, name="today"),
        "households": partial(_page, name="households"),
        "affairs": partial(_page, name="affairs"),
        "meeting": _meeting,
        "buildings": partial(_page, name="buildings"),
        "participation": partial(_page, name="participation"),
        "verify": partial(_page, name="verify"),
        "household": lambda desk: desk.window.show_page("households", HouseholdKey(_home(desk))),
        "visit": lambda desk: desk.window.show_page("households", HouseholdKey(_home(desk), visit=True)),
        "visit with a need": _visit_with_need,
        "resident": _resident,
        "needs": partial(_page, name="needs"),
        "board": _board,
        **{f"need: {act}": partial(_need_form, act=act) for act in (need.STEP, need.CLOSE, need.REPORT)},
        "weekly": partial(_page, name="weekly"),
        "fill": partial(_page, name="fill"),
        "settings": partial(_page, name="settings"),
        "sheet": partial(_page, name="sheet"),
    }


def worker_dialogs() -> dict[str, Place]:
    """The worker's dialogs by name."""
    return {
        "new household": lambda desk: _opened(household_edit.new_household(desk.workspace, desk.window)),
        "edit household": lambda desk: _opened(household_edit.edit_household(desk.workspace, desk.window, _home(desk))),
        "new resident": lambda desk: _opened(household_edit.edit_resident(desk.workspace, desk.window, _home(desk))),
        "new need": lambda desk: _opened(NewNeedDialog(desk.window, desk.workspace)),
        "edit need": lambda desk: _opened(need_edit.NeedDialog(desk.workspace, desk.window, _first(desk, "need"))),
        "edit visit": lambda desk: _opened(need_edit.edit_visit(desk.workspace, desk.window, _first(desk, "visit"))),
        "edit step": lambda desk: _opened(need_edit.edit_step(desk.workspace, desk.window, _first(desk, "followup"))),
        "history": lambda desk: open_all(desk.window, desk.workspace, "household", _home(desk)),
        "likely": lambda desk: _opened(LikelyDialog(desk.window, [Likely("need", 1, "路灯坏", "3栋", ("同一户",))])),
        "merge into": lambda desk: pick_need(desk.workspace, desk.window, _first(desk, "need"), lambda _id: None),
        "access log": lambda desk: _opened(LogDialog(desk.window, desk.workspace)),
        "name of a filter": lambda desk: _opened(NameDialog(desk.window, "逾期")),
        "erase": lambda desk: _opened(EraseDialog(desk.window, desk.workspace, [(ledger("household"), _home(desk))])),
        "expired": lambda desk: _opened(RetentionDialog(desk.window, desk.workspace)),
        "copy for the person": lambda desk: _opened(CopyDialog(desk.window)),
        "help": lambda desk: show_page(desk.window, "today", desk.window.page("today"), lambda: None),
        "pin": lambda desk: _opened(PinDialog(desk.window, desk.workspace, Tasks(desk.window))),
        "print": _print,
    }


def township_places() -> dict[str, Place]:
    """The township's pages by name."""
    return {name: partial(_page, name=name) for name in ("collect", "review", "summary", "households", "settings")}


@contextmanager
def at(desk: Desk, place: Place) -> Iterator[QWidget]:
    """The window or dialog that is shown there; the dialog goes again."""
    kept = place(desk)
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    yield dialog or desk.window
    if dialog is not None:
        dialog.reject() if isinstance(dialog, QDialog) else dialog.close()
        dialog.deleteLater()
        desk.window.activateWindow()
        QApplication.processEvents()
    del kept


def stops(window: QWidget) -> list[QWidget]:
    """What Tab must reach: everything shown, enabled and meant for it."""
    tab = Qt.FocusPolicy.TabFocus
    return [one for one in window.findChildren(QWidget) if _is_own(one, window) and one.focusPolicy() & tab == tab]


def nameless(window: QWidget) -> list[str]:
    """What can have the focus and says no name to a reader."""
    named = [(one, QAccessible.queryAccessibleInterface(one)) for one in window.findChildren(QWidget)]
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one, said in named
        if _is_own(one, window) and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (said and said.text(QAccessible.Text.Name))
    ]  # fmt: skip


def round_trip(key: Qt.Key, most: int = 150) -> list[QWidget]:
    """Where one key leads from here until it comes back to the start."""
    start = QApplication.focusWidget()
    seen = []
    for _each in range(most):
        QTest.keyClick(QApplication.focusWidget(), key)
        here = QApplication.focusWidget()
        seen.append(here)
        if here is start:
            return seen
    raise AssertionError(f"{key} never comes back to {spoken(start)}: {[spoken(one) for one in seen[-6:]]}")


def jumps_up(window: QWidget, way: list[QWidget]) -> list[str]:
    """Steps of a round trip that lead up again without going on to the right; the step back to the start is none."""
    shown = [one for one in way if not one.visibleRegion().isEmpty()]
    boxes = [QRect(one.mapTo(window, QPoint(0, 0)), one.size()) for one in shown]
    start = min(range(len(boxes)), key=lambda place: (boxes[place].left() + boxes[place].top(), boxes[place].top()))
    order = [*range(start, len(boxes)), *range(start)]
    return [
        f"{spoken(shown[one])} leads up to {spoken(shown[other])}"
        for one, other in pairwise(order)
        if boxes[other].bottom() <= boxes[one].top() and boxes[other].left() < boxes[one].right() - 2
    ]


def faint(window: QWidget, least: float = 4.5) -> dict[str, float]:
    """Words on labels and buttons that do not stand out from their ground, as painted: the contrast of the commonest
    colour with the one farthest from it. Signs such as — and words that are cut off say nothing about it.
    """
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = {}
    for part in [one for kind in (QLabel, QAbstractButton) for one in window.findChildren(kind)]:
        seen = part.visibleRegion().boundingRect()
        if part.isEnabled() and any(map(str.isalnum, part.text())) and seen == part.rect():
            painted = picture.copy(seen.translated(part.mapTo(window, QPoint(0, 0))))
            colours = Counter(memoryview(painted.constBits()).cast("I"))
            ground = colours.most_common(1)[0][0]
            found[part.text()] = max(_contrast(colour, ground) for colour in colours)
    return {text: round(value, 2) for text, value in found.items() if value < least}


@cache
def _contrast(colour: int, ground: int) -> float:
    return theme.contrast(QColor(colour), QColor(ground))


def spoken(one: QWidget | None) -> str:
    """A control as a failing test calls it."""
    return f"{type(one).__name__} {one.accessibleName()}" if one is not None else "nothing"


def _is_own(one: QWidget, window: QWidget) -> bool:
    return one.isVisible() and one.isEnabled() and one.window() is window and one.focusProxy() is None


def _page(desk: Desk, name: str) -> None:
    desk.window.show_page(name)


def _opened(dialog: Any) -> Any:
    dialog.open()
    return dialog


def _first(desk: Desk, ledger_name: str) -> int:
    return queries.every(desk.workspace.connection, ledger_name)[0].id


def _home(desk: Desk) -> int:
    """A household with people, and something open."""
    homes = [row.plain("household") for row in queries.every(desk.workspace.connection, "need")]
    return next(one for one in homes if one and household_page.read(desk.workspace, one).members)


def _visit_with_need(desk: Desk) -> None:
    desk.window.show_page("households", HouseholdKey(_home(desk)))
    desk.window.page("households").form.add_need()
    QTest.keyClicks(QApplication.focusWidget(), "3")


def _resident(desk: Desk) -> None:
    home = _home(desk)
    member = household_page.read(desk.workspace, home).members[0]
    desk.window.show_page("households", HouseholdKey(home, resident=member.id))


def _meeting(desk: Desk) -> None:
    """A meeting with a topic to be voted on; the same one whenever one comes here."""
    made = queries.every(desk.workspace.connection, "meeting")
    if not made:
        name, grid = {"name": "第9次议事会", "invited": 3, "present": 2}, desk.workspace.grid
        meeting = records.add(desk.workspace, ledger("meeting"), [{**name, "grid": to_text(grid)}]).ids[0]
        meeting_deeds.raise_topic(desk.workspace, meeting, "单元门锁", "徐秀芝")
        made = queries.every(desk.workspace.connection, "meeting")
    desk.window.show_page("meeting", made[0].id)


def _board(desk: Desk) -> None:
    desk.window.show_page("needs")
    desk.window.page("needs")._switch()


def _need_form(desk: Desk, act: str) -> None:
    row = next(one for one in queries.every(desk.workspace.connection, "need") if one.plain("status") == "办理中")
    desk.window.show_page("needs", row.id)
    desk.window.page("needs").panel.asked.emit(act, None)


def _print(desk: Desk) -> Any:
    from gridworker.ui.printing.choices import need_paper

    return _opened(need_paper(desk.workspace, desk.window, _first(desk, "need")))
