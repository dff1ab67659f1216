"""Styles of a workbook being changed: what a cell's style says, and copies of it with one thing changed."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Final

from lxml import etree

from gridworker.exchange.patch_parts import Parts, integer, tag

_PART: Final = "xl/styles.xml"
_TEXT_FORMAT: Final = 49
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in formats that show days or times, the Chinese ones among them."""
_NOT_SHOWN: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAY_SIGNS: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
_FIRST_OWN_FORMAT: Final = 164
_SIDES: Final = ("left", "right", "top", "bottom")


class StylePatch:
    """The styles of one workbook, named by their number as cells do. Copies are made once each."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._copies: dict[tuple[int, str, str], int] = {}

    def is_text(self, style: int) -> bool:
        """Whether cells of this style take everything as text."""
        return self._format_number(style) == _TEXT_FORMAT or self._format_code(style) == "@"

    def is_date(self, style: int) -> bool:
        """Whether cells of this style show numbers as days or times."""
        code = _NOT_SHOWN.sub("", self._format_code(style))
        return self._format_number(style) in _DATE_FORMATS or _DAY_SIGNS.search(code) is not None

    def is_framed(self, style: int) -> bool:
        """Whether cells of this style have a line on some side."""
        xf = self._xf(style)
        borders = self._root().find("{*}borders")
        number = integer(xf, "borderId") if xf is not None else 0
        if borders is None or not 0 <= number < len(borders):
            return False
        return any(
            one.get("style", "none") != "none" for side in _SIDES for one in borders[number].iterfind("{*}" + side)
        )

    def wraps(self, style: int) -> bool:
        """Whether cells of this style break long texts into lines."""
        xf = self._xf(style)
        alignment = xf.find("{*}alignment") if xf is not None else None
        return alignment is not None and alignment.get("wrapText") in ("1", "true")

    def ground(self, style: int) -> str:
        """The colour of a style's solid ground, `FFF2CC`; empty for none of its own."""
        xf, fills = self._xf(style), self._root().find("{*}fills") if _PART in self._parts.names else None
        number = integer(xf, "fillId") if xf is not None else 0
        colour = fills[number].find(".//{*}fgColor") if fills is not None and 0 <= number < len(fills) else None
        return str(colour.get("rgb", ""))[2:] if colour is not None else ""

    def with_format(self, style: int, code: str) -> int:
        """A copy of a style that shows numbers by a format such as `yyyy-mm-dd`."""
        return self._copy(style, "numFmt", code)

    def with_fill(self, style: int, colour: str) -> int:
        """A copy of a style on another ground, `FFF2CC`."""
        return self._copy(style, "fill", colour)

    def shrinking(self, style: int) -> int:
        """A copy of a style whose letters become smaller where the column is too narrow, not `###`."""
        key = (style, "alignment", "shrink")
        if key not in self._copies:
            self._copies[key] = self._append(style, _shrink)
        return self._copies[key]

    def _copy(self, style: int, what: str, value: str) -> int:
        key = (style, what, value)
        if key not in self._copies:
            number = self._own_format(value) if what == "numFmt" else self._own_fill(value)
            applied = "applyNumberFormat" if what == "numFmt" else "applyFill"
            self._copies[key] = self._append(
                style, lambda xf: xf.attrib.update({f"{what}Id": str(number), applied: "1"})
            )
        return self._copies[key]

    def _append(self, style: int, change: Callable[[etree._Element], object]) -> int:
        """A changed copy of a style, behind all others."""
        every = self._parts.change(_PART).find("{*}cellXfs")
        source = self._xf(style)
        if every is None or source is None:
            return style
        copy = deepcopy(source)
        change(copy)
        return _add(every, copy)

    def _own_format(self, code: str) -> int:
        root = self._parts.change(_PART)
        every = root.find("{*}numFmts")
        if every is None:
            every = etree.Element(tag(root, "numFmts"))
            root.insert(0, every)
        known = {one.get("formatCode"): integer(one, "numFmtId") for one in every}
        if code not in known:
            known[code] = max(_FIRST_OWN_FORMAT - 1, *known.values(), 0) + 1
            _add(every, etree.Element(tag(root, "numFmt"), numFmtId=str(known[code]), formatCode=code))
        return known[code]

    def _own_fill(self, colour: str) -> int:
        every = self._parts.change(_PART).find("{*}fills")
        if every is None:
            return 0
        fill = etree.Element(tag(every, "fill"))
        pattern = etree.SubElement(fill, tag(every, "patternFill"), patternType="solid")
        etree.SubElement(pattern, tag(every, "fgColor"), rgb=f"FF{colour}")
        etree.SubElement(pattern, tag(every, "bgColor"), indexed="64")
        return _add(every, fill)

    def _root(self) -> etree._Element:
        return self._parts.read(_PART)

    def _xf(self, style: int) -> etree._Element | None:
        every = self._root().find("{*}cellXfs") if _PART in self._parts.names else None
        return every[style] if every is not None and 0 <= style < len(every) else None

    def _format_number(self, style: int) -> int:
        xf = self._xf(style)
        return integer(xf, "numFmtId") if xf is not None else 0

    def _format_code(self, style: int) -> str:
        number = self._format_number(style)
        if number < _FIRST_OWN_FORMAT and number not in (23, 24):
            return ""
        found = (one for one in self._root().iterfind("{*}numFmts/{*}numFmt") if one.get("numFmtId") == str(number))
        return next((str(one.get("formatCode", "")) for one in found), "")


def _shrink(style: etree._Element) -> None:
    alignment = style.find("{*}alignment")
    if alignment is None:
        alignment = etree.Element(tag(style, "alignment"))
        style.insert(0, alignment)
    alignment.attrib.pop("wrapText", None)  # programs shrink no cell that breaks lines
    alignment.set("shrinkToFit", "1")
    style.set("applyAlignment", "1")


def _add(every: etree._Element, one: etree._Element) -> int:
    """Append to a counted list; returns its place."""
    every.append(one)
    every.set("count", str(len(every)))
    return len(every) - 1
