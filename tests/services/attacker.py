"""Somebody who holds masked workbooks and tries every plausible value against whatever is hashed in them."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path

import openpyxl

from gridworker.domain.ids import Id, from_text, hashed_id
from gridworker.exchange.layout import all_columns, fold_head
from gridworker.exchange.token import (
    DamagedToken,
    RowToken,
    cell_hash,
    decode_token,
    from_cell,
    looks_like_token,
    orientation_hash,
)


class Attacker:
    """Knows the program's source and the files, not the store."""

    def __init__(self, *books: Path) -> None:
        self.text = "\n".join(part for book in books for part in _texts(book))
        self.rows = [row for book in books for row in _rows(book)]
        self.exports = {token.export for token, _shown in self.rows}
        self.ids = set(_ids(self.text))

    def confirms(self, record: Id, name: str, guess: str) -> bool:
        """Whether anything in the files says that a field of a record has this value."""
        return any(
            self._matches(token, name, guess, shown) for token, shown in self.rows if token.record == record
        ) or bool(self.ids & set(self._named_after(record, name, guess)))

    def _matches(self, token: RowToken, name: str, guess: str, shown: Mapping[str, str]) -> bool:
        of = token.ledger
        salted = {cell_hash(token.export, token.record, one, guess) for one in (name, of.group_of(name))}
        texts = ({**shown, name: guess}, {**shown, name: guess, "": ""}) if name not in of.by_name else ()
        oriented = {orientation_hash(token.export, token.record, one) for one in texts}
        return bool(salted & set(token.hashes.values())) or token.orientation in oriented

    def _named_after(self, record: Id, name: str, guess: str) -> Iterator[Id]:
        """Every id that the program could have made from the value alone."""
        for parts in ((guess,), (name, guess), (record, guess), (record, name, guess), ("edit", record, name, guess)):
            yield from (hashed_id(*parts), hashed_id(*parts, foreign=True))
        for export in self.exports:
            for text in (guess, f"{name}={guess}"):
                yield hashed_id("edit", export, record, name, text)


def _texts(book: Path) -> Iterator[str]:
    """Everything a file says: cells, hidden sheets, properties, defined names, comments, its own name."""
    yield book.name
    with zipfile.ZipFile(book) as bundle:
        for name in bundle.namelist():
            yield name
            yield unescape(bundle.read(name).decode(errors="replace"))


def _ids(text: str) -> Iterable[Id]:
    """Whatever reads as an id, at any place: tokens hold them without gaps."""
    for run in re.findall(r"[A-Za-z0-9!-]{11,}", text):
        plain = from_cell(run)
        for start in range(len(plain) - 10):
            try:
                yield from_text(plain[start : start + 11])
            except ValueError:
                continue


def _rows(book: Path) -> Iterator[tuple[RowToken, Mapping[str, str]]]:
    """Every token with the texts its row shows for orientation."""
    for sheet in openpyxl.load_workbook(book):
        heads: dict[int, str] = {}
        for cells in sheet.iter_rows(values_only=True):
            texts = [from_cell(one) for one in cells if looks_like_token(one)]
            if not texts:
                heads = {place: fold_head(one) for place, one in enumerate(cells) if isinstance(one, str)} or heads
                continue
            try:
                token = decode_token(texts[0])
            except DamagedToken:
                continue
            known = all_columns(token.ledger)
            columns = {place: known[head].name for place, head in heads.items() if head in known}
            shown = {name: str(cells[place] or "") for place, name in columns.items() if name[:1] == "=" or ":" in name}
            yield token, shown
