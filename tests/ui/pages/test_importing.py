"""The way in for workbooks by real keys: looked at, left out, taken, stopped, taken back, put back."""

from time import monotonic

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.domain.ledgers import ledger
from gridworker.services import arrivals, dump
from gridworker.services.export import Wish
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.ui import theme
from tests.services.township_books import LAST_WEEK, ready_book
from tests.ui.township_window import close_desk, open_desk
from tests.ui.worker_window import CTRL, open_window, press

PASSWORD = "别的密码二〇二六"
LOCKED = Wish(full=True, reason="上报", password=PASSWORD)


@pytest.fixture
def folder(open_copy, tmp_path):
    made = tmp_path / "收到"
    made.mkdir()
    ready_book(open_copy, made / "一_上周.xlsx", LAST_WEEK)
    ready_book(open_copy, made / "二_本周.xlsx")
    ready_book(open_copy, made / "三_锁.xlsx", wish=LOCKED)
    (made / "四_坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    return made


@pytest.fixture
def desk(qtbot, township):
    made = open_desk(qtbot, township, "collect")
    yield made
    close_desk(made)


@pytest.fixture
def imports(desk):
    return desk.window.page("collect").imports


def finish(qtbot, imports):
    qtbot.waitUntil(lambda: not imports.is_busy(), timeout=30_000)
    QApplication.processEvents()


def look(qtbot, imports, *paths):
    imports.look_at(list(paths))
    finish(qtbot, imports)


def files_in(workspace):
    return [one.file for one in arrivals.imports(workspace) if not one.undone]


def words(rows):
    return [rows._rows.row(place) for place in range(rows.count())]


def test_every_file_is_listed_with_what_it_is_before_anything_comes_in(qtbot, desk, imports, folder):
    before = list(dump.dump(desk.workspace, versions=True))
    look(qtbot, imports, folder)
    rows = words(imports.files.files)
    assert [(row.title, row.marks[0].text) for row in rows] == [
        ("一_上周.xlsx", "本程序"), ("三_锁.xlsx", "要密码"), ("二_本周.xlsx", "本程序"), ("四_坏.xlsx", "读不了"),
    ]  # fmt: skip
    assert int(rows[0].marks[1].text) > 10
    assert "陈晓芸" in rows[0].second
    assert list(dump.dump(desk.workspace, versions=True)) == before


def test_space_leaves_a_file_out_and_ctrl_enter_takes_the_rest(qtbot, desk, imports, folder):
    look(qtbot, imports, folder)
    assert imports.files.files.hasFocus()
    assert "导入 2 个文件" in imports.files.take_button.text()
    press(Qt.Key.Key_Space)
    assert "导入 1 个文件" in imports.files.take_button.text()
    press(Qt.Key.Key_Return, CTRL)
    finish(qtbot, imports)
    assert files_in(desk.workspace) == ["二_本周.xlsx"]


def test_a_second_space_takes_the_file_after_all(qtbot, imports, folder):
    look(qtbot, imports, folder)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)
    assert "导入 2 个文件" in imports.files.take_button.text()


def test_the_arrow_keys_show_each_file(qtbot, imports, folder):
    look(qtbot, imports, folder)
    assert imports.files.details.name.text() == "一_上周.xlsx"
    press(Qt.Key.Key_Down)
    assert imports.files.details.is_asking()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert "损坏" in imports.files.details.told.text()


def test_a_password_opens_the_file_and_keeps_what_was_left_out(qtbot, imports, folder):
    look(qtbot, imports, folder)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert imports.files.details.password.hasFocus()
    imports.files.details.password.set_value("不是这个")
    press(Qt.Key.Key_Return)
    finish(qtbot, imports)
    assert imports.files.details.is_asking()
    imports.files.details.password.set_value(PASSWORD)
    QTest.keyClick(imports.files.details.password, Qt.Key.Key_Return)
    finish(qtbot, imports)
    assert [one.kind for one in imports.files.all_files()] == ["ours", "ours", "ours", "broken"]
    assert "导入 2 个文件" in imports.files.take_button.text()


def test_esc_leaves_everything_as_it_was(qtbot, desk, imports, folder):
    look(qtbot, imports, folder)
    press(Qt.Key.Key_Escape)
    assert imports.is_home()
    assert files_in(desk.workspace) == []
    assert desk.window.page("collect").heading.title == "收表"


def big_book(open_copy, folder):
    return ready_book(open_copy, folder / "很大.xlsx", wish=LOCKED, households=400, seed=3)


@pytest.mark.parametrize("share", [0.02, 0.6])
def test_esc_stops_looking_at_a_big_file_at_once(qtbot, desk, imports, open_copy, tmp_path, share):
    file = big_book(open_copy, tmp_path)
    desk.workspace.store.set("report_password", PASSWORD)
    imports.look_at([file])
    qtbot.waitUntil(lambda: imports.working.progress._share >= share, timeout=20_000)
    began = monotonic()
    press(Qt.Key.Key_Escape)
    finish(qtbot, imports)
    assert monotonic() - began < 5
    assert imports.is_home()
    assert files_in(desk.workspace) == []


def test_esc_during_an_import_leaves_whole_files(qtbot, desk, imports, open_copy, folder):
    file = big_book(open_copy, folder)
    desk.workspace.store.set("report_password", PASSWORD)
    look(qtbot, imports, folder / "一_上周.xlsx", file)
    expected = list(dump.dump(desk.workspace, versions=True))
    imports.take()
    qtbot.waitUntil(lambda: imports.working.progress._share >= 0.8, timeout=20_000)
    began = monotonic()
    press(Qt.Key.Key_Escape)
    finish(qtbot, imports)
    assert monotonic() - began < 5
    assert files_in(desk.workspace) == ["一_上周.xlsx"]
    assert desk.window.message_bar.sentence().startswith("已停下：1 个文件已经整个导入")
    arrivals.undo(desk.workspace, arrivals.imports(desk.workspace)[0].group)
    assert list(dump.dump(desk.workspace, versions=True)) == expected


def test_the_window_stays_awake_while_files_are_looked_at_and_taken(qtbot, imports, open_copy, folder, latency_probe):
    file = big_book(open_copy, folder)
    imports._workspace.store.set("report_password", PASSWORD)
    with latency_probe:
        look(qtbot, imports, folder / "一_上周.xlsx", file)
        imports.take()
        finish(qtbot, imports)
    assert latency_probe.worst < 1000  # other tests run beside this one; tests.bench measures in quiet


def test_the_history_tells_what_undo_would_do_and_turns_it_round(qtbot, desk, imports, folder):
    look(qtbot, imports, folder)
    imports.take()
    finish(qtbot, imports)
    imports.leave()
    need = queries.every(desk.workspace.connection, "need")[0]
    desk.workspace.write("set", Change(ledger("need"), {"reply": "同意"}, need.id))
    inside = list(dump.dump(desk.workspace, versions=True))
    press(Qt.Key.Key_H, CTRL)
    history = imports.history
    assert history.list.hasFocus()
    history.group.click()
    finish(qtbot, imports)
    assert "撤销会撤回" in history.told.text()
    assert list(dump.dump(desk.workspace, versions=True)) == inside
    press(Qt.Key.Key_Return, CTRL)
    finish(qtbot, imports)
    assert files_in(desk.workspace) == []
    for _file in range(2):
        press(Qt.Key.Key_Return)
        finish(qtbot, imports)
        press(Qt.Key.Key_Down)
    assert list(dump.dump(desk.workspace, versions=True)) == inside
    press(Qt.Key.Key_Escape)
    assert imports.is_home()


def test_later_edits_are_named_and_lead_to_their_record(qtbot, desk, imports, folder):
    look(qtbot, imports, folder)
    imports.take()
    finish(qtbot, imports)
    imports.leave()
    need = next(row for row in queries.every(desk.workspace.connection, "need") if row.plain("unit"))
    desk.workspace.write("set", Change(ledger("need"), {"unit": "镇建设所"}, need.id))
    imports.show_history()
    imports.history.group.click()
    finish(qtbot, imports)
    later = words(imports.history.later)
    assert str(need.plain("number")) in later[0].title
    assert "承办单位" in later[0].second
    imports.history.later.opened.emit(later[0].key)
    assert desk.window.current_page() == "review"


def test_esc_turns_from_a_forecast_back_to_the_list(qtbot, desk, imports, folder):
    look(qtbot, imports, folder)
    imports.take()
    finish(qtbot, imports)
    imports.leave()
    imports.show_history()
    press(Qt.Key.Key_Return)
    finish(qtbot, imports)
    press(Qt.Key.Key_Escape)
    assert not imports.is_home()
    assert imports.history.one.isVisible()
    assert len(files_in(desk.workspace)) == 2


def test_the_worker_has_the_same_history(qtbot, worker, tmp_path):
    window = open_window(qtbot, worker, 12)
    window.show_page("weekly")
    press(Qt.Key.Key_H, CTRL)
    page = window.page("weekly")
    assert page.imports.history.isVisible()
    assert page.imports.history.empty.isVisible()
    press(Qt.Key.Key_Escape)
    assert page.imports.is_home()
    assert window.tasks.close()


@pytest.mark.parametrize("scale", theme.SCALES)
def test_every_step_fits_the_smallest_window(qtbot, desk, imports, folder, scale):
    theme.apply(theme.LIGHT, scale, bundled_font=True)
    look(qtbot, imports, folder)
    smallest = QSize(1092, 574)
    for shown in (imports.files, imports.working, imports.done, imports.history):
        imports.setCurrentWidget(shown)
        QApplication.processEvents()
        least = desk.window.minimumSizeHint()
        assert least.boundedTo(smallest) == least
