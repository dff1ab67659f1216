"""From the first paint to the last backup: what is imported, what opens, what is said, one instance, the demo."""

import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.errors import UserError
from gridworker.services import drafts, settings
from gridworker.services import workspace as workspaces
from gridworker.services.look import Look
from gridworker.ui import application
from gridworker.ui.desk import backup_words
from gridworker.ui.pages.first_run import FirstRun
from gridworker.ui.pages.record_draft import DRAFTS
from gridworker.ui.pages.unlock import Unlock
from gridworker.ui.shell import Options, Shell
from gridworker.ui.shell_failures import Failures, describe, sentence_for
from tests.conftest import A_TOWNSHIP, A_WORKER, PASSWORD, TODAY

LATER = ("gridworker.services.workspace", "gridworker.ui.desk", "gridworker.ui.shell")
"""Read while the first window stands there already."""
HEAVY = ("openpyxl", "xlsxwriter", "python_calamine", "sqlite_utils", "numpy", "pypinyin", "lxml", "asyncio")


@pytest.fixture
def folder(worker):
    """A closed worker's store."""
    worker.store.connection.close()
    return worker.store.folder


@pytest.fixture
def begin(qtbot):
    shells = []

    def run(folder, passphrase="", look=None):
        shell = Shell(Options(folder, TODAY, passphrase), look or Look("light"))
        shells.append(shell)
        shell.begin()
        return shell

    yield run
    for shell in shells:
        shell._end()


def part_of(shell):
    return shell.gate.part() if shell.gate else None


def test_nothing_heavy_is_imported_before_the_first_paint():
    code = f"import sys, gridworker.ui.application; print([name for name in {HEAVY!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_without_a_display_one_sentence_and_the_way_to_the_commands():
    ran = subprocess.run([sys.executable, "-m", "gridworker"], check=False, env={}, capture_output=True, text=True)
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1


def test_an_empty_folder_meets_the_first_run(qtbot, begin, tmp_path):
    shell = begin(tmp_path)
    qtbot.waitUntil(lambda: isinstance(part_of(shell), FirstRun))


@pytest.mark.parametrize(("opening", "page"), [(A_WORKER, "weekly"), (A_TOWNSHIP, "collect")])
def test_a_roster_goes_from_the_first_run_to_the_page_of_imports(qtbot, begin, tmp_path, opening, page):
    shell = begin(tmp_path / "data")
    qtbot.waitUntil(lambda: isinstance(part_of(shell), FirstRun))
    file = tmp_path / "名册.csv"
    file.write_text("小区,户主,说不清的一栏\n金江西苑,甲一,甲\n", encoding="utf-8")
    workspace = workspaces.create(tmp_path / "data", PASSWORD, opening, TODAY)[0]
    part_of(shell).import_asked.emit(workspace, file)
    assert shell.gate is None
    imports = shell.desk.window.page(page).imports
    qtbot.waitUntil(lambda: imports.currentWidget() is imports.files, timeout=20_000)
    assert shell.desk.window.current_page() == page
    assert [one.path for one in imports.files.all_files()] == [file]
    assert imports.files.details.columns.hasFocus()


def test_a_store_asks_for_its_password_and_opens(qtbot, begin, folder):
    shell = begin(folder)
    qtbot.waitUntil(lambda: isinstance(part_of(shell), Unlock))
    part = part_of(shell)
    part.password.field.setText("不是这个密码")
    QTest.keyClick(part.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(part.password.error.isVisible, timeout=10_000)
    assert part.password.error._sentence.text().startswith("密码不对")
    part.password.field.setText(PASSWORD)
    QTest.keyClick(part.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    assert shell.gate is None
    assert shell.desk.window.current_page() == "today"
    assert shell.desk.window.sidebar._lines[0].text() == "陈晓芸 · 金江西苑3网格"


def test_a_password_from_outside_opens_at_once(qtbot, begin, folder):
    shell = begin(folder, PASSWORD)
    assert shell.desk is None  # the gate is painted first
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)


def test_a_wrong_password_from_outside_asks(qtbot, begin, folder):
    shell = begin(folder, "不是这个密码")
    qtbot.waitUntil(lambda: isinstance(part_of(shell), Unlock), timeout=10_000)
    qtbot.waitUntil(part_of(shell).password.error.isVisible)


def test_the_recovery_code_sets_a_new_password(qtbot, begin, tmp_path):
    opening = workspaces.Opening("worker", "陈晓芸", "JX03")
    workspace, code = workspaces.create(tmp_path / "data", PASSWORD, opening, TODAY)
    workspace.close()
    shell = begin(tmp_path / "data")
    qtbot.waitUntil(lambda: isinstance(part_of(shell), Unlock))
    part_of(shell)._on_recovery_given(code.lower().replace("-", " "), "四栋门口银杏黄")
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    assert shell.desk.window.message_bar.sentence() == "密码已改。"
    workspaces.open_folder(tmp_path / "data", "四栋门口银杏黄", TODAY).close()


def test_closing_makes_the_days_backup_and_ends(qtbot, begin, folder):
    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    with qtbot.waitSignal(shell.ended, timeout=20_000):
        shell.desk.window.close()
    assert len(settings.backups(folder)) == 1
    assert shell.desk is None


def test_a_second_closing_of_the_day_makes_none(qtbot, begin, folder):
    (folder / "backups").mkdir(exist_ok=True)  # the copies of the vaults lie there
    (folder / "backups" / f"gridworker-{TODAY:%Y%m%d}-070000.gwbackup").write_bytes(b"")
    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    with qtbot.waitSignal(shell.ended, timeout=5000):
        shell.desk.window.close()
    assert len(settings.backups(folder)) == 1


def test_the_demo_lives_elsewhere_and_says_so(qtbot, begin, tmp_path, monkeypatch):
    monkeypatch.setattr("gridworker.services.demos.SIZE", (20, 2, 1))
    shell = begin(tmp_path)
    qtbot.waitUntil(lambda: isinstance(part_of(shell), FirstRun))
    part_of(shell).demo.click()
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=20_000)
    assert not settings.has_store(tmp_path)
    assert settings.has_store(tmp_path / "demo-worker")
    assert "演示数据" in shell.desk.window.windowTitle()
    assert "演示数据" in shell.desk.window.top_bar.detail.text()
    assert shell.desk.tour.place == 0
    with qtbot.waitSignal(shell.ended):
        shell.desk.window.close()
    assert settings.backups(tmp_path / "demo-worker") == []


def test_locking_keeps_what_was_typed_in_a_dialog(qtbot, begin, folder):
    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    shell.desk.window.show_page("affairs", ("meeting", 0))
    shell.desk.window.page("affairs").add()
    dialog = QApplication.activeModalWidget()
    QTest.keyClicks(dialog.editors["name"], "Menkou")
    shell.desk.lock_asked.emit()
    assert dialog.isHidden()
    again = workspaces.open_folder(folder, PASSWORD, TODAY)
    (name,) = drafts.names(again, DRAFTS)
    assert drafts.find(again, name)[0] == {"name": "Menkou"}
    again.close()


def test_locking_lets_a_job_end_before_its_store_is_closed(qtbot, begin, folder):
    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    workspace, may_go_on, heard = shell.desk.workspace, threading.Event(), []

    def work(_job):
        may_go_on.wait(10)
        heard.append(workspace.store.get("role"))
        return "told"

    shell.tasks.start(work, done=heard.append)
    shell.desk.lock_asked.emit()
    assert shell.desk is None
    may_go_on.set()
    part_of(shell).password_given.emit(PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    assert heard == ["worker"]


def test_the_window_is_built_anew_only_after_the_job_that_runs(qtbot, begin, folder):
    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    window, may_go_on, heard = shell.desk.window, threading.Event(), []
    shell.tasks.start(lambda _job: may_go_on.wait(10), done=lambda _ended: heard.append(shell.desk.window is window))
    shell.desk.look_changed.emit(replace(shell.look, scale=1.15))
    assert shell.desk.window is window
    may_go_on.set()
    qtbot.waitUntil(lambda: shell.desk.window is not window)
    assert heard == [True]


def test_locking_hides_everything_behind_the_password(qtbot, begin, folder):
    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    shell.desk.lock_asked.emit()
    qtbot.waitUntil(lambda: isinstance(part_of(shell), Unlock))
    assert shell.desk is None


def test_a_backup_is_put_back_with_its_password(qtbot, begin, folder):
    from gridworker.services import keeping

    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    file = keeping.backup(shell.desk.workspace)
    shell.desk.restore_asked.emit(file, PASSWORD)
    qtbot.waitUntil(lambda: shell.gate is None and shell.desk is not None, timeout=20_000)
    assert shell.desk.window.message_bar.sentence().startswith("已恢复备份")
    assert list(folder.glob("before-restore-*"))


def test_a_wrong_password_for_a_backup_leaves_the_store(qtbot, begin, folder):
    from gridworker.services import keeping

    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    file = keeping.backup(shell.desk.workspace)
    shell.desk.restore_asked.emit(file, "不是这个密码")
    qtbot.waitUntil(lambda: isinstance(part_of(shell), Unlock), timeout=20_000)
    qtbot.waitUntil(part_of(shell).password.error.isVisible)
    workspaces.open_folder(folder, PASSWORD, TODAY).close()


@pytest.fixture
def desk(qtbot, worker):
    from gridworker.services import demo
    from tests.ui.township_window import close_desk, open_desk

    demo.fill(worker, 20, 3, 1)
    made = open_desk(qtbot, worker)
    yield made
    close_desk(made)


def test_the_search_leads_to_the_household(qtbot, desk):
    from gridworker.store import queries

    home = next(row for row in queries.every(desk.workspace.connection, "household") if row.plain("head"))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = desk.window.top_bar.search
    assert box.hasFocus()
    box.setText(str(home.plain("phone"))[-4:])
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert desk.window.current_page() == "households"


def test_f2_records_a_visit_from_a_page_without_it(desk):
    desk.window.show_page("settings")
    desk.window.focus_page()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    assert desk.window.current_page() == "households"


def test_another_language_builds_the_window_anew(qtbot, desk):
    from gridworker.i18n import use_language

    desk.window.show_page("settings")
    old = desk.window
    use_language("en")
    desk.rebuild(Look("light", 1.0, "en"))
    assert desk.window is not old
    assert desk.window.current_page() == "settings"
    assert desk.window.windowTitle() != old.windowTitle() or old.windowTitle() == "网格走访"


def test_another_size_builds_the_window_anew_and_keeps_the_focus(qtbot, begin, folder):
    shell = begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None)
    shell.desk.window.show_page("settings")
    old = shell.desk.window
    size = shell.desk.window.page("settings").look.scale
    size.setFocus()
    QTest.keyClick(old.focusWidget(), Qt.Key.Key_3)
    qtbot.waitUntil(lambda: shell.desk.window is not old)
    assert shell.look.scale == 1.3
    assert shell.desk.window.page("settings").look.scale.value() == 1.3
    again = shell.desk.window.page("settings").look.scale
    assert again.isAncestorOf(shell.desk.window.focusWidget())


def test_when_the_last_backup_was(worker):
    from datetime import datetime

    assert backup_words(None, TODAY) == "还没有备份"
    assert backup_words(datetime(2026, 11, 25, 18, 2), TODAY) == "备份 18:02"
    assert backup_words(datetime(2026, 11, 20, 18, 2), TODAY) == "备份 11月20日"


def test_only_one_window_per_folder(qtbot, tmp_path, monkeypatch):
    lock = QLockFile(str(tmp_path / application.LOCK))
    assert lock.tryLock(0)
    said = []

    def until_entered(*_self):
        before = len(said)
        qtbot.waitUntil(lambda: len(said) > before)
        return 0

    monkeypatch.setattr(QApplication, "exec", until_entered)
    monkeypatch.setattr(Shell, "refuse_second", lambda self: said.append("second"))
    monkeypatch.setattr(Shell, "begin", lambda self: said.append("first"))
    assert application.start(["--data", str(tmp_path)]) == 0
    lock.unlock()
    assert application.start(["--data", str(tmp_path)]) == 0
    assert said == ["second", "first"]


def test_the_second_window_says_one_sentence(qtbot, tmp_path):
    shell = Shell(Options(tmp_path), Look("light"))
    shell.refuse_second()
    assert shell.gate.isVisible()
    with qtbot.waitSignal(shell.ended):
        shell.gate.close()


def test_a_password_file_that_is_not_there_ends_with_a_sentence(tmp_path, capsys):
    assert application.start(["--data", str(tmp_path), "--passphrase-file", str(tmp_path / "none")]) == 2
    assert "读不了密码文件" in capsys.readouterr().err


def test_the_log_has_places_but_no_words_of_the_failure(tmp_path):
    failures = Failures(tmp_path)
    said = []
    failures.happened.connect(said.append)
    with pytest.raises(ValueError, match="李桂芳") as caught:
        raise ValueError("李桂芳 13812345678")
    failures.take(caught.value)
    assert describe(caught.value).startswith("ValueError at test_application.py:")
    text = (tmp_path / "gridworker.log").read_text(encoding="utf-8")
    assert "李桂芳" not in text
    assert "138" not in text
    assert said == ["出了点问题，已记入日志；已保存的内容都在，请再试一次。"]


def test_a_refusal_is_said_and_not_logged(tmp_path):
    failures = Failures(tmp_path)
    said = []
    failures.happened.connect(said.append)
    failures.take(UserError("x", "不行。", "换个办法。"))
    assert said == ["不行。换个办法。"]
    assert sentence_for(UserError("x", "不行。")) == "不行。"
    assert not (tmp_path / "gridworker.log").exists()


def test_the_log_does_not_grow_for_ever(tmp_path):
    failures = Failures(tmp_path)
    (tmp_path / "gridworker.log").write_text("x" * 250_000, encoding="utf-8")
    failures.take(ValueError())
    assert (tmp_path / "gridworker.log").stat().st_size < 120_000


def test_a_failure_nobody_caught_reaches_the_window(qtbot, desk, tmp_path):
    failures = Failures(tmp_path)
    failures.happened.connect(desk.say_failure)
    failures.install()
    try:
        sys.excepthook(KeyError, KeyError("nothing"), None)
    finally:
        failures.remove()
    assert desk.window.message_bar.sentence().startswith("出了点问题")
    assert sys.excepthook is sys.__excepthook__
