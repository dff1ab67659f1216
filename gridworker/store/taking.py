"""Taking in what a file brought: compared record by record with what is held, written once, derived (design §2.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from gridworker.domain.ids import Id
from gridworker.domain.versions.entries import Decision, Entry, Reading, Statement, Tombstone
from gridworker.domain.versions.packing import dumps
from gridworker.domain.versions.writing import same_content
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.store import batches, derive, entries, erasing, identity, rows
from gridworker.store.batches import BatchHead, Heed
from gridworker.store.database import transaction
from gridworker.store.deeds import Deed, record_deed
from gridworker.store.engine import Connection
from gridworker.store.entries import Held


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


@dataclass(slots=True)
class Taken:
    """What an intake did to the store, by record."""

    no: int
    """Number of the batch."""
    before: dict[Id, rows.Row] = field(default_factory=dict)
    """Rows as they stood, of all records the intake touched."""
    after: dict[Id, rows.Row] = field(default_factory=dict)
    unchanged: int = 0
    erased: int = 0
    """Records that the file erased here."""
    refused: int = 0
    """Records that it still told of though they are erased."""

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
    day: str = ""
    """When the file came (ISO)."""
    erased: int = 0
    refused: int = 0

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
        intake = _enter(_Intake(connection, day=head.at[:10]), brought, heed)
        taken = _finish(intake, batches.insert(connection, head, intake.keys, report), report, heed)
    taken.erased, taken.refused = intake.erased, intake.refused
    taken.unchanged = max(len(intake.by_record) - len(taken.changed) - len(taken.created), 0)
    return taken


def exchange(connection: Connection, no: int, brought: Iterable[Brought], report: Mapping[str, object]) -> None:
    """Give a batch the entries that its file makes now, as if this program had imported it; undone stays undone."""
    with transaction(connection):
        state = connection.execute("select state from batch where no = ?", (no,)).fetchone()[0]
        batches.set_state(connection, [no], "undone")
        connection.execute("delete from source where batch = ?", (no,))
        day = connection.execute("select at from batch where no = ?", (no,)).fetchone()[0][:10]
        intake = _enter(_Intake(connection, anew=True, day=day), brought)
        for record in intake.rewritten.values():
            entries.rewrite(connection, record)
        packed = batches.pack_keys(intake.keys)
        connection.execute("update batch set state = 'in', entries = ? where no = ?", (packed, no))
        _finish(intake, no, report)
        batches.set_state(connection, [no], state)


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


def _not_erased(intake: _Intake, record: entries.RecordEntries, some: list[Brought]) -> list[Brought]:
    """What is brought of a record, without what tombstones take away: those held, and those brought, which erase here
    at once. They stay for ever and belong to no batch, so that none that is taken back takes them along.
    """
    if record.ledger in erasing.LASTING:
        return [one for one in some if not isinstance(one.entry, Tombstone)]
    held = erasing.stones_of(one.entry for one in record.entries)
    fresh = {one.entry.id: one for one in some if isinstance(one.entry, Tombstone) and one.entry not in held}
    for one in fresh.values():
        intake.new_entries.append(entries.append(record, one.entry, intake.deed_no(one.deed)))
        intake.touched[record.no] = None
    if fresh:
        intake.erased += 1
        erasing.purge(intake.connection, record, intake.day)
    stones = erasing.stones_of(one.entry for one in record.entries)
    if not stones:
        return some
    some = [one for one in some if not isinstance(one.entry, Tombstone)]
    left = [(one, erasing.left(record.ledger, one.entry, stones)) for one in some]
    intake.refused += any(rest != one.entry for one, rest in left)
    return [replace(one, entry=rest) for one, rest in left if rest is not None]


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
    for one in _not_erased(intake, record, some):
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
        is_row = isinstance(one.entry, Statement)  # of the same row in many workbooks the first tells the place
        if one.cells and (not is_row or same is None or intake.anew):
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
