"""Imports as batches: what a file brought, counted per entry, so that any import can be taken back (design §2.5)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.versions.entries import Decision, Entry, Reading, Statement, Version
from gridworker.domain.versions.packing import dumps
from gridworker.domain.versions.writing import same_content
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.store import derive, entries, identity, rows
from gridworker.store.database import transaction
from gridworker.store.deeds import Deed, record_deed
from gridworker.store.engine import Connection
from gridworker.store.entries import Held

Heed = Callable[[float], object]
"""Hears the share done; may raise, and then nothing was done."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One entry a file contributes, with the ledger of its record and where it stood."""

    ledger: str
    entry: Entry
    deed: Deed
    sheet: str = ""
    cells: str = ""
    counted: Mapping[str, int] = field(default_factory=dict)
    """By group: how many cells it speaks for."""


@dataclass(frozen=True, slots=True)
class BatchHead:
    """What is kept about a file besides its entries."""

    id: Id
    group: Id
    file: str
    digest: str
    kind: str
    sender: str
    grid: str
    week: str
    at: str


@dataclass(frozen=True, slots=True)
class Batch(BatchHead):
    """An import as the store keeps it."""

    no: int
    state: str
    """`in`, or `undone` when it was taken back."""
    report: str


_COLUMNS: Final = "id, grp, file, digest, kind, sender, grid, week, at, no, state, report"


def listing(connection: Connection) -> list[Batch]:
    """All imports, newest first."""
    return [Batch(*row) for row in connection.execute(f"select {_COLUMNS} from batch order by no desc")]


@dataclass(slots=True)
class Taken:
    """What an intake did to the store, by record."""

    no: int
    """Number of the batch."""
    before: dict[Id, rows.Row] = field(default_factory=dict)
    """Rows as they stood, of all records the intake touched."""
    after: dict[Id, rows.Row] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def created(self) -> set[Id]:
        """Records that had no row before."""
        return self.after.keys() - self.before.keys()

    @property
    def changed(self) -> set[Id]:
        """Records known before whose row says something else now."""
        return {id for id, row in self.before.items() if self.after.get(id, row) != row}


@dataclass(slots=True)
class _Intake:
    connection: Connection
    deeds: dict[Deed, int] = field(default_factory=dict)
    keys: dict[int, None] = field(default_factory=dict)
    touched: dict[int, None] = field(default_factory=dict)
    sources: list[tuple[int, str, str]] = field(default_factory=list)
    loaded: dict[int, entries.RecordEntries] = field(default_factory=dict)
    new_records: list[tuple[int, Id, str]] = field(default_factory=list)
    new_entries: list[tuple[object, ...]] = field(default_factory=list)
    again: list[tuple[int]] = field(default_factory=list)
    by_record: dict[Id, list[Brought]] = field(default_factory=dict)
    anew: bool = False
    """Whether this is a file read before: what only it brought may say something else now."""
    rewritten: dict[int, entries.RecordEntries] = field(default_factory=dict)
    """By number: records with an entry that says something else now."""

    def next_number(self) -> int:
        """The number of a record nobody here knew."""
        if self.new_records:
            return self.new_records[-1][0] + 1
        return entries.new_numbers(self.connection, 1)[0]

    def write(self) -> None:
        """Write what was gathered, each table once."""
        self.connection.executemany("insert into record(no, id, ledger) values(?,?,?)", self.new_records)
        entries.insert(self.connection, self.new_entries)
        self.connection.executemany("update entry set held = held + 1 where key = ?", self.again)

    def deed_no(self, deed: Deed) -> int:
        if deed not in self.deeds:
            self.deeds[deed] = record_deed(self.connection, deed)
        return self.deeds[deed]


def take(
    connection: Connection,
    head: BatchHead,
    brought: Iterable[Brought],
    report: Mapping[str, object],
    heed: Heed = lambda _share: None,
) -> Taken:
    """Take a file's entries in, in one transaction, and derive what they touch; `heed` hears the share, may raise."""
    with transaction(connection):
        intake = _enter(_Intake(connection), brought, heed)
        taken = _finish(intake, _insert_batch(connection, head, intake.keys, report), report, heed)
    taken.unchanged = max(len(intake.by_record) - len(taken.changed) - len(taken.created), 0)
    return taken


def exchange(connection: Connection, no: int, brought: Iterable[Brought], report: Mapping[str, object]) -> None:
    """Give a batch the entries that its file makes now, as if this program had imported it; undone stays undone."""
    with transaction(connection):
        state = connection.execute("select state from batch where no = ?", (no,)).fetchone()[0]
        set_state(connection, [no], "undone")
        connection.execute("delete from source where batch = ?", (no,))
        intake = _enter(_Intake(connection, anew=True), brought)
        for record in intake.rewritten.values():
            entries.rewrite(connection, record)
        connection.execute("update batch set state = 'in', entries = ? where no = ?", (pack_keys(intake.keys), no))
        _finish(intake, no, report)
        set_state(connection, [no], state)


def _enter(intake: _Intake, brought: Iterable[Brought], heed: Heed = lambda _share: None) -> _Intake:
    for one in brought:
        intake.by_record.setdefault(entries.record_of(one.entry), []).append(one)
    for place, (record, some) in enumerate(intake.by_record.items()):
        heed(place / len(intake.by_record) / 2)
        _take_record(intake, record, some)
    intake.write()
    kinds = {type(one.entry) for some in intake.by_record.values() for one in some}
    if kinds & {Reading, Decision}:
        identity.activate(intake.connection, keys=Reading in kinds)
    return intake


def _finish(intake: _Intake, no: int, report: Mapping[str, object], heed: Heed = lambda _share: None) -> Taken:
    """Note where everything stood, derive, and keep the counts with the batch."""
    connection, taken = intake.connection, Taken(no)
    connection.executemany(
        "insert or replace into source values(?,?,?,?)",
        [(key, no, sheet, cells) for key, sheet, cells in intake.sources],
    )
    taken.after = derive.refresh(
        connection,
        intake.touched,
        loaded=intake.loaded,
        before=taken.before,
        heed=lambda done: heed((1 + done) / 2),
    )
    counts = {"created": len(taken.created), "changed": len(taken.changed)}
    connection.execute("update batch set report = ? where no = ?", (dumps({**report, **counts}), no))
    return taken


def _take_record(intake: _Intake, record_id: Id, some: list[Brought]) -> None:
    connection = intake.connection
    no = entries.number_of(connection, record_id)
    if no is None:
        no = intake.next_number()
        record = entries.RecordEntries(no, record_id, some[0].ledger)
        intake.new_records.append((no, record_id, some[0].ledger))
    else:
        record = entries.load(connection, [no])[no]
    intake.loaded[no] = record
    again: list[Held] = []
    for one in some:
        same = entries.find_same(record, one.entry)
        if same is None:
            intake.new_entries.append(entries.append(record, one.entry, intake.deed_no(one.deed)))
            key = record.entries[-1].key
            intake.touched[no] = None
        else:
            if intake.anew and same.held <= 0 and not same_content(same.entry, one.entry):
                same.entry = one.entry
                intake.rewritten[no] = record
            _refuse_other_content(same.entry, one.entry)
            key = same.key
            if key not in intake.keys:
                again.append(same)
            if same.held <= 0:
                intake.touched[no] = None
        intake.keys[key] = None
        if one.cells and isinstance(one.entry, (Version, Reading)):
            intake.sources.append((key, one.sheet, one.cells))
    for held in again:
        held.held += 1
        intake.again.append((held.key,))


def _refuse_other_content(held: Entry, brought: Entry) -> None:
    if not same_content(held, brought):
        raise UserError(
            "forged_entry",
            _("这个文件里有一条记录与已有的编号相同而内容不同，可能被改动或损坏。"),
            _("整个文件没有导入。请让对方重新导出一份。"),
        )


def _insert_batch(connection: Connection, head: BatchHead, keys: Iterable[int], report: object) -> int:
    cursor = connection.execute(
        "insert into batch(id, grp, file, digest, kind, sender, grid, week, state, at, report, entries)"
        " values(?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            head.id, head.group, head.file, head.digest, head.kind, head.sender, head.grid, head.week, "in", head.at,
            dumps(report), pack_keys(keys),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def pack_keys(keys: Iterable[int]) -> bytes:
    """Entry keys as one blob of differences, seven bits a byte: about a byte for neighbours."""
    packed = bytearray()
    last = 0
    for key in sorted(set(keys)):
        step, last = key - last, key
        while step > 127:
            packed.append(step & 127 | 128)
            step >>= 7
        packed.append(step)
    return bytes(packed)


def unpack_keys(blob: bytes) -> Iterator[int]:
    """The keys that `pack_keys` packed."""
    key = step = shift = 0
    for byte in blob:
        step |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            key += step
            yield key
            step = shift = 0


def known_batch(connection: Connection, digest: str) -> tuple[int, Id, str, str] | None:
    """The newest batch of a file with these very bytes: number, id, kind, state."""
    sql = "select no, id, kind, state from batch where digest = ? order by no desc limit 1"
    row = connection.execute(sql, (digest,)).fetchone()
    return tuple(row) if row else None


def reports_of(connection: Connection, digest: str) -> list[str]:
    """What every import of these very bytes keeps, under whatever mapping it came."""
    sql = "select report from batch where digest = ? or substr(digest, 1, length(?) + 1) = ? || '+'"
    return [row[0] for row in connection.execute(sql, (digest, digest, digest))]


def came_again(connection: Connection, no: int, at: str, file: str) -> None:
    """Remember that the very bytes of an import came once more, and under which name."""
    with transaction(connection):
        report = json.loads(connection.execute("select report from batch where no = ?", (no,)).fetchone()[0])
        report.setdefault("again", []).append([at, file])
        connection.execute("update batch set report = ? where no = ?", (dumps(report), no))


def keys_of(connection: Connection, no: int) -> list[int]:
    """The keys of the entries a batch brought."""
    return list(unpack_keys(connection.execute("select entries from batch where no = ?", (no,)).fetchone()[0]))


def newest_file_with(connection: Connection, record: Id, grid: str) -> str:
    """The file of the newest import of a grid, or of none in particular, that brought an entry of a record."""
    number = entries.number_of(connection, record)
    sql = "select file, entries from batch where state = 'in' and grid in (?, '') order by no desc"
    held = connection.execute(sql, (grid,)) if number is not None else ()
    return next((str(file) for file, blob in held if _holds(blob, number or 0)), "")


def _holds(blob: bytes, number: int) -> bool:
    """Whether packed keys, which ascend, hold one of a record."""
    return next((key >> entries.SHIFT == number for key in unpack_keys(blob) if key >> entries.SHIFT >= number), False)


def of_batch_or_group(connection: Connection, id: Id, state: str = "in") -> list[int]:
    """The numbers of one batch, or of all of a group, that are in, or in another state."""
    sql = "select no from batch where (id = ? or grp = ?) and state = ? order by no"
    return [row[0] for row in connection.execute(sql, (id, id, state))]


@dataclass(slots=True)
class Withdrawn:
    """What taking batches back did."""

    withdrawn: int = 0
    kept: int = 0
    """Entries that another import brought too."""
    later_edits: list[tuple[str, Id, str]] = field(default_factory=list)
    """Ledger, record, field of edits built on withdrawn ones; they stand."""


def withdraw(connection: Connection, numbers: Sequence[int], heed: Heed = lambda _share: None) -> Withdrawn:
    """Take batches back together and tell which later edits stand on them."""
    outcome = Withdrawn()
    with transaction(connection):
        for number in set_state(connection, numbers, "undone", heed):
            record = entries.load(connection, [number])[number]
            gone = _named(one for one in record.entries if one.held <= 0)
            gone -= _named(one for one in record.entries if one.held > 0)
            for one in record.entries:
                if one.held > 0 and isinstance(one.entry, Version) and one.entry.seen & gone:
                    outcome.later_edits += [(record.ledger, record.id, name) for name in one.entry.patch]
        for key in {key: None for no in numbers for key in keys_of(connection, no)}:
            held = connection.execute("select held from entry where key = ?", (key,)).fetchone()[0]
            outcome.kept += held > 0
            outcome.withdrawn += held == 0
    return outcome


def _named(some: Iterable[Held]) -> set[Id]:
    """The ids whose values entries bring: their own, or those that cells of a workbook stand for."""
    found: set[Id] = set()
    for one in some:
        if isinstance(one.entry, Statement):
            found.update(id for cell in one.entry.cells.values() for id in cell.of)
        elif isinstance(one.entry, (Version, Reading)):
            found.add(one.entry.id)
    return found


def set_state(
    connection: Connection, numbers: Sequence[int], state: str, heed: Heed = lambda _share: None
) -> list[int]:
    """Withdraw batches (`undone`) or bring them back (`in`); returns the numbers of touched records."""
    touched: dict[int, None] = {}
    step = 1 if state == "in" else -1
    with transaction(connection):
        for place, no in enumerate(numbers):
            heed(place / len(numbers) / 2)
            if connection.execute("select state from batch where no = ?", (no,)).fetchone()[0] == state:
                continue
            keys = keys_of(connection, no)
            connection.executemany("update entry set held = held + ? where key = ?", [(step, key) for key in keys])
            connection.execute("update batch set state = ? where no = ?", (state, no))
            touched |= dict.fromkeys(key >> entries.SHIFT for key in keys)
        derive.refresh(connection, touched, heed=lambda share: heed((1 + share) / 2))
    return list(touched)


def ledger_name(entry: Entry, ledger: Ledger) -> str:
    """The ledger name under which an entry's record is kept."""
    return entries.DECISIONS if isinstance(entry, Decision) else ledger.name
