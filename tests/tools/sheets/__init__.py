"""Sheets of invented people, drawn as pictures in text files: each gives a workbook and what a careful person reads.

A picture file holds any number of sheets. Lines:

    == M01_走访.xlsx encoding=gb18030     a file; what comes after the name: see `books.write`
    -- 走访 hidden other=lists            a sheet; `layout=card`, `layout=transposed`, `none=figures` (nothing to read)
    map visit.mode: 上门=home, 电话=phone   words of a column and the codes they stand for
    hide C F                              hidden columns
    n: | h: | r: | t: | s: | x: | e: | p: | k: | d:   a row: note, heading, record, total, signature, section,
                                          example, repeated heading, 栏次 row, and one with no meaning at all
    ~r: … | r*12: #+ | …                  a hidden row; twelve alike, counted
    -                                     a blank row
    card                                  the next record of a sheet of cards begins

Cells stand between `|`. `^` continues the cell above, `<` the one to the left (merged). `#12.5` is a number,
`@2026-11-03~31` a date with a number format, `=SUM(A1:A2)~7` a formula with its value, `{id3}` an invented ID number
(`people.expand`).
`raw ⇒ meant` tells the value where it is not the raw one; `‼code` the question it must raise (`‼?code`: may).
In a heading row `⇒ ledger.field` names the field, `⇒2` of a second table beside the first; `⇒ ?field` may be mapped so,
`⇒ !why` must not be mapped. In a card each value names its field, `⇒ field=value` or just `⇒ field`, `⇒2` of the card
beside.
`¦` parts values that are equally right; `\\n` is a line break.
"""
