"""Every page, form and dialog of both roles: named, reached by Tab both ways, read by the pixels it paints."""

import pytest
from PySide6.QtCore import Qt

from gridworker.services import demo
from gridworker.ui import theme
from tests.ui import places
from tests.ui.township_window import close_desk, open_desk, with_books


@pytest.fixture
def worker_desk(qtbot, worker):
    demo.fill(worker, 24, 4, 1)
    made = open_desk(qtbot, worker)
    yield made
    close_desk(made)


@pytest.fixture
def township_desk(qtbot, township, open_copy, tmp_path):
    made = open_desk(qtbot, with_books(township, open_copy, tmp_path))
    yield made
    close_desk(made)


def wrong_at(desk, some):
    """By place: what has no name, and what Tab does not reach."""
    found = {}
    for name, place in some.items():
        with places.at(desk, place) as window:
            missed = [f"nameless {one}" for one in places.nameless(window)]
            forth, back = places.round_trip(Qt.Key.Key_Tab), places.round_trip(Qt.Key.Key_Backtab)
            if back[-2::-1] + back[-1:] != forth:
                missed.append("the way back is another one")
            reached = set(map(id, forth))
            missed += places.jumps_up(window, forth)
            missed += [f"out of reach {places.spoken(one)}" for one in places.stops(window) if id(one) not in reached]
            if missed:
                found[name] = missed
    return found


def test_the_worker_reaches_everything_by_tab(worker_desk):
    assert wrong_at(worker_desk, places.worker_places()) == {}


def test_the_worker_reaches_everything_in_dialogs(worker_desk):
    assert wrong_at(worker_desk, places.worker_dialogs()) == {}


def test_the_township_reaches_everything_by_tab(township_desk):
    assert wrong_at(township_desk, places.township_places()) == {}


def faint_at(desk, some):
    """By look and place: words that cannot be read."""
    found = {}
    for scheme in (theme.LIGHT, theme.DARK):
        theme.apply(scheme, bundled_font=True)
        for name, place in some.items():
            with places.at(desk, place) as window:
                if words := places.faint(window):
                    found[f"{name}, {scheme}"] = words
    return found


def test_the_worker_can_read_every_word_in_light_and_dark(worker_desk):
    assert faint_at(worker_desk, places.worker_places() | places.worker_dialogs()) == {}


def test_the_township_can_read_every_word_in_light_and_dark(township_desk):
    assert faint_at(township_desk, places.township_places()) == {}
