"""kill -9 in the middle of typing: what was typed is there when the program is opened again."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.domain.ledgers import ledger
from gridworker.services import records
from gridworker.services import workspace as workspaces
from tests.conftest import PASSWORD, TODAY
from tests.ui.typist import DOOR, SENTENCE
from tests.ui.worker_window import CTRL, open_window, press, rows_of

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(worker):
    """A closed store with one household, which is due."""
    home = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502", "head": "李桂芳"}
    records.add(worker, ledger("household"), [home])
    worker.store.connection.close()
    return worker.store.folder


def type_and_kill(folder, *page):
    command = [sys.executable, "-m", "tests.ui.typist", str(folder), *page]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as typing:
        said = typing.stdout.readline()
        typing.kill()
    assert said == "kept\n"


@pytest.fixture
def reopen(qtbot):
    opened = []

    def run(folder):
        opened.append(workspaces.open_folder(folder, PASSWORD, TODAY))
        return open_window(qtbot, opened[-1], households=0)

    yield run
    for workspace in opened:
        workspace.close()


def test_the_sheet_has_its_line_again(folder, reopen):
    type_and_kill(folder, "sheet")
    window = reopen(folder)
    press(Qt.Key.Key_F3)
    page = window.page("sheet")
    kept = page.sheet.lines[0]
    assert kept.content.startswith(SENTENCE)
    assert (kept.door, kept.outcome) == (DOOR, "not_met")
    assert rows_of(window.workspace, "visit") == []


def test_the_quick_visit_has_its_words_again(folder, reopen):
    type_and_kill(folder, "households")
    window = reopen(folder)
    press(Qt.Key.Key_F2)
    assert window.page("households").form.content.value().startswith(SENTENCE)
    assert rows_of(window.workspace, "visit") == []


def test_the_need_of_a_visit_has_its_words_again(folder, reopen):
    type_and_kill(folder, "households", "need")
    window = reopen(folder)
    press(Qt.Key.Key_F2)
    _visit, (need,) = window.page("households").form.given()
    assert need.fields["kind"] == "N01"
    assert need.fields["content"].startswith(SENTENCE)
    assert rows_of(window.workspace, "need") == []


def test_a_new_household_has_its_head_again(folder, reopen):
    type_and_kill(folder, "households", "new")
    window = reopen(folder)
    window.show_page("households")
    press(Qt.Key.Key_N, CTRL)
    dialog = QApplication.activeModalWidget()
    assert dialog.editors["head"].value().startswith(SENTENCE)
    assert dialog.draft.mark.isVisible()
    assert len(rows_of(window.workspace, "household")) == 1
    dialog.reject()
