"""The parts of an xlsx: only those that change are written anew, all others stay as they are (excel.md §7)."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Final

from lxml import etree

from gridworker.exchange import raw_xlsx, raw_zip
from gridworker.exchange.raw_errors import Unreadable

WORKBOOK: Final = "xl/workbook.xml"
TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_TEXTS: Final = "xl/sharedStrings.xml"
_CHAIN: Final = "xl/calcChain.xml"
_MACROS: Final = "xl/vbaProject.bin"
_ORDINARY: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
LARGEST_PART: Final = 60_000_000
"""Bytes of a part that is taken apart in memory; it grows to ten times its size."""
_LARGEST_TREE: Final = 300_000_000
_FOR_EACH_BYTE: Final = 200
"""Bytes of the tree of any part, and for each packed byte: a small file that grows large is stopped early."""
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, OSError,
    NotImplementedError,  # a way of packing that zipfile does not know
)  # fmt: skip


@contextmanager
def damage_told() -> Iterator[None]:
    """Around work on somebody else's parts: texts and names that no part may hold. Raises Unreadable.

    Numbers that are none, and references to nothing, are told where they are read; what else fails is a fault of ours.
    """
    try:
        yield
    except etree.LxmlError as error:
        raise Unreadable("damaged") from error


def whole(text: str | int) -> int:
    """A number in somebody else's part. Raises Unreadable for what is none."""
    try:
        return int(text)
    except ValueError as error:
        raise Unreadable("damaged") from error


def decimal(text: str | float) -> float:
    """The same for one with decimals."""
    try:
        return float(text)
    except ValueError as error:
        raise Unreadable("damaged") from error


def integer(element: etree._Element, attribute: str, usual: int = 0) -> int:
    """The number that an attribute holds. Raises Unreadable for what is none."""
    return whole(element.get(attribute, usual))


class Parts:
    """A workbook while it is being changed. Raises Unreadable for what is none, is damaged or far too large."""

    def __init__(self, data: bytes) -> None:
        self._archive = raw_zip.open_zip(data)
        if raw_zip.kind_of(self._archive) != "xlsx":
            raise Unreadable("unknown")
        self._trees: dict[str, etree._Element] = {}
        self._changed: set[str] = set()
        self._gone: set[str] = set()
        try:
            self._parts = dict(raw_xlsx.sheet_parts(self._archive))
        except _DAMAGE as error:
            raise Unreadable("damaged") from error
        if not self._parts:  # a list of sheets that is read in spite of where it stands
            raise Unreadable("damaged")

    @property
    def names(self) -> frozenset[str]:
        """All parts, those that were added among them."""
        return frozenset(self._archive.namelist()) - self._gone | self._trees.keys()

    @property
    def sheets(self) -> dict[str, str]:
        """By name: the part of each sheet."""
        return self._parts

    def read(self, part: str) -> etree._Element:
        """A part to look at. Raises Unreadable."""
        if part not in self._trees:
            self._trees[part] = self._parse(part)
        return self._trees[part]

    def change(self, part: str) -> etree._Element:
        """A part that will be written anew. Raises Unreadable."""
        root = self.read(part)
        self._changed.add(part)
        return root

    def add(self, part: str, root: etree._Element) -> None:
        """A part that was not there."""
        self._trees[part] = root
        self._changed.add(part)

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that a part refers to, by the last word of the relation's type such as `drawing`."""
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self.names:
            return []
        found = [one for one in self.read(relations) if one.get("Type", "").endswith(f"/{kind}")]
        parts = [posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:] for one in found]
        return [one for one in parts if one in self.names]

    def shared_text(self, place: int) -> str:
        """One of the texts that sheets share. Raises Unreadable for one that is not there."""
        texts = self.read(_TEXTS)
        if not -1 < place < len(texts):
            raise Unreadable("damaged")
        found = texts[place]
        return "".join(one.text or "" for one in found.iter("{*}t") if not _is_reading(one))

    def recalculate(self) -> None:
        """Let the spreadsheet program work out every formula when it opens the file; forget their old order."""
        root = self.change(WORKBOOK)
        for one in root.iterfind("{*}calcPr"):
            one.set("fullCalcOnLoad", "1")
        if _CHAIN in self.names:
            self._gone.add(_CHAIN)
            _drop(self.change(TYPES), "PartName", "/" + _CHAIN)
            _drop(self.change(_RELATIONS), "Target", "calcChain.xml")

    def drop_macros(self) -> None:
        """Leave programs behind that a workbook carries; it is then an ordinary xlsx."""
        if _MACROS in self.names:
            self._gone.add(_MACROS)
            types = self.change(TYPES)
            _drop(types, "PartName", "/" + _MACROS)
            _drop(self.change(_RELATIONS), "Target", "vbaProject.bin")
            for one in types.iter("{*}Override"):
                if one.get("PartName") == f"/{WORKBOOK}":
                    one.set("ContentType", _ORDINARY)

    def to_bytes(self) -> bytes:
        """The workbook as a file."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            there = self._archive.infolist()
            for info in there:
                if info.filename not in self._gone:
                    archive.writestr(copy(info), self._content(info.filename), zipfile.ZIP_DEFLATED)
            for part in sorted(self._changed - {info.filename for info in there}):
                archive.writestr(zipfile.ZipInfo(part), self._content(part), zipfile.ZIP_DEFLATED)
        return target.getvalue()

    def _content(self, part: str) -> bytes:
        if part in self._changed:
            return bytes(etree.tostring(self._trees[part], encoding="UTF-8", xml_declaration=True, standalone=True))
        try:
            return self._archive.read(part)
        except _DAMAGE as error:
            raise Unreadable("damaged") from error

    def _parse(self, part: str) -> etree._Element:
        try:
            told = self._archive.getinfo(part)
            if told.file_size > LARGEST_PART:
                raise Unreadable("too_large")
            data = self._archive.read(part)
            if _tree_size(data) > max(_LARGEST_TREE, _FOR_EACH_BYTE * told.compress_size):
                raise Unreadable("too_large")
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except _DAMAGE as error:
            raise Unreadable("damaged") from error
        if root.getroottree().docinfo.doctype:
            raise Unreadable("damaged")
        return root


def _tree_size(data: bytes) -> int:
    """Bytes that elements and attributes take, and the places that rows and cells are given."""
    places = data.count(b"<row") + data.count(b"<c")
    return 60 * data.count(b"<") + 220 * (data.count(b'="') + places)


def _is_reading(text: etree._Element) -> bool:
    """Whether a text only tells how another is pronounced."""
    parent = text.getparent()
    return parent is not None and etree.QName(parent).localname == "rPh"


def _drop(root: etree._Element, attribute: str, ending: str) -> None:
    for one in [one for one in root if one.get(attribute, "").endswith(ending)]:
        root.remove(one)


def tag(beside: etree._Element, name: str) -> str:
    """The name of a new element in the name space of another one."""
    return f"{{{etree.QName(beside).namespace}}}{name}"
