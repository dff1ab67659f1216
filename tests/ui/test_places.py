"""Every page, form and dialog of both roles: named, reached by Tab both ways, read by the pixels it paints."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.ui import theme
from gridworker.ui.pages.first_run import FirstRun
from gridworker.ui.pages.unlock import Unlock
from gridworker.ui.shell_gate import Gate
from gridworker.ui.tasks import Tasks
from tests import invented
from tests.conftest import TODAY
from tests.ui import places
from tests.ui.township_window import close_desk, open_desk, with_books


@pytest.fixture
def worker_desk(qtbot, worker):
    invented.fill(worker, 24, 4, 1)
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


@pytest.fixture
def gate(qtbot):
    made = Gate()
    made.resize(1366, 768)
    yield made
    made.leave()
    made.deleteLater()


def unreached(qtbot, gate, field):
    """What of a part at the gate has no name or is not reached by Tab from a field."""
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    forth, back = places.round_trip(Qt.Key.Key_Tab), places.round_trip(Qt.Key.Key_Backtab)
    assert back[-2::-1] + back[-1:] == forth
    reached = set(map(id, forth))
    lost = [places.spoken(one) for one in places.stops(gate) if id(one) not in reached]
    return places.nameless(gate) + lost + places.jumps_up(gate, forth)


def test_the_steps_of_the_first_run_are_reached_by_tab_and_read(qtbot, gate, tmp_path):
    tasks = Tasks()
    part = FirstRun(tmp_path / "data", tasks, TODAY)
    gate.show_part(part)
    gate.show()
    for step in range(part.stack.count()):
        part.stack.setCurrentIndex(step)
        QApplication.processEvents()
        assert unreached(qtbot, gate, places.stops(gate)[0]) == [], step
        assert places.faint(gate) == {}
    tasks.close()


def test_unlocking_is_reached_by_tab_and_read(qtbot, gate):
    part = Unlock("/somewhere")
    gate.show_part(part)
    gate.show()
    assert unreached(qtbot, gate, part.password.field) == []
    assert places.faint(gate) == {}
    part.password.forgot.click()
    assert unreached(qtbot, gate, part.recovery.code) == []
    assert places.faint(gate) == {}


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
