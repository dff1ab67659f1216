"""Traces of a person outside of their own records: fields and texts that name them, drafts, remembered settings."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Field, Kind, Ledger, Mask
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.versions.entries import Reading, Statement, Version
from gridworker.services.workspace import Workspace
from gridworker.store import derive, drafts, entries, queries
from gridworker.store.database import transaction
from gridworker.store.rows import Row

_TEXTS: Final = frozenset({Kind.TEXT, Kind.LONG})
_LISTS: Final = ("ask_next", "outgoing", "need_filters", "phrase_lists")
"""Settings that may name records or hold words a person typed; and those of forms, by the beginnings of their names."""
_FORMS: Final = ("narrow:", "form:", "mapping:")
_SHORTEST: Final = 2


@dataclass(slots=True)
class Words:
    """All that a person was ever called by here."""

    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    """Phones and ID numbers."""

    @property
    def every(self) -> list[str]:
        """The longest first."""
        return sorted(self.names | self.numbers, key=len, reverse=True)


@dataclass(slots=True)
class Traces:
    """What others say of a person: whole fields, and texts with the name inside."""

    fields: list[tuple[str, Id, str]] = field(default_factory=list)
    """Ledger, record, group."""
    texts: list[tuple[str, Id, str]] = field(default_factory=list)
    """Ledger, record, label of the field."""


def words_of(workspace: Workspace, records: Iterable[Id]) -> Words:
    """Names and numbers in all entries of these records and those joined with them."""
    found = Words()
    for id in (member for one in records for member in derive.members_of(workspace.connection, one)):
        no = entries.number_of(workspace.connection, id)
        record = entries.load(workspace.connection, [no] if no is not None else []).get(no or 0)
        of = ledgers().get(record.ledger) if record else None
        for name, value in _said(of, record) if of and record else ():
            known = of.by_name.get(name) if of else None
            if known and isinstance(value, str) and len(value) >= _SHORTEST:
                if known.mask is Mask.NAME:
                    found.names.add(value)
                elif _is_number(known):
                    found.numbers.add(value)
    return found


def _is_number(one: Field) -> bool:
    return one.mask is Mask.PHONE or one.name == "id_no"


def _said(of: Ledger, record: entries.RecordEntries) -> Iterator[tuple[str, object]]:
    for entry in (one.entry for one in record.entries):
        if isinstance(entry, Version):
            yield from entry.patch.items()
        elif isinstance(entry, Reading):
            yield from entry.values.items()
        elif isinstance(entry, Statement):
            for group, cell in entry.cells.items():
                yield from zip(of.members(group), cell.value, strict=False)


def find(workspace: Workspace, person: Row, gone: set[Id], words: Words) -> Traces:
    """Where the household and its visits and needs name a person; a phone that others share stays theirs."""
    found, home = Traces(), person.plain("household")
    if not isinstance(home, int):
        return found
    around = [row for row in _around(workspace, home) if row.id not in gone]
    shared = {row.plain("phone") for row in around if row.ledger == "resident"}
    whole = words.names | (words.numbers - shared)
    for row in around:
        for one in ledger(row.ledger).fields:
            value = row.plain(one.name)
            if one.kind not in _TEXTS or not isinstance(value, str) or row.ledger == "resident":
                continue
            if value in whole and (one.mask is Mask.NAME or _is_number(one)):
                found.fields.append((row.ledger, row.id, ledger(row.ledger).group_of(one.name)))
            elif any(word in value for word in whole):
                found.texts.append((row.ledger, row.id, one.label))
    return found


def _around(workspace: Workspace, home: Id) -> list[Row]:
    connection = workspace.connection
    needs = queries.where(connection, "need", "household = ?", [home])
    rows = [row for name in ("resident", "visit") for row in queries.where(connection, name, "household = ?", [home])]
    here = workspace.row("household", home)
    return [*([here] if here else ()), *rows, *needs, *queries.of_needs(connection, [row.id for row in needs])]


def forget(workspace: Workspace, gone: set[Id], words: Words) -> None:
    """Let go of what this laptop kept beside the records: drafts, choices and lists that name what goes."""
    ids = {text for one in gone for text in (to_text(one), str(one))}
    with transaction(workspace.connection):
        for name in drafts.names(workspace.connection, ""):
            _forget_draft(workspace, name, ids, words)
        for name, value in workspace.store.settings():
            if name in _LISTS or name.startswith(_FORMS):
                left = _without(json.loads(value or "null"), ids, words.every)
                workspace.store.set(name, "" if left is None else json.dumps(left, ensure_ascii=False))


def _forget_draft(workspace: Workspace, name: str, ids: set[str], words: Words) -> None:
    """A sheet of many lines only loses those that name what goes; a form goes as a whole."""
    found = drafts.get(workspace.connection, name)
    if not found:
        return
    body, at = found
    told = json.loads(body)
    if isinstance(told, dict) and isinstance(told.get("lines"), list) and told["lines"]:
        kept = [one for one in told["lines"] if not _names(one, ids, words.every)]
        if len(kept) < len(told["lines"]):
            told["lines"] = kept
            drafts.put(workspace.connection, name, json.dumps(told, ensure_ascii=False), at)
    elif any(one in name for one in ids) or _names(told, ids, words.every):
        drafts.remove(workspace.connection, name)


def _names(told: Any, ids: set[str], words: Iterable[str]) -> bool:
    text = json.dumps(told, ensure_ascii=False)
    return any(one in text for one in ids) or any(one in text for one in words)


def _without(told: Any, ids: set[str], words: list[str]) -> Any:
    """A kept setting without the entries that name what goes; lists inside it lose only some of theirs."""
    if isinstance(told, list):
        return [one for one in told if not _names(one, ids, words)]
    if isinstance(told, dict):
        lists = {key: value for key, value in told.items() if isinstance(value, list)}
        others = {key: value for key, value in told.items() if not _names([key, value], ids, words)}
        return {key: _without(lists[key], ids, words) if key in lists else others[key] for key in lists | others}
    return None if _names(told, ids, words) else told
