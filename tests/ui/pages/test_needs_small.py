"""诉求 in a small window with large letters: the list has the whole width, a need opens over it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.ui import theme
from gridworker.ui.pages import need
from tests.ui.worker_window import CTRL, open_window, press, rows_of


@pytest.fixture
def page(qtbot, worker, request):
    theme.apply(theme.LIGHT, getattr(request, "param", 1.3), bundled_font=True)
    window = open_window(qtbot, worker)
    window.resize(1092, 574)
    window.show_page("needs")
    QApplication.processEvents()
    return window.page("needs")


def seen(page):
    return page.rows.isVisible(), page.panel.isVisible()


def test_enter_opens_a_need_over_the_list_and_esc_leads_back(page):
    assert seen(page) == (True, False)
    assert page.rows.width() > 800
    assert page.rows.hasFocus()
    press(Qt.Key.Key_Return)
    assert seen(page) == (False, True)
    assert page.panel.main.hasFocus()
    press(Qt.Key.Key_Escape)
    assert seen(page) == (True, False)
    assert page.rows.hasFocus()


def test_a_form_is_left_for_its_need_and_that_for_the_list(page):
    press(Qt.Key.Key_N)
    assert seen(page) == (False, True)
    assert page.panel.form is not None
    press(Qt.Key.Key_Escape)
    assert page.panel.form is None
    assert seen(page) == (False, True)
    press(Qt.Key.Key_Escape)
    assert seen(page) == (True, False)


def test_nothing_is_done_to_a_need_one_does_not_see(page):
    asked = []
    page.panel.asked.connect(lambda action, _argument: asked.append(action))
    press(Qt.Key.Key_U)
    assert asked == []
    assert seen(page) == (False, True)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return, CTRL)
    assert asked == []
    press(Qt.Key.Key_Return, CTRL)
    assert asked == [need.main_action(page.panel.page)]


def test_a_need_asked_for_elsewhere_is_shown(page):
    page.open_key(rows_of(page.workspace, "need")[-1].id)
    assert seen(page) == (False, True)


def test_a_larger_window_shows_both(page):
    page.window().resize(1920, 1000)
    QApplication.processEvents()
    assert seen(page) == (True, True)
    assert not page.panel._back.isVisible()


@pytest.mark.parametrize("page", [1.0], indirect=True)
def test_the_open_card_leaves_the_log_in_sight_in_a_low_window(page):
    assert seen(page) == (True, True)
    page.panel.guide.toggle()
    for row in rows_of(page.workspace, "need"):
        page.open_key(row.id)
        for _turn in range(6):  # height follows width one level a turn
            QApplication.processEvents()
        assert page.panel.guide.is_open
        labels = (one for one in page.panel.findChildren(QLabel) if one.isVisible())
        head = next(one for one in labels if one.text() == "办理记录")
        assert not head.visibleRegion().isEmpty(), row.plain("content")
