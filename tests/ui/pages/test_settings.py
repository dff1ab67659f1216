"""设置: the look at once, another password, backups and the way back, what only the township has."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.services import access, access_lines, collect, keeping, roster
from gridworker.services import workspace as workspaces
from gridworker.ui import theme
from gridworker.ui.pages.recovery_code import NewCodeDialog
from tests.conftest import PASSWORD, TODAY
from tests.ui.township_window import close_desk, open_desk


@pytest.fixture
def desk(qtbot, township):
    made = open_desk(qtbot, township, "settings")
    yield made
    close_desk(made)


@pytest.fixture
def page(desk):
    return desk.window.page("settings")


def test_the_theme_changes_at_once_and_is_told(qtbot, desk, page):
    with qtbot.waitSignal(desk.look_changed) as told:
        qtbot.mouseClick(page.look.scheme.chips()[2], Qt.MouseButton.LeftButton)
    assert told.args[0].theme == theme.DARK
    assert theme.current().scheme == theme.DARK


def test_another_password_opens_from_now_on(qtbot, desk, page):
    page.password.old.setText(PASSWORD)
    page.password.fresh.setText("四栋门口银杏黄")
    page.password.change()
    assert page.password.error._sentence.text() == "请把新密码输两次。"
    page.password.again.setText("四栋门口银杏黄")
    page.password.change()
    qtbot.waitUntil(page.password.button.isEnabled, timeout=10_000)
    assert desk.window.message_bar.sentence().startswith("密码已改")
    workspaces.open_folder(desk.workspace.store.folder, "四栋门口银杏黄", TODAY).close()


def test_a_wrong_old_password_changes_nothing(qtbot, page, desk):
    page.password.old.setText("不是这个密码")
    page.password.fresh.setText("四栋门口银杏黄")
    page.password.again.setText("四栋门口银杏黄")
    page.password.change()
    qtbot.waitUntil(page.password.button.isEnabled, timeout=10_000)
    assert page.password.error._sentence.text().startswith("密码不对")
    workspaces.open_folder(desk.workspace.store.folder, PASSWORD, TODAY).close()


def test_the_report_password_is_hidden_until_asked_for(page, desk):
    assert page.report.none.isVisible()
    page.report.field.setText("周报密码二〇二六")
    page.report.set()
    assert page.report.known.isVisible()
    page.reveal.show_full(True)
    shown = [part.text() for part in page.report.known.findChildren(type(page.report.none))]
    assert "周报密码二〇二六" in shown
    page.reveal.show_full(False)
    shown = [part.text() for part in page.report.known.findChildren(type(page.report.none))]
    assert "周报密码二〇二六" not in shown
    assert "看全" in [line.act for line in access_lines.newest(desk.workspace)]


def test_a_backup_now_and_the_question_before_going_back(qtbot, desk, page):
    page.backup.back_up()
    qtbot.waitUntil(page.backup.button.isEnabled, timeout=10_000)
    assert page.backup.list.count() == 1
    assert "备份" in desk.window.sidebar._lines[1].text()
    file = page.backup.list._rows.row(0).key
    page.backup.ask(file)
    assert page.backup.question.isVisible()
    page.backup.password.setText(PASSWORD)
    with qtbot.waitSignal(desk.restore_asked) as told:
        page.backup.confirm.click()
    assert told.args == [file, PASSWORD]
    keeping.restore(desk.workspace.store.folder.with_name("elsewhere"), file, PASSWORD)


def test_a_grid_is_added_and_shows_up_at_once(desk, page):
    for field, text in (
        (page.roster.code, "JX03"),
        (page.roster.name, "金江西苑3网格"),
        (page.roster.worker, "陈晓芸"),
    ):
        field.setText(text)
    page.roster.add_grid()
    assert page.roster.list.count() == 1
    assert [line.code for line in collect.overview(desk.workspace).lines] == ["JX03"]
    page.roster.add_grid()
    assert "编号和名称" in page.roster.error._sentence.text()


def test_the_setup_file_is_written_and_noted(desk, page, tmp_path):
    page.roster.write_file(tmp_path / "梅山镇.gwsetup")
    assert (tmp_path / "梅山镇.gwsetup").stat().st_size > 0
    assert access_lines.newest(desk.workspace)[0].act == "开户文件"


def test_a_file_that_cannot_be_written_is_said(desk, page, tmp_path):
    page.roster.write_file(tmp_path / "没有" / "梅山镇.gwsetup")
    assert desk.window.message_bar.sentence().startswith("写不进去")


def test_the_deadline_moves(qtbot, desk, page):
    qtbot.mouseClick(page.deadline.day.chips()[4], Qt.MouseButton.LeftButton)
    table = collect.overview(desk.workspace)
    assert (table.deadline - table.weeks[-1].first_day).days == 7


def test_the_log_says_whether_its_chain_holds(page):
    assert page.log.state.text() == "连续完好"


def test_a_worker_has_no_roster(qtbot, worker):
    desk = open_desk(qtbot, worker, "settings")
    assert desk.window.page("settings").roster is None
    close_desk(desk)


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("scale", theme.SCALES)
def test_the_page_fits_the_smallest_window(desk, page, scheme, scale):
    theme.apply(scheme, scale, bundled_font=True)
    QApplication.processEvents()
    least = desk.window.minimumSizeHint()
    assert page.isVisible()
    assert least.width() <= 1092
    assert least.height() <= 574


def code_dialog(qtbot, password):
    """The dialog for a new recovery code, once the password was typed and the code made or refused."""
    dialog = QApplication.activeModalWidget()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.password.hasFocus)
    QTest.keyClicks(dialog.password, password) if password.isascii() else dialog.password.setText(password)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.go_on.isEnabled, timeout=10_000)
    return dialog


def test_a_new_recovery_code_is_shown_in_groups_and_typed_back(qtbot, desk, page):
    page.password.renew.setFocus()
    QTest.keyClick(page.password.renew, Qt.Key.Key_Space)
    dialog = code_dialog(qtbot, PASSWORD)
    groups = dialog.code.groups.text().split("\u2003")
    assert len(groups) == 6
    QTest.keyClick(dialog.code.typed[0], Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.code.error.isVisible()
    for field, number in zip(dialog.code.typed, dialog.code.asked, strict=True):
        QTest.keyClicks(field, groups[number].lower())
    QTest.keyClick(dialog.code.typed[1], Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert not keeping.recovery_unwritten(desk.workspace)
    assert desk.window.message_bar.sentence().startswith("新恢复码已生效")
    keeping.rekey(desk.workspace.store.folder, "", "".join(groups), "四栋门口银杏黄")


def test_a_wrong_password_makes_no_new_code(qtbot, desk, page):
    page.password.ask_new_code()
    dialog = code_dialog(qtbot, "wrong")
    assert dialog.asked.error.isVisible()
    assert not dialog.code.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not keeping.recovery_unwritten(desk.workspace)


def test_a_code_nobody_wrote_down_is_told_at_the_next_opening_with_the_way(qtbot, desk, page):
    page.password.ask_new_code()
    dialog = code_dialog(qtbot, PASSWORD)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert "下次打开会再提醒" in desk.window.message_bar.sentence()
    desk.show()
    bar = desk.window.message_bar
    assert bar.sentence().startswith("恢复码还没有抄好")
    bar._verb.click()
    assert desk.window.current_page() == "settings"
    assert isinstance(QApplication.activeModalWidget(), NewCodeDialog)
    QApplication.activeModalWidget().reject()


def test_the_log_shows_words_instead_of_codes(desk, page):
    access.note(desk.workspace, "export", "MZZ4Q7K2 full")
    page.refresh()
    assert page.log.list._rows.row(0).aside.endswith("完整版")
    assert "MZZ" not in page.log.list._rows.row(0).aside


def test_a_grid_gets_another_worker_by_keys(qtbot, desk, page):
    for code, name in (("JX03", "陈晓芸"), ("JX04", "单静")):
        roster.add_grid(desk.workspace, code, f"{code}网格", "", name)
    page.roster.refresh()
    dialog = page.roster.open_grid(roster.roster(desk.workspace)[0].id)
    dialog.give()
    assert "要有姓名" in dialog.error._sentence.text()
    dialog.heir.setText("区志明")
    QTest.keyClick(dialog.heir, Qt.Key.Key_Return)
    assert [line.workers for line in roster.roster(desk.workspace)] == ["区志明", "单静"]
    assert desk.window.message_bar.sentence().startswith("JX03 从 ")
