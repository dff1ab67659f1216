"""The side column gives way, the main one never."""

import pytest
from PySide6.QtWidgets import QWidget

from gridworker.ui.widgets.columns import SideColumns


@pytest.fixture
def columns(qtbot):
    main, side = QWidget(), QWidget()
    main.setMinimumWidth(500)
    side.setFixedWidth(300)
    made = SideColumns(main, side)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def test_both_are_seen_where_there_is_room(columns):
    assert columns.side.isVisible()
    assert columns.main.width() == 900 - 300 - 12


def test_the_side_goes_and_comes_back(columns):
    columns.resize(700, 400)
    assert not columns.side.isVisible()
    assert columns.main.width() == 700
    columns.resize(900, 400)
    assert columns.side.isVisible()


def test_the_window_may_be_as_narrow_as_the_main_column(columns):
    assert columns.minimumSizeHint().width() == 500


def test_the_side_may_stand_first(qtbot):
    made = SideColumns(QWidget(), QWidget(), side_first=True, weights=(6, 5))
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    assert made.side.x() == 0
    assert made.main.width() > made.side.width()


def test_the_other_column_may_be_turned_to_where_there_is_room_for_one(columns):
    columns.resize(700, 400)
    columns.turn_to(columns.side)
    assert (columns.main.isVisible(), columns.side.isVisible()) == (False, True)
    columns.resize(900, 400)
    assert columns.main.isVisible()
    assert columns.side.isVisible()
    columns.resize(700, 400)
    assert not columns.main.isVisible()
    columns.turn_to(columns.main)
    assert (columns.main.isVisible(), columns.side.isVisible()) == (True, False)
