"""Rows of a long list, read a page at a time: ids are cheap, what stands beside them is not (gui.md §5)."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property

from gridworker.ui.widgets.row import Row

PAGE = 64
_KEPT = 24


class Paged:
    """Hands out row by row what `load(ids)` reads page by page; the last pages stay in memory."""

    def __init__(self, ids: Sequence[int], load: Callable[[Sequence[int]], Sequence[Row]]) -> None:
        self.ids = ids
        self._load = load
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()

    @cached_property
    def places(self) -> dict[int, int]:
        """By id: its number in the list."""
        return {id: number for number, id in enumerate(self.ids)}

    def row(self, number: int) -> Row:
        """One row; an id that is gone meanwhile is an empty one."""
        page = number // PAGE
        if page not in self._pages:
            rows = self._load(self.ids[page * PAGE : (page + 1) * PAGE])
            self._pages[page] = {row.key: row for row in rows}
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page].get(self.ids[number], Row("", key=self.ids[number]))
