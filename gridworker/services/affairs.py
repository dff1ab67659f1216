"""社区事务: the community's own ledgers by area, their records, what is known of one and what hangs on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import DELETED, Field, Kind, Ledger, Mask
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.rules.community import OWNERS, state_when_ticked
from gridworker.domain.values import join_multi, split_multi
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import (
    access,
    budgets,
    canvassing,
    captain_reviews,
    counting,
    named_refs,
    naming,
    own_fields,
    pairing,
    search,
    undoing,
)
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

_STATES: Final = ("state", "progress", "outcome")
_SECOND: Final = 3
"""Further columns on the second line of a record."""
_DAYS: Final = (Kind.DATE, Kind.TIME)
_FOUND: Final = 12
_SEARCHED: Final = frozenset({"household", "resident", "need"})
"""Ledgers too long to be looked through: the search index finds in them."""

Titles = Callable[[Ledger, Id], str]
"""How a record that is referred to is called."""
Record = tuple[str, Id]
"""Ledger and id."""


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list: title, further columns, its state if it has one."""

    ledger: str
    id: Id
    title: str
    second: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A filled field; `hidden` names the field whose number is masked until asked for, `meant` a record it names."""

    label: str
    text: str
    hidden: str = ""
    meant: tuple[str, Id] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to being set up, and whether it is done."""

    code: str
    word: str
    done: bool


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What is known of a record, and the records that hang on it by ledger."""

    line: Line
    facts: tuple[Fact, ...]
    hanging: tuple[tuple[str, tuple[Line, ...]], ...]
    steps: tuple[Step, ...] = ()
    """What an owners' committee has to go through to be set up."""
    counted: tuple[tuple[str, tuple[Record, ...]], ...] = ()
    """Numbers in words, each with the records it was counted from."""


def areas() -> dict[str, list[Ledger]]:
    """The ledgers of the page by area, in their order."""
    found: dict[str, list[Ledger]] = {}
    for one in ledgers().values():
        if one.area:
            found.setdefault(one.area, []).append(one)
    return found


def counts(workspace: Workspace) -> dict[str, int]:
    """By ledger of the page: how many records stand in it."""
    return {one.name: queries.count(workspace.connection, one.name) for some in areas().values() for one in some}


def lines(workspace: Workspace, of: Ledger) -> list[Line]:
    """The records of a ledger by the day they are of, the latest first; those without one by when they were made."""
    day = next((one.name for one in of.fields if one.kind in _DAYS), "")
    order = f'"{day}" IS NULL, "{day}" DESC, id DESC' if day else "id DESC"
    titles = cache(partial(naming.title, workspace))
    beside = pairing.words(workspace, of.name) if of.name in pairing.LEDGERS else {}
    found = (_line(row, titles) for row in queries.every(workspace.connection, of.name, order))
    return [replace(one, second=beside[one.id]) if one.id in beside else one for one in found]


def matching(found: Iterable[Line], typed: str) -> list[Line]:
    """The lines in which every typed word stands."""
    words = typed.casefold().split()
    return [one for one in found if all(word in _spoken(one) for word in words)]


def find(workspace: Workspace, ledger_name: str, typed: str) -> list[Line]:
    """The likeliest records of any ledger for typed words, for choosing one."""
    if ledger_name not in _SEARCHED:
        return matching(lines(workspace, ledger(ledger_name)), typed)[:_FOUND]
    hits = search.search(workspace, typed, 4 * _FOUND) if typed.strip() else []
    return [Line(one.ledger, one.id, one.title, one.subtitle) for one in hits if one.ledger == ledger_name][:_FOUND]


def read(workspace: Workspace, of: Ledger, id: Id) -> RecordPage:
    """What the page shows of a record. Raises UserError for one that is not here."""
    row = workspace.row(of.name, id)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这条记录。"), _("请回到列表重新选。"))
    return RecordPage(
        line_of(workspace, row), _facts(workspace, row), _hanging(workspace, row), _steps(of, row),
        counting.of_row(workspace, row),
    )  # fmt: skip


def tick(workspace: Workspace, id: Id, done: Sequence[str]) -> Done:
    """The steps of setting up that are done; the first and the last of them change the committee's state."""
    of = ledger("organisation")
    row = workspace.row(of.name, id)
    codes = code_list(of.by_name["steps"].of).codes()
    patch: dict[str, Value] = {"steps": join_multi(of.by_name["steps"], list(done)) or None}
    state = row.plain("state") if row else None
    now = state_when_ticked(state, len(done), len(codes))
    if now != state:
        patch["state"] = str(now)
    return undoing.write(workspace, "set", Change(of, patch, id))


def delete(workspace: Workspace, of: Ledger, id: Id) -> Done:
    """Hide a record, which can be taken back; its history stays."""
    done = undoing.write(workspace, "delete", Change(of, {DELETED: True}, id))
    access.note(workspace, "delete", f"{of.name}/{to_text(id)}")
    return done


def line_of(workspace: Workspace, row: Row) -> Line:
    """A row as a line of a list."""
    return _line(row, partial(naming.title, workspace))


def _line(row: Row, titles: Titles, under: str = "") -> Line:
    """`under`: the ledger of the record it stands below, which need not be told again."""
    of = ledger(row.ledger)
    state = next((name for name in _STATES if name in of.by_name), "")
    named = _at_its_door(row, [name for name in of.title if name != state] or list(of.title))
    title = naming.in_words(named, lambda name: _words(titles, of.by_name[name], row))
    further = [name for name in _further(of, under) if name not in of.title and name != state]
    told = [" ".join(text.split()) for name in further if (text := _words(titles, of.by_name[name], row))]
    word = _words(titles, of.by_name[state], row) if state else ""
    return Line(of.name, row.id, title or _("（未命名）"), " · ".join(told[:_SECOND]), word)


def _at_its_door(row: Row, named: list[str]) -> list[str]:
    """What is said of a door is called by the door and the person, not by the building alone."""
    about = [name for name in ("household", "resident") if isinstance(row.plain(name), int)]
    if not about or not set(named) & {*naming.ADDRESS}:
        return named
    return [*about, *(name for name in named if name not in naming.ADDRESS)]


def _further(of: Ledger, under: str) -> Iterator[str]:
    """The fields of its columns, and the records of the community it belongs to."""
    for column in of.columns:
        name = column.partition(":")[0]
        one = of.by_name.get(name)
        if one and (name == column or (ledger(one.of).area and one.of != under)):
            yield name


def _facts(workspace: Workspace, row: Row) -> tuple[Fact, ...]:
    titles = partial(naming.title, workspace)
    found = [
        Fact(_(one.label), text, one.name if one.mask is Mask.PHONE and "*" in text else "", _meant(one, row))
        for one in ledger(row.ledger).fields
        if not (one.name == "steps" and row.plain("kind") == OWNERS)
        if (text := _words(titles, one, row))
    ]
    count = _COUNTED.get(row.ledger)
    counted = count(workspace, row.id) if count else ()
    return (*found, *(Fact(label, text) for label, text in (*counted, *own_fields.facts(row))))


def _hanging(workspace: Workspace, row: Row) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """What refers to a record, by its id or, as sheets of others do, by its name."""
    field = named_refs.name_field(ledger(row.ledger))
    return hanging(workspace, row.ledger, [row.id, *([name] if field and (name := row.plain(field)) else [])])


def hanging(workspace: Workspace, ledger_name: str, meant: Sequence[Value]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """By ledger of the page: the records that refer to one of some records of another, meant by id or by name."""
    found = []
    for of in (one for some in areas().values() for one in some):
        names = [one.name for one in of.fields if one.kind is Kind.REF and one.of == ledger_name]
        if names:
            marks = ",".join("?" * len(meant))
            condition = " or ".join(f'"{name}" in ({marks})' for name in names)
            rows = queries.where(workspace.connection, of.name, condition, [*meant] * len(names))
            titles = cache(partial(naming.title, workspace))
            found.append((of.name, tuple(_line(one, titles, ledger_name) for one in rows)))
    return tuple(found)


_COUNTED: Final[Mapping[str, Callable[[Workspace, Id], tuple[tuple[str, str], ...]]]] = {
    "captain": captain_reviews.facts,
    "fund": budgets.facts,
    "campaign": canvassing.facts,
}
"""By ledger: what is counted for the page of a record."""


def _steps(of: Ledger, row: Row) -> tuple[Step, ...]:
    """The steps of an owners' committee in their order."""
    if "steps" not in of.by_name or row.plain("kind") != OWNERS:
        return ()
    done = split_multi(row.plain("steps"))
    return tuple(Step(one, _(one), one in done) for one in code_list(of.by_name["steps"].of).codes())


def _meant(field: Field, row: Row) -> tuple[str, Id] | None:
    id = row.plain(field.name) if field.kind is Kind.REF else None
    return (field.of, id) if isinstance(id, int) else None


def _words(titles: Titles, field: Field, row: Row) -> str:
    value = row.plain(field.name)
    if field.kind is Kind.REF and isinstance(value, int):
        return titles(ledger(field.of), value)
    return naming.masked(field, value)


def _spoken(line: Line) -> str:
    return " ".join((line.title, line.second, line.state)).casefold()
