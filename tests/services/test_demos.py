"""看演示: made once, in a place of its own, for both roles."""

import pytest

from gridworker.services import collect, demos, hand_in_states, review, township_demo
from gridworker.store.database import exists
from tests.conftest import TODAY
from tests.services.township_books import nothing


def test_a_workers_demo_is_made_once_and_then_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(demos, "SIZE", (10, 2, 1))
    first = demos.open_or_make(tmp_path, "worker", TODAY, nothing)
    device = first.store.device
    first.close()
    again = demos.open_or_make(tmp_path, "worker", TODAY, nothing)
    assert again.store.device == device
    assert again.store.get("grid") == "JX03"
    assert not exists(tmp_path)
    again.close()


def test_half_a_demo_is_never_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(demos, "SIZE", (10, 2, 1))

    def fail(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(demos.demo, "fill", fail)
        with pytest.raises(KeyboardInterrupt):
            demos.open_or_make(tmp_path, "worker", TODAY, nothing)
    assert not exists(demos.folder_of(tmp_path, "worker"))
    made = demos.open_or_make(tmp_path, "worker", TODAY, nothing)
    assert made.store.get("name") == "陈晓芸"
    made.close()


def test_a_township_demo_has_books_that_came_in_time_late_and_not_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(township_demo, "HOUSEHOLDS", 5)
    told = []
    made = demos.open_or_make(tmp_path, "township", TODAY, lambda *step: told.append(step))
    states = {line.code: [cell.state for cell in line.cells[-3:]] for line in collect.overview(made).lines}
    assert states["HL01"][-1] == hand_in_states.WAITING
    assert states["XF02"][1] == hand_in_states.LATE
    assert states["JX03"][0] == hand_in_states.IN
    assert review.waiting_count(made) > 0
    assert told[-1][:2] == (4, 4)
    made.close()
