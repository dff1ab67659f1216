"""Every page of both roles over people: each stop of the keyboard has a name, Tab comes round, words can be read."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gridworker.services import demo
from gridworker.store import queries
from gridworker.ui import theme
from gridworker.ui.pages import household_edit, need_edit
from gridworker.ui.pages.worker_page import HouseholdKey
from tests.ui.test_accessibility import contrast_of, focusable, spoken_parts
from tests.ui.township_window import close_desk, open_desk, with_books
from tests.ui.worker_window import press

Key = Qt.Key
MOST_STOPS = 400


@pytest.fixture
def worker_desk(qtbot, worker):
    demo.fill(worker, 30, 6, 1)
    made = open_desk(qtbot, worker, "today")
    yield made
    close_desk(made)


@pytest.fixture
def township_desk(qtbot, township, open_copy, tmp_path):
    made = open_desk(qtbot, with_books(township, open_copy, tmp_path), "collect")
    yield made
    close_desk(made)


def views(desk) -> Iterator[str]:
    """Show every page in turn, and of those that show one record also a record."""
    window, workspace = desk.window, desk.workspace
    for spec in desk.specs:
        window.show_page(spec.name)
        QApplication.processEvents()
        yield spec.name
    home = queries.every(workspace.connection, "household")[0]
    members = queries.of_household(workspace.connection, "resident", home.id)[:1]
    records = [("households", HouseholdKey(home.id))]
    records += [("households", HouseholdKey(home.id, resident=member.id)) for member in members]
    if not workspace.is_township:
        records.append(("needs", queries.every(workspace.connection, "need")[0].id))
    for name, key in records:
        window.show_page(name, key)
        QApplication.processEvents()
        yield f"{name} {key}"


def dialogs(desk) -> Iterator[QDialog]:
    """The dialogs in which records are made and corrected, one after the other."""
    window, workspace = desk.window, desk.workspace
    home = queries.every(workspace.connection, "household")[0].id
    member = queries.of_household(workspace.connection, "resident", home)[0].id
    visit, need = (queries.every(workspace.connection, name)[0].id for name in ("visit", "need"))
    made = (
        lambda: household_edit.new_household(workspace, window),
        lambda: household_edit.edit_household(workspace, window, home),
        lambda: household_edit.edit_resident(workspace, window, home),
        lambda: household_edit.edit_resident(workspace, window, home, member),
        lambda: need_edit.edit_visit(workspace, window, visit),
        lambda: need_edit.NeedDialog(workspace, window, need),
    )
    for make in made:
        dialog = make()
        dialog.open()
        dialog.activateWindow()
        QApplication.processEvents()
        yield dialog
        dialog.reject()


@pytest.fixture(params=["worker_desk", "township_desk"])
def desk(request):
    return request.getfixturevalue(request.param)


def named(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_every_stop_of_the_keyboard_has_a_name(desk):
    unnamed = {f"{view}: {widget}" for view in views(desk) for widget in focusable(desk.window) if not named(widget)}
    assert unnamed == set()


def test_every_stop_of_a_dialog_has_a_name_and_tab_comes_round(worker_desk):
    for dialog in dialogs(worker_desk):
        dialog._show_more()
        assert [str(one) for one in focusable(dialog) if not named(one)] == []
        there = stops_of(dialog, Key.Key_Tab)
        assert in_circle(stops_of(dialog, Key.Key_Backtab)[::-1]) == in_circle(there)
        assert {str(one) for one in focusable(dialog) if one.isEnabled() and is_stop(one)} <= set(map(str, there))


def stops_of(window, key) -> list[QWidget]:
    """Where Tab leads, up to the first stop again."""
    press(key)
    start, found = window.focusWidget(), []
    for _each in range(MOST_STOPS):
        press(key)
        if window.focusWidget() is start:
            return [start, *found]
        found.append(window.focusWidget())
    raise AssertionError(f"{key} does not come round from {start}")


def test_tab_reaches_every_stop_comes_round_and_goes_back(desk):
    for view in views(desk):
        there = stops_of(desk.window, Key.Key_Tab)
        back = stops_of(desk.window, Key.Key_Backtab)
        assert in_circle(back[::-1]) == in_circle(there), view
        missed = {str(one) for one in focusable(desk.window) if one.isEnabled() and is_stop(one)} - set(map(str, there))
        assert missed == set(), view


def in_circle(stops: list[QWidget]) -> list[QWidget]:
    """The same round, begun at the same stop."""
    begin = stops.index(min(stops, key=id))
    return stops[begin:] + stops[:begin]


def is_stop(widget: QWidget) -> bool:
    """Whether Tab should stop here: of buttons that exclude each other only the chosen one does."""
    group = getattr(widget, "group", lambda: None)()
    is_other = group is not None and group.exclusive() and group.checkedButton() not in {None, widget}
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not is_other and widget.focusProxy() is None


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
def test_words_on_every_page_stand_out_from_their_ground(desk, scheme):
    theme.apply(scheme, bundled_font=True)
    faint = {}
    for view in views(desk):
        picture = desk.window.grab().toImage()
        for part in spoken_parts(desk.window):
            if not any(map(str.isalnum, part.text())):
                continue  # a thin dash is painted in half tones
            found = contrast_of(part, desk.window, picture)
            if found < 4.5:
                faint[view, part.text()] = round(found, 2)
    assert faint == {}
