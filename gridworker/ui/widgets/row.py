"""What one line of a list says, and the model that hands lines out: a finished list, or fetched page by page."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from gridworker.i18n import _

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
_CACHED = 1024


@dataclass(frozen=True)
class Mark:
    """One trailing entry of a row: plain text, or a pill when it has a tone (red, amber, green …)."""

    text: str
    tone: str = ""
    dot: bool = False


@dataclass(frozen=True)
class Row:
    """One line: title with a word beside it, second line, level dot or icon, trailing marks, a verb.

    `marks` stand right-aligned in the list's columns; `tint` (red, amber) colours a problem row;
    a `heading` row only groups those after it.
    """

    title: str
    second: str = ""
    key: Any = None
    aside: str = ""
    dot: str = ""
    icon: str = ""
    icon_tone: str = "text2"
    marks: tuple[Mark, ...] = ()
    verb: str = ""
    tint: str = ""
    heading: bool = False

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        words = (self.title, self.aside, self.second, *(mark.text for mark in self.marks))
        return _("，").join(word for word in words if word)


class RowModel(QAbstractListModel):
    """Rows by number; fetched ones are kept for the last thousand seen."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._fetch: Callable[[int], Row] = lambda number: Row("")
        self._cache: OrderedDict[int, Row] = OrderedDict()
        self._numbers: dict[Any, int] = {}

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Hand out a finished list."""
        self.set_source(len(rows), rows.__getitem__, [row.key for row in rows])

    def set_source(self, count: int, fetch: Callable[[int], Row], keys: Sequence[Any] = ()) -> None:
        """Hand out `count` rows, asking for each when it is first shown; their `keys` if all are known before."""
        self.beginResetModel()
        self._count, self._fetch = count, fetch
        self._cache.clear()
        self._numbers = {key: number for number, key in enumerate(keys)}
        self.endResetModel()

    def row(self, number: int) -> Row:
        """One row, fetched at most once while it stays in the cache."""
        if number in self._cache:
            self._cache.move_to_end(number)
            return self._cache[number]
        found = self._cache[number] = self._fetch(number)
        if len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return found

    def renew(self, number: int) -> None:
        """Fetch one row again: what it says has changed."""
        self._cache.pop(number, None)
        index = self.index(number)
        self.dataChanged.emit(index, index)

    def number_of(self, key: Any) -> int | None:
        """Where a key stands; among fetched rows only those seen lately are known."""
        if self._numbers:
            return self._numbers.get(key)
        return next((number for number, row in self._cache.items() if row.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows there are."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself, its title, or its spoken form."""
        if role == ROW_ROLE:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index.row()).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.row(index.row()).spoken()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if self.row(index.row()).heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
