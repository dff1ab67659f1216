"""The row token: what a workbook's row carries so that any machine can tell which cells were edited (versions.md §11).

`gw1n . export id . record id . ids . cells . exceptions . check`. Cells stand at the fixed positions of the ledger:
five characters of hash over the text as shown, one that names whose value it is among the ids. Fields that people added
have no position: their cells stand among the exceptions, each under a print of its name.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from gridworker.domain import values
from gridworker.domain.ids import Id, from_text, to_text
from gridworker.domain.ledger import OWN, Ledger
from gridworker.domain.ledgers import by_letter
from gridworker.domain.versions.entries import MISSING, Cell, Masked, Value
from gridworker.exchange.model import OutRow

FORMAT: Final = "gw1"
"""Format of the token and generation of the canonical texts; a change of either needs a new one."""
_DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_HEADS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_NEVER: Final = "-"
_SPECIAL: Final = "*"
_SKIP: Final = "~"
_UNDERSCORE: Final = "!"
_CELL: Final = 6
_ID: Final = 11
_CHECK: Final = 4
_LONGEST: Final = 32_767
"""Characters of one cell: room for some 2 900 ids."""
_PAIRS: Final = tuple(low + high for high in _DIGITS for low in _DIGITS)
_START: Final = re.compile(r"gw([1-9][0-9]{0,2})[A-Za-z]\.", re.ASCII)
"""How every format of the token begins, for ever: its number, the letter of the ledger, a dot."""
_SHAPE: Final = re.compile(r"gw1[A-Za-z]\.[\w-]{11}\.[\w-]{11}\.[\w-]*\.[\w*~-]*\.[\w.:,*-]*\.[\w-]{4}", re.ASCII)
_SECTIONS: Final = 7
_OWN_CELL: Final = "w"


def in_cell(text: str) -> str:
    """Ids and tokens as cells hold them: to OOXML `_x0041_` is the letter A, and programs unescape it on saving."""
    return text.replace("_", _UNDERSCORE)


def from_cell(text: str) -> str:
    """What `in_cell` wrote."""
    return text.replace(_UNDERSCORE, "_")


class DamagedToken(ValueError):
    """A text that was a token once, or pretends to be one."""


class NewerToken(ValueError):
    """A sound token that only a newer program reads: of its format, or of a ledger unknown here."""


def looks_like_token(text: object) -> bool:
    """Whether a cell may hold a token, be it of a newer format."""
    return isinstance(text, str) and _START.match(text) is not None and text.count(".") >= 5


def _is_newer(text: str) -> bool:
    start = _START.match(text)
    return start is not None and looks_like_token(text) and int(start[1]) > int(FORMAT[2:])


def cell_hash(export: Id, record: Id, name: str, text: str) -> str:
    """Thirty bits over one cell's canonical text; salted, so that the same value never gives the same hash twice."""
    return _digest(f"{export}|{record}|{name}|{text}")


def _digest(text: str) -> str:
    """Five characters, two at a time: a workbook asks for hundreds of thousands."""
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    return _PAIRS[number & 4095] + _PAIRS[number >> 12 & 4095] + _DIGITS[number >> 24 & 63]


@dataclass(frozen=True, slots=True)
class OwnCell:
    """The cell of a field that people added: what RowToken says of the others."""

    hash: str
    of: frozenset[Id]
    hidden: frozenset[Id]
    unknown: frozenset[Id]


@dataclass(frozen=True, slots=True)
class RowToken:
    """What a token says."""

    ledger: Ledger
    export: Id
    record: Id
    ids: tuple[Id, ...]
    hashes: Mapping[str, str]
    """By shown field."""
    of: Mapping[str, frozenset[Id]]
    """By group: the ids whose value is shown; empty where nobody ever set it."""
    masked: frozenset[str] = frozenset()
    hidden: Mapping[str, frozenset[Id]] = field(default_factory=dict)
    unknown: Mapping[str, frozenset[Id]] = field(default_factory=dict)
    orientation: str = ""
    """Hash over the cells that are shown for orientation only."""
    newer: bool = False
    """Whether a newer program wrote more into it than is understood here."""
    own: Mapping[str, OwnCell] = field(default_factory=dict)
    """By print of its name: the cells of added fields that no heading was found for yet."""

    def knowing(self, names: Iterable[str]) -> "RowToken":
        """The same with the added fields among its cells that a sheet heads."""
        prints = {name: _print(self.export, self.record, name) for name in names}
        found = {name: self.own[one] for name, one in prints.items() if one in self.own}
        if not found:
            return self
        return replace(
            self,
            hashes={**self.hashes, **{name: one.hash for name, one in found.items()}},
            of={**self.of, **{name: one.of for name, one in found.items()}},
            hidden={**self.hidden, **{name: one.hidden for name, one in found.items()}},
            unknown={**self.unknown, **{name: one.unknown for name, one in found.items()}},
            own={one: cell for one, cell in self.own.items() if one not in {prints[name] for name in found}},
        )

    def shows(self, name: str) -> bool:
        """Whether the field had a cell of its own in this row."""
        return name in self.hashes

    def edited(self, name: str, text: str) -> bool:
        """Whether a cell with this canonical text is not as it left."""
        return cell_hash(self.export, self.record, name, text) != self.hashes[name]

    def was_filled(self, name: str) -> bool:
        """Whether a cell of the field held something when the workbook left."""
        return self.shows(name) and self.edited(name, "")

    def over(self, group: str) -> frozenset[Id]:
        """What was known of a group before the value shown."""
        known = frozenset(self.ids) - self.unknown.get(group, frozenset())
        return known - self.of.get(group, frozenset()) - self.hidden.get(group, frozenset())

    def orientation_edited(self, texts: Mapping[str, str]) -> bool:
        """Whether the cells shown for orientation are not as they left."""
        return bool(self.orientation) and orientation_hash(self.export, self.record, texts) != self.orientation


def orientation_hash(export: Id, record: Id, texts: Mapping[str, str]) -> str:
    """The hash over orientation cells, by column in the ledger's order."""
    return _digest(f"{export}|{record}|" + "|".join(f"{name}={text}" for name, text in sorted(texts.items())))


def encode_token(ledger: Ledger, export: Id, row: OutRow, shown_fields: Collection[str]) -> str:
    """The token of a row whose sheet shows these fields; with too many ids for a cell it claims nothing (§11)."""
    token = _encode(ledger, export, row, shown_fields)
    return token if len(token) <= _LONGEST else _encode(ledger, export, row, ())


def _encode(ledger: Ledger, export: Id, row: OutRow, shown_fields: Collection[str]) -> str:
    shown = [one for one in ledger.fields if one.name in shown_fields]
    own = [name for name in shown_fields if name.startswith(OWN)]
    groups = list(dict.fromkeys([*(ledger.group_of(one.name) for one in shown), *own]))
    cells = {group: row.cells[group] for group in groups if group in row.cells}
    ids = _all_ids(cells.values())
    place = {id: number for number, id in enumerate(ids)}
    heads = {group: _head(cells.get(group), place) for group in groups}
    text = [""] * len(ledger.fields)
    for one in shown:
        canonical = values.canonical_text(one, row.values.get(one.name))
        text[ledger.position[one.name]] = (
            cell_hash(export, row.record, one.name, canonical) + heads[ledger.group_of(one.name)]
        )
    declared = {group: cell for group, cell in cells.items() if group not in own}
    exceptions = list(_exceptions(ledger, export, row, [one.name for one in shown], declared, place))
    exceptions += [_own(ledger, export, row, name, cells.get(name), place) for name in own]
    body = ".".join(
        [
            FORMAT + ledger.letter, to_text(export), to_text(row.record), "".join(map(to_text, ids)), _pack(text),
            ",".join(exceptions),
        ]
    )  # fmt: skip
    return f"{body}.{_digest(body)[:_CHECK]}"


def _all_ids(cells: Iterable[Cell]) -> list[Id]:
    return sorted({id for cell in cells for id in cell.of | cell.over | cell.hidden})


def _head(cell: Cell | None, place: Mapping[Id, int]) -> str:
    if cell is None or not cell.of:
        return _NEVER
    first = place[min(cell.of)]
    return _HEADS[first] if len(cell.of) == 1 and first < len(_HEADS) else _SPECIAL


def _pack(cells: list[str]) -> str:
    """Cells in order; runs of fields without a cell as `~` and their number."""
    packed, gap = "", 0
    for cell in cells:
        if not cell:
            gap += 1
            continue
        while gap:
            packed += _SKIP + _DIGITS[min(gap, 63)]
            gap -= min(gap, 63)
        packed += cell
    return packed


def _exceptions(
    ledger: Ledger, export: Id, row: OutRow, shown: list[str], cells: Mapping[str, Cell], place: Mapping[Id, int]
) -> Iterator[str]:
    masked = [ledger.position[name] for name in shown if _is_unseen(row.values.get(name))]
    if masked:
        yield "m" + ":".join(map(str, masked))
    every = set(place)
    first = {ledger.group_of(name): ledger.position[name] for name in reversed(shown)}
    for group, cell in cells.items():
        if _head(cell, place) == _SPECIAL:
            yield _listed("o", first[group], cell.of, place)
        if cell.hidden:
            yield _listed("h", first[group], cell.hidden, place)
        unknown = every - cell.of - cell.over - cell.hidden
        if unknown:
            yield _listed("n", first[group], unknown, place)
    not_held = every - row.held if row.held is not None else set()
    for group in sorted(first.keys() - cells.keys()) if not_held else ():
        yield _listed("n", first[group], not_held, place)
    if row.shown:
        yield "d" + orientation_hash(export, row.record, row.shown)


def _own(ledger: Ledger, export: Id, row: OutRow, name: str, cell: Cell | None, place: Mapping[Id, int]) -> str:
    """The cell of an added field: print of its name, hash, and whose ids are shown, unshown, not known."""
    one = ledger.field(name)
    assert one is not None
    text = cell_hash(export, row.record, name, values.canonical_text(one, row.values.get(name)))
    known = (cell.of | cell.over | cell.hidden) if cell else row.held if row.held is not None else frozenset(place)
    some = {"o": cell.of if cell else (), "h": cell.hidden if cell else (), "n": place.keys() - known}
    listed = [f"{kind}{place[id]}" for kind, ids in some.items() for id in sorted(ids)]
    return ":".join([_OWN_CELL + _print(export, row.record, name), text, *listed])


def _print(export: Id, record: Id, name: str) -> str:
    return _digest(f"{export}|{record}|{name}")


def _read_own(text: str, ids: tuple[Id, ...]) -> tuple[str, OwnCell]:
    name, told, *listed = text.split(":")
    of, hidden, unknown = (
        frozenset(ids[int(one[1:])] for one in listed if one.startswith(kind)) for kind in ("o", "h", "n")
    )
    return name, OwnCell(told, of, hidden, unknown)


def _is_unseen(value: Value) -> bool:
    """Whether the cell does not say the value: shown as a mask, or not known here at all."""
    return value is MISSING or isinstance(value, Masked)


def _listed(kind: str, position: int, some: Iterable[Id], place: Mapping[Id, int]) -> str:
    return f"{kind}{position}:" + ":".join(str(place[id]) for id in sorted(some))


def decode_token(text: str) -> RowToken:
    """What a token says. Raises DamagedToken or NewerToken."""
    if _is_newer(text):
        raise NewerToken(text)
    if not _SHAPE.fullmatch(text) or _digest(text[: -_CHECK - 1])[:_CHECK] != text[-_CHECK:]:
        raise DamagedToken(text)
    ledger = by_letter().get(text[len(FORMAT)])
    sections = text.split(".")
    if ledger is None or len(sections) > _SECTIONS or _must_understand(sections[5]):
        raise NewerToken(text)
    _head, export, record, ids_text, cells, exceptions, _check = sections
    if len(ids_text) % _ID:
        raise DamagedToken(text)
    try:
        ids = tuple(from_text(ids_text[start : start + _ID]) for start in range(0, len(ids_text), _ID))
        return _decode(ledger, from_text(export), from_text(record), ids, cells, exceptions)
    except (ValueError, IndexError) as error:
        raise DamagedToken(text) from error


def _must_understand(exceptions: str) -> bool:
    """Whether an exception of a kind unknown here changes what the row says: a capital letter marks those."""
    return any(one[:1].isupper() for one in exceptions.split(","))


def _decode(ledger: Ledger, export: Id, record: Id, ids: tuple[Id, ...], cells: str, exceptions: str) -> RowToken:
    hashes: dict[str, str] = {}
    of: dict[str, frozenset[Id]] = {}
    every = list(_unpack(cells))
    known = [(ledger.fields[position].name, cell) for position, cell in every if position < len(ledger.fields)]
    for name, cell in known:
        hashes[name] = cell[:-1]
        of.setdefault(ledger.group_of(name), _shown(cell[-1], ids))
    more = _read_exceptions(ledger, ids, exceptions)
    return RowToken(
        ledger, export, record, ids, hashes, of | more.of, more.masked, more.hidden, more.unknown, more.orientation,
        more.newer or len(known) < len(every), more.own,
    )  # fmt: skip


@dataclass(slots=True)
class _Exceptions:
    """What the rare exceptions of a row say, in the words of RowToken."""

    of: dict[str, frozenset[Id]] = field(default_factory=dict)
    hidden: dict[str, frozenset[Id]] = field(default_factory=dict)
    unknown: dict[str, frozenset[Id]] = field(default_factory=dict)
    masked: frozenset[str] = frozenset()
    orientation: str = ""
    newer: bool = False
    own: dict[str, OwnCell] = field(default_factory=dict)


def _read_exceptions(ledger: Ledger, ids: tuple[Id, ...], text: str) -> _Exceptions:
    found = _Exceptions()
    listed = {"o": found.of, "h": found.hidden, "n": found.unknown}
    for one in filter(None, text.split(",")):
        kind, rest = one[0], one[1:]
        if kind == "d":
            found.orientation = rest
        elif kind == "m":
            found.masked = frozenset(_name(ledger, place) for place in rest.split(":"))
        elif kind == _OWN_CELL:
            name, cell = _read_own(rest, ids)
            found.own[name] = cell
        elif kind in listed:
            first, *places = rest.split(":")
            listed[kind][ledger.group_of(_name(ledger, first))] = frozenset(ids[int(place)] for place in places)
        else:
            found.newer = True
    return found


def _unpack(cells: str) -> Iterator[tuple[int, str]]:
    position = start = 0
    while start < len(cells):
        if cells[start] == _SKIP:
            position += _DIGITS.index(cells[start + 1])
            start += 2
            continue
        if start + _CELL > len(cells):
            raise ValueError("a cell is cut")
        yield position, cells[start : start + _CELL]
        position += 1
        start += _CELL


def _shown(head: str, ids: tuple[Id, ...]) -> frozenset[Id]:
    return frozenset((ids[_HEADS.index(head)],)) if head in _HEADS else frozenset()


def _name(ledger: Ledger, position: str) -> str:
    """The field at a position; one of a newer release goes by its number."""
    place = int(position)
    return ledger.fields[place].name if place < len(ledger.fields) else f"#{place}"
