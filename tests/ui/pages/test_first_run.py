"""The first run: by file or by hand, password and recovery code, a roster looked at before it comes in."""

from time import sleep

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.services import first_import, keeping, settings, setup_file
from gridworker.ui import theme
from gridworker.ui.pages.first_run import FirstRun
from gridworker.ui.shell_gate import Gate
from gridworker.ui.tasks import Tasks
from tests.conftest import PASSWORD, TODAY


@pytest.fixture
def run(qtbot, tmp_path):
    gate, tasks = Gate(), Tasks()
    gate.resize(1366, 768)
    part = FirstRun(tmp_path / "data", tasks, TODAY)
    gate.show_part(part)
    gate.show()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield part
    tasks.close()
    if part._workspace is not None:
        part._workspace.close()
    gate.leave()
    gate.deleteLater()


def say_who(run):
    run.who.name.set_value("陈晓芸")
    run.who.code.set_value("jx03")
    run.who.grid_name.set_value("金江西苑3网格")
    run.who.community.set_value("金江社区")
    run.who.township.set_value("梅山镇")


def set_password(qtbot, run):
    run.password.password.setText(PASSWORD)
    run.password.again.setText(PASSWORD)
    run.go_on()
    qtbot.waitUntil(run.password.recovery.has_code, timeout=10_000)


def type_groups_back(run):
    groups = run.password.recovery.groups.text().split("\u2003")
    for field, number in zip(run.password.recovery.typed, run.password.recovery.asked, strict=True):
        field.setText(groups[number].lower())


def come_to_the_last_step(qtbot, run):
    say_who(run)
    run.go_on()
    set_password(qtbot, run)
    type_groups_back(run)
    run.go_on()


def test_nothing_goes_on_before_it_is_known_who(run):
    run.go_on()
    assert run.stack.currentWidget() is run.who
    assert "网格编号" in run.who.error._sentence.text()
    run.who.role.set_value("township")
    run.who._fit()
    run.who.name.set_value("何静文")
    run.go_on()
    assert "乡镇名称" in run.who.error._sentence.text()
    assert not run.who.rows["grid"].isVisible()


def test_by_hand_from_start_to_an_open_store(qtbot, run):
    say_who(run)
    QTest.keyClick(run.who.name, Qt.Key.Key_Return)
    assert run.stack.currentWidget() is run.password
    assert run.password.who.text() == "陈晓芸 · JX03 金江西苑3网格"
    set_password(qtbot, run)
    assert settings.has_store(run._folder)
    assert len(run.password.recovery.groups.text().split("\u2003")) == 6
    run.go_on()
    assert run.stack.currentWidget() is run.password  # the groups are not typed back yet
    assert keeping.recovery_unwritten(run._workspace)
    type_groups_back(run)
    run.go_on()
    assert not keeping.recovery_unwritten(run._workspace)
    assert run.stack.currentWidget() is run.begin
    with qtbot.waitSignal(run.finished) as told:
        run.begin.buttons["empty"].click()
    workspace = told.args[0]
    assert workspace.store.get("grid") == "JX03"
    assert workspace.row("grid", workspace.grid).plain("name") == "金江西苑3网格"


def test_the_first_group_leads_to_the_second(qtbot, run):
    say_who(run)
    run.go_on()
    set_password(qtbot, run)
    groups = run.password.recovery.groups.text().split("\u2003")
    qtbot.waitUntil(run.password.recovery.typed[0].hasFocus)
    QTest.keyClicks(run.password.recovery.typed[0], groups[run.password.recovery.asked[0]])
    assert run.password.recovery.typed[1].hasFocus()


def test_a_weak_or_mistyped_password_makes_no_store(run):
    say_who(run)
    run.go_on()
    run.password.password.setText("12345678")
    run.password.again.setText("12345678")
    run.go_on()
    assert "太常见" in run.password.error._sentence.text()
    run.password.password.setText(PASSWORD)
    run.go_on()
    assert "不一样" in run.password.error._sentence.text()
    assert not settings.has_store(run._folder)


def test_the_setup_file_spares_typing(qtbot, run, township, tmp_path):
    from gridworker.services import roster

    roster.add_grid(township, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
    roster.add_grid(township, "YS01", "阅山悦府1网格", "阅山社区", "何玉兰")
    settings.set_report_password(township, "周报密码二〇二六")
    setup_file.write(township, tmp_path / "梅山镇.gwsetup")
    run.who.load(tmp_path / "梅山镇.gwsetup")
    assert run.who.file_note.text() == "梅山镇 · 2 个网格 · 上报密码 已带入"
    run.go_on()
    assert run.who.error._sentence.text() == "请选一个网格。"
    run.who.grid_of.setCurrentIndex(1)
    assert run.who.name.text() == "何玉兰"
    run.go_on()
    set_password(qtbot, run)
    assert settings.report_password(run._workspace) == "周报密码二〇二六"
    assert run._workspace.store.get("township") == "梅山镇"


def test_a_wrong_setup_file_is_said_and_changes_nothing(run, tmp_path):
    (tmp_path / "别的.gwsetup").write_text("{}", encoding="utf-8")
    run.who.load(tmp_path / "别的.gwsetup")
    assert "不是开户文件" in run.who.error._sentence.text()
    assert run.who.rows["role"].isVisible()


def a_roster(folder, more=0):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["小区", "楼栋", "单元", "室", "户主", "联系电话"])
    wrong = [(str(201 + number), "丙三", "1990000") for number in range(more)]
    for room, head, phone in (("101", "甲一", "19900000001"), ("102", "乙二", "1990000"), *wrong):
        sheet.append(["金江西苑", "1", "1", room, head, phone])
    out = folder / "名册.xlsx"
    book.save(out)
    return out


def test_a_roster_is_seen_before_it_comes_in(qtbot, run, tmp_path):
    come_to_the_last_step(qtbot, run)
    run.look_at(a_roster(tmp_path))
    qtbot.waitUntil(run.preview.accept.isEnabled, timeout=20_000)
    assert "户主" in run.preview.columns.text()
    assert run.preview.problems.count() == 1
    from gridworker.store import queries

    assert queries.count(run._workspace.connection, "household") == 0
    with qtbot.waitSignal(run.finished, timeout=20_000) as told:
        QTest.keyClick(run.preview.accept, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args[1].startswith("已导入 名册.xlsx")
    assert queries.count(run._workspace.connection, "household") == 2


def test_columns_are_corrected_on_the_page_of_imports(qtbot, run, tmp_path):
    come_to_the_last_step(qtbot, run)
    run.look_at(a_roster(tmp_path))
    qtbot.waitUntil(run.preview.accept.isEnabled, timeout=20_000)
    with qtbot.waitSignal(run.import_asked, timeout=1000) as told:
        run.preview.correct.click()
    assert told.args == [run._workspace, tmp_path / "名册.xlsx"]


def test_a_locked_roster_is_opened_on_the_page_of_imports(qtbot, run, tmp_path):
    from gridworker.exchange.weekly import encrypted

    come_to_the_last_step(qtbot, run)
    file = a_roster(tmp_path)
    file.write_bytes(encrypted(file.read_bytes(), "只有乡镇知道"))
    run.look_at(file)
    qtbot.waitUntil(lambda: run.preview.correct.text() == "去输密码", timeout=20_000)
    assert run.preview.correct.isVisible()
    assert not run.preview.accept.isEnabled()


def test_the_way_on_stays_in_sight_however_much_is_to_be_checked(qtbot, run, tmp_path):
    theme.apply(theme.LIGHT, theme.SCALES[-1], bundled_font=True)
    come_to_the_last_step(qtbot, run)
    run.window().resize(1092, 574)
    run.look_at(a_roster(tmp_path, more=20))
    qtbot.waitUntil(run.preview.accept.isEnabled, timeout=20_000)
    button = run.preview.accept
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect() == button.rect())


def test_taking_a_roster_can_be_stopped(qtbot, run, tmp_path, monkeypatch):
    def endless(_workspace, _path, step):
        while True:
            step(0.5, 1, "")
            sleep(0.002)

    come_to_the_last_step(qtbot, run)
    run.look_at(a_roster(tmp_path))
    qtbot.waitUntil(run.preview.accept.isEnabled, timeout=20_000)
    monkeypatch.setattr(first_import, "take", endless)
    QTest.keyClick(run.preview.accept, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(run.preview.progress.isVisible)
    assert run.preview.stop.hasFocus()
    run.preview.stop.click()
    qtbot.waitUntil(run.preview.accept.isEnabled)
    assert run.preview.counts.text().startswith("已停止，什么也没进来")
    assert not run.preview.stop.isVisible()


def test_a_new_laptop_is_rebuilt_from_the_workbooks_handed_in(qtbot, run, open_copy, tmp_path):
    from tests.services.township_books import book, filled

    folder = tmp_path / "周报"
    folder.mkdir()
    old = filled(open_copy)
    old.store.set("report_password", "演示上报密码2026")
    book(old, folder)
    come_to_the_last_step(qtbot, run)
    run.rebuild(folder, "演示上报密码2026")
    qtbot.waitUntil(lambda: run.preview.accept.isEnabled() and "恢复了" in run.preview.counts.text(), timeout=20000)
    assert "最后一份是 11月25日导出的；此后录入的没有交过" in run.preview.columns.text()
    with qtbot.waitSignal(run.finished) as told:
        QTest.keyClick(run.preview.accept, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "第48周" in told.args[1]
    told.args[0].close()


def test_a_file_that_is_no_table_leaves_the_way_back(qtbot, run, tmp_path):
    come_to_the_last_step(qtbot, run)
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    run.look_at(tmp_path / "坏.xlsx")
    qtbot.waitUntil(run.preview.back.isEnabled, timeout=20_000)
    assert not run.preview.accept.isEnabled()
    run.preview.back.click()
    assert run.stack.currentWidget() is run.begin


def test_the_demo_lets_the_new_store_go(qtbot, run):
    come_to_the_last_step(qtbot, run)
    with qtbot.waitSignal(run.demo_asked):
        run.begin.buttons["demo"].click()
    assert run._workspace is None


@pytest.mark.parametrize("scale", theme.SCALES)
def test_it_fits_the_smallest_window(qtbot, run, scale):
    theme.apply(theme.LIGHT, scale, bundled_font=True)
    come_to_the_last_step(qtbot, run)
    least = run.window().minimumSizeHint()
    assert least.width() <= 1092
    assert least.height() <= 574
