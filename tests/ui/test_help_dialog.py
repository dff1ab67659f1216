"""F1: help for every page of both roles; Esc gives the focus back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QShortcut
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.i18n import LANGUAGES
from gridworker.paths import resource
from gridworker.ui import keys
from gridworker.ui.help_dialog import HelpDialog
from gridworker.ui.pages.record_dialog import RecordDialog
from gridworker.ui.widgets.button import Button
from tests.ui.township_window import close_desk, open_desk
from tests.ui.worker_window import press


@pytest.fixture(params=["worker", "township"])
def desk(qtbot, request):
    made = open_desk(qtbot, request.getfixturevalue(request.param))
    yield made
    close_desk(made)


def help_of(desk):
    return next((one for one in desk.window.findChildren(HelpDialog) if one.isVisible()), None)


def test_every_page_of_the_window_has_help_in_every_language(desk):
    wanted = {spec.name for spec in desk.specs}
    for spoken in LANGUAGES:
        assert wanted <= {file.stem for file in resource("help", spoken).iterdir()}


def test_f1_shows_the_help_of_each_page_and_esc_gives_the_focus_back(desk, qtbot):
    for spec in desk.specs:
        desk.window.show_page(spec.name)
        qtbot.waitUntil(lambda: not desk._tasks.is_busy())
        before = QApplication.focusWidget()
        press(Qt.Key.Key_F1)
        dialog = help_of(desk)
        titles = [one.text() for one in dialog.findChildren(QLabel) if one.property("role") == "page_title"]
        assert titles == [spec.text]
        assert dialog.text.hasFocus()
        press(Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: help_of(desk) is None)
        qtbot.waitUntil(lambda before=before: QApplication.focusWidget() is before)


def told_keys(dialog):
    return {one.text() for one in dialog.findChildren(QLabel) if one.property("role") == "key"}


def declared_keys(root):
    bound = {keys.spoken(one) for one in root.findChildren(QShortcut)}
    return bound | {one.key() for one in root.findChildren(Button) if one.key()}


def test_f1_tells_every_key_of_the_page_and_the_window(desk, qtbot):
    every = {keys.spoken(one) for one in desk.window.findChildren(QShortcut)}
    for spec in desk.specs:
        desk.window.show_page(spec.name)
        press(Qt.Key.Key_F1)
        told = told_keys(help_of(desk))
        assert declared_keys(desk.window.page(spec.name)) <= told
        assert {"F1", "F2", "Ctrl+K", "Alt+1", "Alt+4"} <= told & every
        press(Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: help_of(desk) is None)


@pytest.mark.parametrize("desk", ["worker"], indirect=True)
def test_f1_works_inside_a_dialog(desk, qtbot):
    desk.window.show_page("households", "new")
    form = next(one for one in desk.window.findChildren(RecordDialog) if one.isVisible())
    qtbot.waitUntil(lambda: form.isAncestorOf(QApplication.focusWidget()))
    before = QApplication.focusWidget()
    press(Qt.Key.Key_F1)
    dialog = help_of(desk)
    assert dialog.parent() is form
    assert declared_keys(form) - declared_keys(dialog) <= told_keys(dialog)
    assert {"Ctrl+Enter", "Tab", "Esc"} <= told_keys(dialog)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is before)
    assert form.isVisible()
    form.reject()


def test_the_text_is_read_on_by_the_arrow_keys(desk, qtbot):
    press(Qt.Key.Key_F1)
    dialog = help_of(desk)
    dialog.resize(dialog.width(), 240)
    QApplication.processEvents()
    press(Qt.Key.Key_Down)
    assert dialog.text.verticalScrollBar().value() > 0
    press(Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: help_of(desk) is None)


def test_the_handbook_opens_from_the_help(desk, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_M)
    assert help_of(desk) is None
    assert Path(opened[0].toLocalFile()).read_bytes().startswith(b"%PDF")
