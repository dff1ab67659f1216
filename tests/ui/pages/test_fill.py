"""填表 by keys: a form is looked at, its gaps are told, it is filled; in full only with a reason."""

from zipfile import BadZipFile

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.exchange import raw
from gridworker.services import form_narrow
from gridworker.ui.pages.fill import Asked
from gridworker.ui.pages.fill_plan import MISSING
from gridworker.ui.pages.fill_privacy import FULL, OPEN
from tests import invented
from tests.ui.township_window import close_desk, open_desk
from tests.ui.worker_window import CTRL, press

Key = Qt.Key


@pytest.fixture
def desk(qtbot, worker):
    invented.fill(worker, 20, 4, 1)
    made = open_desk(qtbot, worker, "fill")
    yield made
    close_desk(made)


@pytest.fixture
def page(desk):
    return desk.window.page("fill")


def wait_for_plan(qtbot, page):
    qtbot.waitUntil(lambda: page.plan is not None, timeout=20_000)
    QApplication.processEvents()


def choose(qtbot, page, name):
    if page.forms.current_key() != name:  # the first one is read as soon as the page is shown
        page.plan = None
        page.forms.setFocus()
        page.forms.select_key(name)
    wait_for_plan(qtbot, page)


def test_a_ready_form_is_shown_and_filled_by_keys(qtbot, desk, page, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    out = tmp_path / "走访.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(out), ""))
    choose(qtbot, page, "走访登记表")
    assert page.card.columns.count() > 5
    assert "行" in page.card.told.text()
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(out.exists, timeout=20_000)
    cells = [str(cell.value) for row in openpyxl.load_workbook(out).active for cell in row if cell.value]
    assert any("*" in text for text in cells)


def test_gaps_are_told_with_whose_they_are(qtbot, page):
    choose(qtbot, page, "就业需求表")
    page.card.tabs.set_value(MISSING)
    page.card._show_parts(has_plan=True)
    assert page.card.missing.isVisible()
    row = page.card.missing._rows.row(0)
    assert row.title
    assert "缺" in row.second or row.heading


def choose_privacy(page, value):
    page.card.privacy.which.set_value(value)
    page.card.privacy._on_chosen()


def test_a_full_form_wants_a_reason_and_a_password(qtbot, page, tmp_path, commit_text):
    choose(qtbot, page, "走访登记表")
    choose_privacy(page, FULL)
    assert page.card.privacy.why.hasFocus()
    out = tmp_path / "full.xlsx"
    page.fill_to(out)
    commit_text(page.card.privacy.why, "民政核对")
    page.fill_to(out)
    assert page.card.privacy.password.hasFocus()
    commit_text(page.card.privacy.password, "上报密码二〇二六")
    page.fill_to(out)
    qtbot.waitUntil(out.exists, timeout=20_000)
    with pytest.raises(BadZipFile):
        openpyxl.load_workbook(out)
    book = raw.read_book_here(out.read_bytes(), "上报密码二〇二六")
    cells = [str(cell) for row in book.sheets[0].rows for cell in row if cell]
    assert not any("张*" in text or "****" in text for text in cells)


def test_a_full_form_leaves_open_only_where_that_was_chosen(qtbot, page, tmp_path, commit_text):
    choose(qtbot, page, "走访登记表")
    choose_privacy(page, OPEN)
    assert page.card.privacy._told.isVisible()
    commit_text(page.card.privacy.why, "民政核对")
    out = tmp_path / "full.xlsx"
    page.fill_to(out)
    qtbot.waitUntil(out.exists, timeout=20_000)
    cells = [str(cell.value) for row in openpyxl.load_workbook(out).active for cell in row if cell.value]
    assert not any("张*" in text or "****" in text for text in cells)
    page.card.privacy.show_form(is_locked=True)
    assert page.card.privacy.which.value() == FULL


def test_a_corrected_column_is_left_empty(qtbot, page, tmp_path):
    choose(qtbot, page, "走访登记表")
    named = next(one for one in page.plan.columns if one.field)
    before = len([one for one in page.plan.columns if one.field])
    page.card.columns.setFocus()
    page.card.columns.select_key((page.plan.form.sheet.key, named.letter))
    page.plan = None
    press(Key.Key_Delete)
    wait_for_plan(qtbot, page)
    assert len([one for one in page.plan.columns if one.field]) == before - 1


def test_a_file_that_is_no_form_says_why(qtbot, page, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    page.look_at(Asked("", tmp_path / "坏.xlsx"))
    qtbot.waitUntil(page.card.empty.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: "损坏" in page.card.empty.advice.text(), timeout=20_000)


def test_the_password_of_a_locked_form_is_asked_for_on_the_page(qtbot, page, tmp_path):
    from gridworker.exchange.weekly import encrypted
    from gridworker.services import ready_forms

    path = tmp_path / "上锁.xlsx"
    path.write_bytes(encrypted(ready_forms.every()[0].path.read_bytes(), "meishan"))
    page.look_at(Asked("", path))
    qtbot.waitUntil(page.card.password.isVisible, timeout=20_000)
    for key in (Key.Key_M, Key.Key_E, Key.Key_I, Key.Key_S, Key.Key_H, Key.Key_A, Key.Key_N):
        qtbot.keyClick(page.card.password, key)
    press(Key.Key_Return)
    wait_for_plan(qtbot, page)
    assert page.plan.locked
    assert not page.card.password.isVisible()
    assert page.card.first_focus().hasFocus()


def test_rows_are_chosen_by_care_level_and_the_choice_is_kept_for_the_form(qtbot, desk, page, tmp_path):
    choose(qtbot, page, "走访登记表")
    every = len(page.plan.rows)
    level = page.card.choices._narrow["household.care_level"]
    page.plan = None
    level.setCurrentIndex(level.findData("red"))
    level.activated.emit(level.currentIndex())
    wait_for_plan(qtbot, page)
    assert 0 < len(page.plan.rows) < every
    page.card.choices.days.setCurrentIndex(page.card.choices.days.findData("dots"))
    out = tmp_path / "红.xlsx"
    page.fill_to(out)
    qtbot.waitUntil(lambda: form_narrow.kept(page._workspace, page.plan.fingerprint).where != (), timeout=20_000)
    kept = form_narrow.kept(page._workspace, page.plan.fingerprint)
    assert dict(kept.where) == {"household.care_level": "red"}
    assert kept.shape.date_format == "dots"
    page.card.choices.show_chosen(form_narrow.Chosen())
    page.card._plan = None
    choose(qtbot, page, "就业需求表")
    choose(qtbot, page, "走访登记表")
    qtbot.waitUntil(lambda: page.card.choices.chosen() == kept)
