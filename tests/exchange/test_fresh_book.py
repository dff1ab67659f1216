"""Whatever is written into a new workbook is text in it."""

from gridworker.exchange.fresh_book import begun
from tests.fuzz import planted


def test_planted_texts_are_neither_formulas_nor_links():
    buffer, book = begun()
    sheet = book.add_worksheet()
    for row, text in enumerate(planted.PAYLOADS):
        sheet.write(row, 0, text[:1000])
    book.close()
    assert planted.smuggled(buffer.getvalue()) == []
