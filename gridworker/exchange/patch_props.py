"""What stands around the cells of a workbook: document properties and comments."""

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from gridworker.exchange.patch_parts import Parts

PROGRAM: Final = "网格走访"
_PEOPLE: Final = frozenset({"creator", "lastModifiedBy", "Manager", "author"})
"""Elements that name who wrote something."""
_AROUND: Final = re.compile(r"docProps/\w+\.xml|xl/(?:\w+/)*(?:comment|threadedComment|person)\w*\.xml")


def mask_around(parts: Parts, mask: Callable[[str], str]) -> None:
    """Mask properties and comments; who wrote them becomes the program."""
    for name in sorted(parts.names):
        if _AROUND.fullmatch(name):
            for one in parts.change(name).iter():
                if isinstance(one.tag, str):
                    _mask(one, mask)


def _mask(one: etree._Element, mask: Callable[[str], str]) -> None:
    if one.text and one.text.strip():
        one.text = PROGRAM if etree.QName(one).localname in _PEOPLE else mask(one.text)
    if one.get("displayName"):
        one.set("displayName", PROGRAM)
