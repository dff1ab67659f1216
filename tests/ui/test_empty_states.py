"""A page without anything to show says what to do, with the key; a filter that finds nothing says something else."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.empty_state import EmptyState
from tests.ui.township_window import close_desk, open_desk

KEY = re.compile(r"(Alt|Ctrl)\+\w|F\d")


def said(page):
    """The title of the empty state in sight, after it is clear that it tells a key or has a button."""
    part = next(one for one in page.findChildren(EmptyState) if one.isVisible())
    assert part.title.text()
    assert KEY.search(part.advice.text()) or part.findChildren(Button)
    return part.title.text()


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        ("worker", ("today", "households", "needs", "weekly")),
        ("township", ("collect", "review", "summary", "households")),
    ],
)
def test_a_fresh_store_says_how_to_begin(qtbot, request, role, pages):
    desk = open_desk(qtbot, request.getfixturevalue(role))
    for name in pages:
        desk.window.show_page(name)
        qtbot.waitUntil(lambda: not desk._tasks.is_busy())
        QApplication.processEvents()
        assert said(desk.window.page(name))
    close_desk(desk)


def test_nothing_stands_beside_an_empty_queue(qtbot, township):
    desk = open_desk(qtbot, township, "review")
    page = desk.window.page("review")
    assert page.queue.empty.title.text() == "还没有要审核的诉求"
    assert not page.record.isVisible()
    assert not page.reply.isVisible()
    close_desk(desk)
