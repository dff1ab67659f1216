"""Whatever is written into a new workbook is text in it."""

from html import unescape
from zipfile import ZipFile

from gridworker.exchange.fresh_book import begun
from gridworker.exchange.styles import page
from tests.fuzz import planted


def test_planted_texts_are_neither_formulas_nor_links():
    buffer, book = begun()
    sheet = book.add_worksheet()
    for row, text in enumerate(planted.PAYLOADS):
        sheet.write(row, 0, text[:1000])
    book.close()
    assert planted.smuggled(buffer.getvalue()) == []


def test_a_footer_is_never_too_long_and_gives_no_instructions():
    buffer, book = begun()
    page(book.add_worksheet(), ("&G" * 300, "测试" * 300), 0, 1)
    book.close()
    with ZipFile(buffer) as archive:
        footer = archive.read("xl/worksheets/sheet1.xml").decode().partition("<oddFooter>")[2].partition("<")[0]
    assert 200 < len(unescape(footer)) <= 255
    assert "&G" not in unescape(footer)
