"""Filters kept by name: local, at most a few, each under its own name."""

import pytest

from gridworker.errors import UserError
from gridworker.services import dump, saved_filters
from gridworker.services.needs_list import OVERDUE, Wish


def test_filters_are_kept_replaced_and_dropped_and_never_travel(worker):
    before = list(dump.dump(worker))
    saved_filters.keep(worker, "医疗", Wish(OVERDUE, "N03"))
    saved_filters.keep(worker, "灯", Wish(typed="灯"))
    saved_filters.keep(worker, "医疗", Wish(kind="N03"))
    assert saved_filters.kept(worker) == {"医疗": Wish(kind="N03"), "灯": Wish(typed="灯")}
    saved_filters.drop(worker, "医疗")
    assert list(saved_filters.kept(worker)) == ["灯"]
    assert list(dump.dump(worker)) == before


def test_no_name_and_one_too_many_are_refused(worker):
    with pytest.raises(UserError):
        saved_filters.keep(worker, " ", Wish())
    for number in range(saved_filters.MOST):
        saved_filters.keep(worker, str(number), Wish())
    with pytest.raises(UserError):
        saved_filters.keep(worker, "再来", Wish())
    saved_filters.keep(worker, "0", Wish(OVERDUE))
    assert len(saved_filters.kept(worker)) == saved_filters.MOST
