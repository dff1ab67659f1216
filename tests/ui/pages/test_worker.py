"""All pages of a worker together: what they import, what a screen reader hears, both themes."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from gridworker.ui import theme
from tests.ui.worker_window import open_window, rows_of

PAGES = ("today", "households", "needs", "weekly", "sheet")


@pytest.fixture
def window(qtbot, worker):
    return open_window(qtbot, worker)


def test_making_the_pages_loads_no_spreadsheet_library():
    heavy = {"openpyxl", "xlsxwriter", "python_calamine", "numpy", "asyncio"}
    code = (
        "import sys, gridworker.ui.pages.worker, gridworker.ui.pages.today, gridworker.ui.pages.households,"
        " gridworker.ui.pages.needs, gridworker.ui.pages.sheet; print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_takes_the_focus_has_a_name(window, name):
    window.show_page(name)
    if name == "households":
        window.show_page(name, rows_of(window.workspace, "household")[0].id)
        window.page(name).form.add_need()
        window.page(name).form._needs[0]._on_kind_chosen("N03")
    QApplication.processEvents()
    unnamed = [
        widget
        for widget in window.page(name).findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not spoken(widget)
    ]
    assert unnamed == []


def spoken(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_paints_in_both_themes(window, name):
    window.show_page(name)
    if name == "households":
        window.show_page(name, rows_of(window.workspace, "household")[0].id)
    grounds = []
    for scheme in (theme.LIGHT, theme.DARK):
        theme.apply(scheme, bundled_font=True)
        QApplication.processEvents()
        grounds.append(window.grab().toImage().pixelColor(window.width() - 4, window.height() - 4).name())
    assert grounds == [theme.tokens(scheme)["bg"].lower() for scheme in (theme.LIGHT, theme.DARK)]


@pytest.mark.parametrize("scale", [1.15, 1.3])
def test_large_type_keeps_the_buttons_in_the_window(window, scale):
    theme.apply(theme.LIGHT, scale, bundled_font=True)
    window.show_page("households", rows_of(window.workspace, "household")[0].id)
    window.resize(1366, 768)
    QApplication.processEvents()
    button = window.page("households").form.save
    corner = button.mapTo(window, button.rect().bottomRight())
    assert window.rect().contains(corner)
