"""The tour by real keys: it points at parts that are really there, at every size, and gives the window back."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.services import demo
from gridworker.services.look import Look
from gridworker.ui import theme, tour_stops
from gridworker.ui.help_dialog import HelpDialog
from gridworker.ui.tour import place_beside
from tests.ui.township_window import close_desk, open_desk, with_books
from tests.ui.worker_window import press


@pytest.fixture(params=["worker", "township"])
def desk(qtbot, request, open_copy, tmp_path):
    workspace = request.getfixturevalue(request.param)
    if workspace.is_township:
        with_books(workspace, open_copy, tmp_path)
    else:
        demo.fill(workspace, 20, 3, 1)
    made = open_desk(qtbot, workspace)
    made.start_tour()
    yield made
    close_desk(made)


def settled(desk):
    for _turn in range(3):
        QApplication.processEvents()
    return desk.tour


def stands_well(desk):
    """The card lies in the window and leaves what is pointed at in sight."""
    tour = settled(desk)
    clear, card = tour.clear(), tour.card.geometry()
    assert tour.geometry() == desk.window.rect()
    assert desk.window.rect().contains(card)
    assert tour.card.height() >= tour.card.minimumSizeHint().height()
    covered = clear.intersected(card)
    assert covered.width() * covered.height() < clear.width() * clear.height() / 2
    assert clear.isValid()


def test_each_stop_points_at_its_own_part_and_enter_ends_the_tour(desk):
    stops = tour_stops.township_stops() if desk.workspace.is_township else tour_stops.worker_stops()
    assert 6 <= len(stops) <= 8
    for stop in stops:
        stands_well(desk)
        assert desk.window.current_page() == stop.page
        assert desk.tour.target() is stop.find(desk.window)
        assert desk.tour.title.text() == stop.title
        press(Qt.Key.Key_Return)
    assert desk.tour is None
    assert QApplication.focusWidget() is desk.window.page(stops[-1].page).first_focus()


def test_backspace_goes_back_esc_leaves_and_no_other_key_gets_through(desk):
    settled(desk)
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert desk.tour.place == 1
    assert desk.window.current_page() == desk.specs[0].name
    press(Qt.Key.Key_Escape)
    assert desk.tour is None


def test_it_survives_size_font_darkness_and_language(desk):
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    large, light = (theme.DARK, 1.3, (1092, 574)), (theme.LIGHT, 1.3, (1366, 768))
    for scheme, scale, size in ((theme.DARK, 1.0, (1092, 574)), large, light):
        theme.apply(scheme, scale, bundled_font=True)
        desk.window.resize(*size)
        stands_well(desk)
    words = desk.tour.title.text()
    desk.rebuild(Look("light", 1.3, "zh_CN"))
    stands_well(desk)
    assert desk.tour.place == 2
    assert desk.tour.title.text() == words


def test_it_starts_again_from_the_help(desk, qtbot):
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F1)
    assert next(one for one in desk.window.findChildren(HelpDialog) if one.isVisible()).text.hasFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.tour is not None and desk.tour.hasFocus())
    assert desk.tour.place == 0


def test_what_lies_under_the_veil_is_not_clicked(desk):
    QTest.mouseClick(desk.tour, Qt.MouseButton.LeftButton, pos=desk.window.sidebar.rect().center())
    assert settled(desk).hasFocus()
    assert desk.window.current_page() == desk.specs[0].name


@pytest.mark.parametrize(
    ("clear", "at"),
    [
        (QRect(0, 0, 100, 500), (111, 12)),
        (QRect(700, 100, 280, 200), (388, 100)),
        (QRect(0, 0, 1000, 100), (12, 111)),
        (QRect(0, 400, 1000, 200), (12, 288)),
        (QRect(0, 0, 1000, 600), (687, 487)),
    ],
)
def test_the_card_stands_right_left_below_above_or_in_the_corner(clear, at):
    found = place_beside(clear, QSize(300, 100), QRect(0, 0, 1000, 600))
    assert found.toTuple() == at
