"""What WPS makes of one of our workbooks when it saves it, written into the parts as it does (excel.md §3)."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable

Parts = dict[str, str]
Habit = Callable[[Parts], None]
_DAYS = range(36526, 73050)
"""Numbers that are days of this century in our workbooks."""
_BETWEEN_EPOCHS = 1462


def saved_by_wps(book: bytes, habits: Iterable[Habit]) -> bytes:
    """The workbook with habits of WPS applied to its parts in turn."""
    with zipfile.ZipFile(io.BytesIO(book)) as source:
        parts = {name: source.read(name).decode() for name in source.namelist()}
    for habit in habits:
        habit(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return target.getvalue()


def typed(sheet: int, cell: str, text: str) -> Habit:
    """A person types into a cell."""
    return lambda parts: _in_sheets(parts, rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', _as_text(cell, text), sheet)


def _as_text(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def _in_sheets(parts: Parts, pattern: str, by: str | Callable[[re.Match[str]], str], only: int = 0) -> None:
    """Replace in one worksheet or in all; a habit that finds nothing to do is a mistake."""
    count = 0
    for name in parts:
        if re.fullmatch(rf"xl/worksheets/sheet{only or '[0-9]+'}\.xml", name):
            parts[name], some = re.subn(pattern, by, parts[name])
            count += some
    assert count


def rich_text(parts: Parts) -> None:
    """Every text in runs of different fonts, cut in its middle."""

    def runs(found: re.Match[str]) -> str:
        text = found[1]
        cut = 1 if "&" not in text else len(text)
        first, rest = (f'<t xml:space="preserve">{part}</t>' for part in (text[:cut], text[cut:]))
        return f'<si><r>{first}</r><r><rPr><rFont val="宋体"/><charset val="134"/></rPr>{rest}</r></si>'

    parts["xl/sharedStrings.xml"] = re.sub(r"<si><t>([^<]+)</t></si>", runs, parts["xl/sharedStrings.xml"])
    assert "<r>" in parts["xl/sharedStrings.xml"]


def texts_without_value(parts: Parts) -> None:
    """Blank cells that call themselves text."""
    _in_sheets(parts, r'<c (r="[A-Z]+[0-9]+" s="[0-9]+")/>', r'<c \1 t="str"></c>')


def wrong_dimension(parts: Parts) -> None:
    """A used area that was never measured again."""
    _in_sheets(parts, r'<dimension ref="[^"]*"/>', '<dimension ref="A1"/>')


def pictures_in_cells(parts: Parts) -> None:
    """A picture beside the table, shown by a formula nobody else has."""
    picture = '<c r="AZ5" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>'
    _in_sheets(parts, r'(<row r="5" (?:(?!</row>).)*)</row>', lambda found: found[1] + picture)


def formulas_for_yes_and_no(parts: Parts) -> None:
    """是 and 否 of data sheets as `=TRUE()` and `=FALSE()`."""
    texts = re.findall(r"<si>(.*?)</si>", parts["xl/sharedStrings.xml"])
    words = {str(texts.index(f"<t>{word}</t>")): word == "是" for word in "是否" if f"<t>{word}</t>" in texts}

    def formula(found: re.Match[str]) -> str:
        if found[2] not in words:
            return found[0]
        yes = words[found[2]]
        return f'<c {found[1]} t="b"><f>{"TRUE" if yes else "FALSE"}()</f><v>{int(yes)}</v></c>'

    assert words
    _in_sheets(parts, r'<c (r="[A-Z]+[0-9]+"(?: s="[0-9]+")?) t="s"><v>([0-9]+)</v></c>', formula)


def days_from_1904(parts: Parts) -> None:
    """Days counted as the old Macintosh did."""

    def shifted(found: re.Match[str]) -> str:
        whole, point, rest = found[2].partition(".")
        return f"{found[1]}{int(whole) - _BETWEEN_EPOCHS}{point}{rest}</v>" if int(whole) in _DAYS else found[0]

    _in_sheets(parts, r'(<c r="[A-Z]+[0-9]+" s="[0-9]+"><v>)([0-9.]+)</v>', shifted)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<workbookPr ", '<workbookPr date1904="1" ')


def without_hidden_sheet(parts: Parts) -> None:
    """The document inspector took `_gw` out."""
    parts["xl/workbook.xml"], count = re.subn(r'<sheet name="_gw"[^>]*/>', "", parts["xl/workbook.xml"])
    assert count == 1


HABITS: list[Habit] = [
    formulas_for_yes_and_no, texts_without_value, wrong_dimension, pictures_in_cells, days_from_1904,
    without_hidden_sheet, rich_text,
]  # fmt: skip
"""Formulas come first: they look words up before those are cut into runs."""
