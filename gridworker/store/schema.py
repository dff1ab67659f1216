"""The tables: what is kept (base, by migrations) and what follows from it (derived, by declaration)."""

import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from gridworker.domain.ledger import Field, Kind, Ledger
from gridworker.domain.ledgers import ledgers
from gridworker.errors import DataError
from gridworker.i18n import _
from gridworker.store.engine import Connection, utils

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

VERSION: Final = 1
"""Raised when an older program must not write to this store any more."""

BASE: Final = """
create table setting(name text primary key, value text) strict, without rowid;
create table deed(
    no integer primary key, id integer not null unique, device integer, author text, side text not null,
    at text, kind text not null, file text) strict;
create table record(
    no integer primary key, id integer not null unique, ledger text not null, name integer) strict;
create index record_by_ledger on record(ledger);
create index record_by_name on record(name) where name is not null;
create table entry(
    key integer primary key, kind integer not null, id integer, side integer not null, body text not null,
    deed integer not null, held integer not null) strict;
create table batch(
    no integer primary key, id integer not null unique, grp integer not null, file text not null, digest text not null,
    kind text not null, sender text, grid text, week text, state text not null, at text not null, report text not null,
    entries blob not null) strict;
create index batch_by_digest on batch(digest);
create table source(
    key integer not null, batch integer not null, sheet text not null, cells text not null,
    primary key(key, batch)) strict, without rowid;
create table draft(name text primary key, body text not null, at text not null) strict, without rowid;
create table access(
    no integer primary key, at text not null, author text not null, act text not null, what text not null,
    chain text not null) strict;
create table export(
    id integer primary key, at text not null, file text not null, first text not null, last text not null,
    masked integer not null, reason text, previous integer, grid text not null, counts text not null) strict;
"""

CHAIN: Final = """
alter table export add column no integer not null default 0;
alter table export add column week text not null default '';
alter table export add column digest text not null default '';
alter table export add column deed integer not null default 0;
alter table export add column held blob;
update export set no = (select count(*) from export e where (e.at, e.id) <= (export.at, export.id));
"""
"""What a workbook's successor names: its place in the order of leaving, its week, the sha256 of its bytes; and what the
store held then: the last deed, and the keys of all entries while the next workbooks may have to carry the rest."""

KEPT_BOOKS: Final = """
create table book(
    batch integer primary key, data blob not null, password text not null, known text not null) strict;
"""
"""Workbooks of newer programs, whole, with what this program knew when it read them."""

COUNTS: Final = """
create table visit_count(
    every text not null, first integer not null, worker integer not null, grid integer not null,
    homes integer not null, due integer not null, red integer not null, met integer not null, met_due integer not null,
    met_red integer not null, visits integer not null, not_met integer not null, refused integer not null,
    primary key(every, first, worker, grid)) strict, without rowid;
create table home_count(
    what text not null, first integer not null, grid integer not null, n integer not null,
    primary key(what, first, grid)) strict, without rowid;
drop index if exists visit_0;
drop index if exists visit_1;
"""
"""Sums of visits (derived: `counts`), and indexes that hold all they are counted from."""

LOG_HEADS: Final = """
alter table export add column log integer not null default 0;
"""
"""How many lines the access log had when a workbook left: later ones tell its head then, as the log says now."""
ERASED: Final = """
create table erased(mac text primary key, at text not null) strict, without rowid;
create index entry_of_tombstones on entry(kind) where kind = 4;
insert into setting values('erased_key', '<secret>');
"""
"""Codes of the natural keys of what was erased, under a key of this store that never leaves it."""

EXPORTED_RECORDS: Final = """
alter table export add column records blob;
"""
"""Which records were in a workbook that left, for the day it is lost."""

DERIVED: Final = """
create table mark(
    record integer not null, grp text not null, ledger text not null, conflicts text, incomplete integer not null,
    unconfirmed integer not null, proposals text, primary key(record, grp)) strict, without rowid;
create table natural_key(key text not null, no integer not null, primary key(key, no)) strict, without rowid;
create index natural_key_by_record on natural_key(no);
create virtual table search using fts5(
    terms, content='', contentless_delete=1, detail=none, tokenize='unicode61', prefix='1 2 3 4');
"""

INDEXES: Final = {
    "household": ("grid", "estate, building, unit, room"),
    "resident": ("household",),
    "visit": (
        "household, visited_at, outcome, mode, next_on, worker, _deleted, _state",
        "visited_at, household, worker, outcome, _deleted, _state",
    ),
    "need": (
        "household",
        "status, due_on",
        "registered_at",
        "number",
        "kind, registered_at",
        "resident",
        "status, due_on, called_back_on, _deleted",
        "grid, worker, kind, registered_at, closed_on, due_on, called_back_on, satisfaction, status, _deleted, _state",
    ),
    "followup": ("need", "due_on"),
}
"""Indexes by what pages ask; ledgers not named here get one per reference."""

_SECRET: Final = "<secret>"
"""Stands in a step for 32 random bytes, drawn anew for every store."""
_TYPES: Final = {Kind.INT: "integer", Kind.MONEY: "integer", Kind.BOOL: "integer", Kind.REF: "any"}


_STEPS: Final = {
    "m0001_base": BASE + DERIVED,
    "m0002_chain": CHAIN,
    "m0003_kept_books": KEPT_BOOKS,
    "m0004_counts": COUNTS,
    "m0005_log_heads": LOG_HEADS,
    "m0006_erased": ERASED,
    "m0007_exported_records": EXPORTED_RECORDS,
}


def migrations() -> "Migrations":
    """The base tables in order; a migration is never edited after a release."""
    from sqlite_utils import Migrations

    steps = Migrations("gridworker")
    for name, script in _STEPS.items():
        steps(name=name)(_executing(script))
    return steps


def _executing(script: str) -> "Callable[[Database], None]":
    def run(database: "Database", /) -> None:
        for statement in _statements(script.replace(_SECRET, secrets.token_hex(32))):
            database.conn.execute(statement)

    return run


def migrate(connection: Connection) -> None:
    """Bring a store up to date, or refuse one from a newer program."""
    found = connection.execute("pragma user_version").fetchone()[0]
    if found > VERSION:
        raise DataError("newer_store", _("这份数据由更新版本的程序写成。"), _("请先升级本程序再打开。"))
    migrations().apply(utils(connection))
    for ledger in ledgers().values():
        _sync(connection, ledger)
    connection.execute(f"pragma user_version = {VERSION}")


def _sync(connection: Connection, ledger: Ledger) -> None:
    """The row table of a ledger with every declared column; it holds nothing that cannot be derived again."""
    present = [row[1] for row in connection.execute(f'pragma table_info("{ledger.name}")')]
    wanted = ["id", "_deleted", "_state", *ledger.by_name]
    if present != wanted[: len(present)]:
        connection.execute(f'drop table "{ledger.name}"')
        present = []
    if not present:
        columns = ", ".join(column(one) for one in ledger.fields)
        connection.execute(
            f'create table "{ledger.name}"(id integer primary key, _deleted integer, _state text, {columns}) strict'
        )
    for one in ledger.fields[len(present) - 3 :] if present else ():
        connection.execute(f'alter table "{ledger.name}" add column {column(one)}')
    for place, columns in enumerate(_indexes(ledger)):
        connection.execute(f'create index if not exists "{ledger.name}_{place}" on "{ledger.name}"({columns})')


def _indexes(ledger: Ledger) -> Iterable[str]:
    if ledger.name in INDEXES:
        return INDEXES[ledger.name]
    return (f'"{one.name}"' for one in ledger.fields if one.kind is Kind.REF)


def column(field: Field) -> str:
    """The column of a field in SQL."""
    return f'"{field.name}" {_TYPES.get(field.kind, "any")}'


def _statements(script: str) -> list[str]:
    return [part.strip() for part in script.split(";\n") if part.strip()]
