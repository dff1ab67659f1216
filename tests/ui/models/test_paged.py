"""Rows of a long list are read page by page, kept for a while, and forgiving of what is gone."""

from gridworker.ui.models.paged import _KEPT, PAGE, Paged
from gridworker.ui.widgets.row import Row


def test_a_page_is_read_once_and_old_ones_are_let_go():
    asked = []

    def load(ids):
        asked.append(ids[0])
        return [Row(str(id), key=id) for id in ids]

    paged = Paged(range(100_000), load)
    assert paged.row(PAGE + 3).title == str(PAGE + 3)
    assert paged.row(PAGE + 4).title == str(PAGE + 4)
    assert asked == [PAGE]
    for page in range(2, _KEPT + 3):
        paged.row(page * PAGE)
    paged.row(PAGE)
    assert asked.count(PAGE) == 2


def test_an_id_that_is_gone_is_an_empty_row():
    paged = Paged([7, 8], lambda ids: [Row("8", key=8)])
    assert (paged.row(0).title, paged.row(0).key) == ("", 7)
    assert paged.places == {7: 0, 8: 1}
