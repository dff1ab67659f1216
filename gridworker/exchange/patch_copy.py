"""A sheet once more in the same workbook: cells, styles, merges, validations, pictures, print area."""

import posixpath
from copy import deepcopy
from typing import Final

from lxml import etree

from gridworker.errors import UserError
from gridworker.exchange.patch_parts import TYPES, WORKBOOK, Parts, integer, tag
from gridworker.i18n import _

_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHARED: Final = frozenset({"image", "hyperlink"})
"""What two parts may refer to alike."""
_NEEDLESS: Final = frozenset({"printerSettings"})
"""What only a printer understands."""


def copy_sheet(parts: Parts, name: str, other: str) -> None:
    """Add a copy of a sheet behind all others. Raises UserError for what cannot be there twice."""
    source = parts.sheets[name]
    part = _copied(parts, source, name)
    root = parts.change(part)
    for one in root.iterfind("{*}sheetViews/{*}sheetView"):
        one.attrib.pop("tabSelected", None)
    for text in root.iter("{*}f", "{*}formula", "{*}formula1", "{*}formula2"):
        text.text = _renamed(text.text, name, other)
    _enter(parts, part, name, other)
    parts.sheets[other] = part


def _copied(parts: Parts, part: str, sheet: str) -> str:
    """A copy of a part and of what belongs to it alone; the name of the new part."""
    folder, file = posixpath.split(part)
    stem, ending = posixpath.splitext(file)
    names = parts.names
    number = next(one for one in range(2, 100_000) if f"{folder}/{stem}_{one}{ending}" not in names)
    new = f"{folder}/{stem}_{number}{ending}"
    parts.add(new, deepcopy(parts.read(part)))
    types = parts.change(TYPES)
    for one in [one for one in types if one.get("PartName") == f"/{part}"]:
        types.append(deepcopy(one))
        types[-1].set("PartName", f"/{new}")
    relations = f"{folder}/_rels/{file}.rels"
    if relations in names:
        root = deepcopy(parts.read(relations))
        for one in list(root):
            _relate(parts, one, folder, parts.change(new), sheet)
        parts.add(f"{folder}/_rels/{posixpath.basename(new)}.rels", root)
    return new


def _relate(parts: Parts, relation: etree._Element, folder: str, owner: etree._Element, sheet: str) -> None:
    kind = relation.get("Type", "").rpartition("/")[2]
    if kind == "drawing":
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
        relation.set("Target", "/" + _copied(parts, target, sheet))
    elif kind in _NEEDLESS:
        for one in owner.iter("{*}pageSetup"):
            one.attrib.pop(f"{{{_OFFICE}}}id", None)
        if (parent := relation.getparent()) is not None:
            parent.remove(relation)
    elif kind not in _SHARED:
        message = _("表“{sheet}”里有批注、图表或表格对象，不能一条记录复制一张。").format(sheet=sheet)
        raise UserError("not_copied", message, _("请在 Excel 或 WPS 里删掉它们再填，或用 --where 一次只填一条。"))


def _enter(parts: Parts, part: str, name: str, other: str) -> None:
    """Tell the workbook of a new sheet, with the names that hold on the old one only."""
    relations, book = parts.change(_RELATIONS), parts.change(WORKBOOK)
    sheets = book.find("{*}sheets")
    assert sheets is not None
    old = next(one for one in sheets if one.get("name") == name)
    link = deepcopy(next(one for one in relations if one.get("Id") == old.get(f"{{{_OFFICE}}}id")))
    taken = {one.get("Id") for one in relations}
    link.set("Id", next(f"rId{one}" for one in range(1, 100_000) if f"rId{one}" not in taken))
    link.set("Target", f"/{part}")
    relations.append(link)
    number = max(integer(one, "sheetId") for one in sheets) + 1
    new = etree.SubElement(sheets, tag(sheets, "sheet"), name=other, sheetId=str(number))
    new.set(f"{{{_OFFICE}}}id", link.get("Id", ""))
    for one in book.findall(f"{{*}}definedNames/{{*}}definedName[@localSheetId='{sheets.index(old)}']"):
        twin = deepcopy(one)
        twin.set("localSheetId", str(len(sheets) - 1))
        twin.text = _renamed(one.text, name, other)
        one.addnext(twin)


def _renamed(text: str | None, name: str, other: str) -> str | None:
    """What speaks of one sheet, speaking of another."""
    quoted = f"'{other}'!"
    return text and text.replace(f"'{name}'!", quoted).replace(f"{name}!", quoted)
