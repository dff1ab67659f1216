"""办事指南 in 设置: own words by key, out to a sheet, back after a look at what changes."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.services import guide_sheet, policy
from gridworker.ui.pages.guide_edit import GuideDialog
from gridworker.ui.pages.guide_import import GuideImportDialog
from tests.ui.township_window import close_desk, open_desk
from tests.ui.worker_window import CTRL, press

Key = Qt.Key


@pytest.fixture
def desk(qtbot, worker):
    made = open_desk(qtbot, worker, "settings")
    yield made
    close_desk(made)


@pytest.fixture
def card(desk):
    return desk.window.page("settings").guide


def take_back(desk, card):
    """Ctrl+Z on the page again; offscreen no window manager gives the focus back."""
    desk.window.activateWindow()
    card.list.setFocus()
    QApplication.processEvents()
    press(Key.Key_Z, CTRL)


def where(desk, kind="N04"):
    return policy.card(desk.workspace, kind).texts.get("where", "")


def import_sheet(qtbot, desk, card, tmp_path, text, row=4):
    path = tmp_path / "改过.xlsx"
    guide_sheet.export(desk.workspace, path)
    book = openpyxl.load_workbook(path)
    number = next(one for one in range(1, 40) if str(book.active.cell(one, 1).value).startswith("N04"))
    book.active.cell(number, row).value = text
    book.active.cell(number, 6).value = "当地的说明"
    book.save(path)
    card.read_file(path)
    qtbot.waitUntil(lambda: desk.window.findChild(GuideImportDialog) is not None, timeout=20_000)
    QApplication.processEvents()
    return desk.window.findChild(GuideImportDialog)


def test_enter_on_a_kind_edits_its_card_and_it_can_be_taken_back(desk, card, commit_text):
    card.list.setFocus()
    card.list.select_key("N04")
    press(Key.Key_Return)
    dialog = desk.window.findChild(GuideDialog)
    QApplication.processEvents()
    assert dialog.editors["who"].hasFocus()
    for _each in range(2):
        press(Key.Key_Tab)
    assert dialog.editors["where"].hasFocus()
    commit_text(QApplication.focusWidget(), "金江社区一楼大厅")
    press(Key.Key_Return, CTRL)
    assert where(desk) == "金江社区一楼大厅"
    row = card.list._rows.row(card.list._rows.number_of("N04"))
    assert row.marks[0].text == "自己写的"
    take_back(desk, card)
    assert where(desk) == ""


def test_an_import_shows_what_changes_and_waits_for_a_yes(qtbot, desk, card, tmp_path):
    dialog = import_sheet(qtbot, desk, card, tmp_path, "镇社保所")
    assert [dialog.rows._rows.row(number).second for number in (0, 1)] == ["（空） → 镇社保所", "（空） → 当地的说明"]
    assert where(desk) == ""
    press(Key.Key_Return, CTRL)
    assert where(desk) == "镇社保所"
    assert "2 处" in desk.window.message_bar.sentence()
    take_back(desk, card)
    assert where(desk) == ""


def test_a_bad_cell_is_told_and_nothing_can_be_taken(qtbot, desk, card, tmp_path):
    dialog = import_sheet(qtbot, desk, card, tmp_path, "看星星", row=1)
    assert "没有“看星星”这个诉求类别" in dialog.rows._rows.row(0).title
    press(Key.Key_Return, CTRL)
    assert dialog.isVisible()
    press(Key.Key_Escape)
    assert policy.own_texts(desk.workspace) == {}


def test_an_unreadable_file_is_one_sentence(qtbot, desk, card, tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"")
    card.read_file(tmp_path / "x.xlsx")
    qtbot.waitUntil(card.take_in.isEnabled, timeout=20_000)
    assert "这是一个空文件" in desk.window.message_bar.sentence()


def test_the_export_is_told(desk, card, tmp_path):
    card.write_file(tmp_path / "办事指南.xlsx")
    assert (tmp_path / "办事指南.xlsx").exists()
    assert "办事指南已导出" in desk.window.message_bar.sentence()
