"""Saying by keys what the columns of somebody else's sheet hold, before it is taken and after."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.services import roster
from gridworker.services.workspace import grid_id
from gridworker.store import queries
from gridworker.ui.pages.import_details import COLUMNS
from gridworker.ui.pages.pick_dialog import PickDialog
from tests.services.test_columns import sheet
from tests.ui.pages.test_importing import finish, look
from tests.ui.township_window import close_desk, open_desk
from tests.ui.worker_window import CTRL, press

Key = Qt.Key


@pytest.fixture
def desk(qtbot, township):
    made = open_desk(qtbot, township, "collect")
    yield made
    close_desk(made)


@pytest.fixture
def imports(desk):
    return desk.window.page("collect").imports


def people(workspace):
    return {row.plain("name"): row.values for row in queries.every(workspace.connection, "resident")}


def columns_of(imports):
    details = imports.files.details
    details.tabs.set_value(COLUMNS)
    details._fill()
    details.columns.setFocus()
    return details.columns


def take_first(qtbot, imports):
    """Enter in the picker; offscreen no window manager gives the keys back to the window below."""
    press(Key.Key_Return)
    imports.window().activateWindow()
    finish(qtbot, imports)


def picker():
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PickDialog)
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def test_enter_offers_the_column_as_a_new_field_and_the_sheet_comes_in_with_it(qtbot, imports, township, tmp_path):
    look(qtbot, imports, sheet(tmp_path))
    columns = columns_of(imports)
    columns.select_key(("Sheet", "C"))
    assert "12箱" in imports.files.details.sentence.text()
    press(Key.Key_Return)
    assert "养蜂箱数" in picker().rows._rows.row(0).title
    take_first(qtbot, imports)
    assert columns.hasFocus()
    columns.select_key(("Sheet", "B"))
    press(Key.Key_Delete)
    finish(qtbot, imports)
    press(Key.Key_Return, CTRL)
    finish(qtbot, imports)
    assert people(township)["测试甲"]["+养蜂箱数"] == "12箱"
    assert not queries.every(township.connection, "household")


def test_words_find_the_field(qtbot, imports, township, tmp_path, commit_text):
    look(qtbot, imports, sheet(tmp_path))
    columns_of(imports).select_key(("Sheet", "D"))
    press(Key.Key_Return)
    dialog = picker()
    commit_text(dialog.typed, "居民 联系电话")
    take_first(qtbot, imports)
    press(Key.Key_Return, CTRL)
    finish(qtbot, imports)
    assert people(township)["测试乙"]["phone"] == "19900000002"


def test_a_file_taken_before_can_be_gone_over_again(qtbot, imports, township, tmp_path):
    path = sheet(tmp_path)
    look(qtbot, imports, path)
    imports.take()
    finish(qtbot, imports)
    imports.leave()
    look(qtbot, imports, path)
    again = imports.files.details.again
    assert again.isVisible()
    again.setFocus()
    press(Key.Key_Space)
    finish(qtbot, imports)
    imports.files.details.columns.select_key(("Sheet", "C"))
    press(Key.Key_Return)
    picker()
    take_first(qtbot, imports)
    press(Key.Key_Return, CTRL)
    finish(qtbot, imports)
    assert people(township)["测试甲"]["+养蜂箱数"] == "12箱"
    assert len(people(township)) == 2


def test_the_grid_of_a_whole_sheet_is_chosen_by_keys(qtbot, imports, township, tmp_path):
    roster.add_grid(township, "JX03", "金江西苑3网格", "金江社区", "")
    roster.add_grid(township, "JX05", "东湾5网格", "金江社区", "")
    look(qtbot, imports, sheet(tmp_path))
    columns = columns_of(imports)
    columns.select_key(("Sheet", "household.grid"))
    assert "表里没有写" in imports.files.details.sentence.text()
    press(Key.Key_Return)
    dialog = picker()
    dialog.rows.select_key("JX05")
    take_first(qtbot, imports)
    press(Key.Key_Return, CTRL)
    finish(qtbot, imports)
    assert {row.plain("grid") for row in queries.every(township.connection, "household")} == {grid_id("JX05")}


def test_remembered_columns_are_forgotten_by_a_key(qtbot, imports, township, tmp_path):
    look(qtbot, imports, sheet(tmp_path))
    columns = columns_of(imports)
    columns.select_key(("Sheet", "A"))
    press(Key.Key_Delete)
    finish(qtbot, imports)
    press(Key.Key_Return, CTRL)
    finish(qtbot, imports)
    look(qtbot, imports, sheet(tmp_path, "再来.xlsx", people=[["测试丙", "大湾组3号", "7箱", "19900000003"]]))
    columns = columns_of(imports)
    assert columns._plans[0].columns[0].field == ""
    columns.select_key(("Sheet", "@memory"))
    press(Key.Key_Delete)
    finish(qtbot, imports)
    assert columns._plans[0].columns[0].field == "resident.name"
