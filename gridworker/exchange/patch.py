"""Changing somebody else's xlsx; whatever is not touched stays as it is, byte by byte (excel.md §7).

patch = Patch(data)
sheet = patch.sheet("走访")
sheet.set(4, 2, "陈晓芸")                     # text, number or day, in the style that the cell has
sheet.restyle(4, 2, patch.styles.with_fill(sheet.style(4, 2), "FFC7CE"))
insert_rows(sheet, after=13, count=5)          # patch_rows: everything that speaks of cells moves along
patch.to_bytes()
"""

from gridworker.exchange.patch_parts import Parts
from gridworker.exchange.patch_sheet import SheetPatch
from gridworker.exchange.patch_style import StylePatch


class Patch:
    """A workbook while it is being changed. Raises Unreadable for what is none, is damaged or far too large."""

    def __init__(self, data: bytes) -> None:
        self.parts = Parts(data)
        self.styles = StylePatch(self.parts)
        self._opened: dict[str, SheetPatch] = {}

    def sheet(self, name: str) -> SheetPatch:
        """One sheet. Raises Unreadable for a name that none has, though a reader saw it."""
        if name not in self._opened:
            self._opened[name] = SheetPatch(self.parts, self.styles, name)
        return self._opened[name]

    def to_bytes(self) -> bytes:
        """The workbook as a file."""
        return self.parts.to_bytes()
