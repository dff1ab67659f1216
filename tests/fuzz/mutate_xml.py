"""Hostile XML: deep, huge, wrong, contradictory; where chance alone would not go, by name."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

from lxml import etree

Members = dict[str, bytes]
NASTY: Final = (
    "", "-1", "0", "1", "2", "16384", "16385", "1048576", "1048577", "99999999999", "1e308", "NaN", "-INF", "A0", "A1",
    "XFD1048576", "A1:XFD1048576", "A1:A1048576", "B2:A1", "ZZZZ9", "true", "e", "s", "b", "d", "str", "inlineStr",
    "n", "evil", "../../evil", "x" * 5000, "\u202e", "9" * 400, "2026-13-45", "PT99999999H", "rId999", "_gw", "a'b",
)  # fmt: skip
_ATTRIBUTE: Final = re.compile(rb'(\s[\w:.-]+=")([^"]*)(")')
_SPACE: Final = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def change(members: Members, dice: Random) -> str:
    """One change to one part."""
    parts = [name for name in members if name.endswith((".xml", ".rels")) and members[name]]
    if not parts:
        return "nothing"
    sheets = [name for name in parts if "worksheets/sheet" in name or name == "content.xml"]
    name = dice.choice(sheets if sheets and dice.random() < 0.6 else parts)
    way = dice.choice([*_WAYS, "attributes", "attributes", "tree", "tree"])
    members[name] = _WAYS[way](members[name], dice)
    return f"{way} {name}"


def _attributes(data: bytes, dice: Random) -> bytes:
    places = list(_ATTRIBUTE.finditer(data))
    for found in sorted(
        dice.sample(places, k=min(len(places), dice.choice([1, 1, 3, 20]))), key=lambda one: -one.start()
    ):
        value = etree.Element("a", a=dice.choice(NASTY)).get("a", "").replace("'", "&apos;").encode()
        data = data[: found.start()] + found[1] + value + found[3] + data[found.end() :]
    return data


def _tree(data: bytes, dice: Random) -> bytes:
    try:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    except etree.XMLSyntaxError:
        return data
    for _time in range(dice.choice([1, 1, 4])):
        every = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
        if every:
            _move(dice.choice(every), dice.choice(every), dice)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _move(one: etree._Element, other: etree._Element, dice: Random) -> None:
    """One element goes, comes again, changes places, takes another's name, text or attributes."""
    parent, way = one.getparent(), dice.randrange(6)
    if parent is None:
        return
    if way == 0:
        parent.remove(one)
    elif way == 1:
        copy = etree.tostring(one)
        for _time in range(dice.choice([1, 2, 200])):
            parent.append(etree.fromstring(copy))
    elif way == 2 and other is not one and one not in other.iterancestors():
        other.append(one)
    elif way == 3:
        one.tag = other.tag
    elif way == 4:
        one.text = dice.choice(NASTY)
    else:
        one.attrib.update(other.attrib)


def _entities(data: bytes, dice: Random) -> bytes:
    layers = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    outside = dice.choice(
        ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY % y SYSTEM "http://127.0.0.1:9/x">', ""]
    )
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "evilevil">{layers}{outside}]>'.encode()
    body = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", data)
    return head + body.replace(b"</t>", dice.choice([b"&i;", b"&x;", b"&a;"]) + b"</t>", 1)


def _deep(data: bytes, dice: Random) -> bytes:
    """Elements inside elements; libraries that recurse fall over."""
    depth = dice.choice([100, 300, 5000, 200_000])
    name = dice.choice([b"a", b"row", b"c", b"r", b"is", b"table:table-row"])
    place = data.rfind(b"</")
    return (
        data[:place]
        + b"<"
        + name
        + b">"
        + (b"<" + name + b">") * depth
        + (b"</" + name + b">") * (depth + 1)
        + data[place:]
    )


def _far(data: bytes, dice: Random) -> bytes:
    """A value far away, before the rows, twice, or in a place that is none."""
    where = dice.choice(
        ["XFD1048576", "A1048576", "XFD1", "A0", "XFE1", "AAAA1", "A1048577", "A99999999999", "", "1A", "a1"]
    )
    row = dice.choice([b"", b' r="-1"', b' r="0"', b' r="1048576"', b' r="99999999999"', b' r="x"'])
    cell = f'<c r="{where}"><v>1</v></c>'.encode()
    end = b"<sheetData>" if dice.random() < 0.3 else b"</sheetData>"
    added = b"<row" + row + b">" + cell + b"</row>"
    return data.replace(end, end + added if end[1:2] != b"/" else added + end, 1)


def _merges(data: bytes, dice: Random) -> bytes:
    count = dice.choice([1, 3, 2000, 100_000])
    spans = dice.choice(
        [("A1:XFD1048576",), ("A1:A1048576", "A1:XFD1"), ("B2:C3", "C3:D4"), ("A1:A1",), ("D4:A1", "", "x")]
    )
    cells = "".join(f'<mergeCell ref="{spans[number % len(spans)]}"/>' for number in range(count))
    if count == 2000:
        cells = "".join(f'<mergeCell ref="A{row}:Z{row + 3}"/>' for row in range(1, count))
    return _behind_rows(data, f"<mergeCells>{cells}</mergeCells>".encode())


def _columns(data: bytes, dice: Random) -> bytes:
    low, high = dice.choice([(1, 16384), (1, 99999), (5, 2), (0, 0), (1, 4294967295)])
    col = f'<col min="{low}" max="{high}" hidden="1" width="9"/>' * dice.choice([1, 5000])
    return data.replace(b"<sheetData", f"<cols>{col}</cols>".encode() + b"<sheetData", 1)


def _blank_rows(data: bytes, dice: Random) -> bytes:
    count = dice.choice([1000, 100_000, 400_000])
    return data.replace(b"</sheetData>", b'<row hidden="1"><c s="0"/></row>' * count + b"</sheetData>", 1)


def _styles(data: bytes, dice: Random) -> bytes:
    many = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * dice.choice([1000, 70_000, 1_000_000])
    return data.replace(b"</cellXfs>", many + b"</cellXfs>", 1)


def _texts(data: bytes, dice: Random) -> bytes:
    """Numbers of shared texts that are none; types that do not fit."""
    found = list(re.finditer(rb"<v>([^<]*)</v>", data))
    for one in sorted(dice.sample(found, k=min(len(found), dice.choice([1, 5]))), key=lambda one: -one.start()):
        value = dice.choice(["-1", "99999999", "1e9", "", "x", "4294967296", " 3 ", "NaN", "0.5", "1e999", "=evil()"])
        data = data[: one.start()] + f"<v>{value}</v>".encode() + data[one.end() :]
    return data


def _formulas(data: bytes, dice: Random) -> bytes:
    """Formulas that call out, shared without an end, or without a value."""
    formula = dice.choice([
        b'<f>HYPERLINK("http://evil.example")</f>', b"<f>cmd|'/C evil'!A0</f>",
        b'<f t="array" ref="A1:XFD1048576">evil()</f>',
        b'<f t="shared" ref="A1:A9" si="-1">evil()</f>', b"<f/>", b"<f>[1]evil!A1</f>",
    ])  # fmt: skip
    return data.replace(b"<v>", formula + dice.choice([b"<v>", b"<!-- -->"]), dice.choice([1, 20]))


def _links(data: bytes, dice: Random) -> bytes:
    one = b'<hyperlink ref="A1:C9" location="evil!A1" display="evil"/>' * dice.choice([1, 3000])
    return _behind_rows(data, b"<hyperlinks>" + one + b"</hyperlinks>")


def _repeats(data: bytes, dice: Random) -> bytes:
    """Rows and cells of ods that are said to come again and again."""
    number = dice.choice(["1048576", "16384", "99999999999", "-5", "0", "x", "4294967295"])
    what = dice.choice(
        ["number-rows-repeated", "number-columns-repeated", "number-rows-spanned", "number-columns-spanned"]
    )
    tag = b"<table:table-row" if "rows-rep" in what else b"<table:table-cell"
    attribute = f' table:{what}="{number}"'.encode() + dice.choice([b"", b' table:visibility="collapse"'])
    return data.replace(tag, tag + attribute, dice.choice([1, 40]))


def _behind_rows(data: bytes, text: bytes) -> bytes:
    return data.replace(b"</sheetData>", b"</sheetData>" + text, 1)


def _spaces(data: bytes, dice: Random) -> bytes:
    """Another name space, a prefix, another encoding, no declaration."""
    way = dice.randrange(4)
    if way == 0:
        return data.replace(_SPACE, b'xmlns="urn:evil"', 1)
    if way == 1:
        return (
            data.replace(_SPACE, _SPACE.replace(b"xmlns", b"xmlns:x"), 1)
            .replace(b"<c ", b"<x:c ")
            .replace(b"</c>", b"</x:c>")
        )
    if way == 2:
        return data.decode("utf-8", "replace").replace("UTF-8", "UTF-16", 1).encode("utf-16")
    return data.replace(b"UTF-8", dice.choice([b"GB18030", b"latin-1", b"evil"]), 1)


_WAYS: Final[dict[str, Callable[[bytes, Random], bytes]]] = {
    "attributes": _attributes, "tree": _tree, "entities": _entities, "deep": _deep, "far": _far, "merges": _merges,
    "columns": _columns, "blank rows": _blank_rows, "styles": _styles, "texts": _texts, "formulas": _formulas,
    "links": _links, "repeats": _repeats, "spaces": _spaces,
}  # fmt: skip
