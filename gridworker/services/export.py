"""Handing up: the weekly workbook of a grid, masked or full and encrypted (design §7)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from gridworker.domain.calendar import Week, parse_week, week_of
from gridworker.domain.ids import Id, random_id, to_text
from gridworker.domain.ledger import Kind
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import restricted
from gridworker.domain.rules.chain import REMEMBERED
from gridworker.domain.text.address import format_address
from gridworker.errors import UserError
from gridworker.exchange import weekly
from gridworker.exchange.model import Contribution, OutBook, OutSheet
from gridworker.i18n import _
from gridworker.services import access, carried, out_community, out_names, out_rows, outgoing, summary
from gridworker.services.naming import address_of, title_of_row
from gridworker.services.out_community import Community
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import deeds, exports, queries
from gridworker.store.entries import record_of
from gridworker.store.rows import Row

DATA_SHEETS = ("household", "visit", "need", "followup")
HIDDEN_SHEETS = ("grid", "worker")


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of workbook is asked for. Without a word: full under the stored 上报密码, else masked."""

    full: bool | None = None
    reason: str = ""
    password: str = ""
    grid: str = ""
    """Only this grid's records: a township's reply to one worker."""
    replies: bool = False
    """Only the needs with the township's word since the last sending, and nothing else."""


@dataclass(frozen=True, slots=True)
class Staying:
    """A text that speaks of restricted groups: of which record, in which field, and at whose door."""

    ledger: str
    record: Id
    field: str
    title: str
    """The door, or what else tells the record from others."""
    home: Id = 0

    @property
    def words(self) -> str:
        """Where it stands."""
        one = ledger(self.ledger).field(self.field)
        return f"{self.title} {_(one.label) if one else self.field}"


@dataclass(slots=True)
class Exported:
    """What left."""

    file: Path
    export: Id
    previous: Id | None
    period: Period
    masked: bool
    counts: dict[str, int] = field(default_factory=dict)
    digest: str = ""
    """The sha256 of the file."""
    replaces: Id | None = None
    """The workbook of the same week and form that left before."""
    nil: bool = False
    """A 零报告."""
    restricted: int = 0
    """Records of the community's ledgers that speak of restricted groups and stayed."""
    staying: list[Staying] = field(default_factory=list)
    """Texts of the other ledgers that do; their records left without them."""

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        return {
            "file": str(self.file),
            "export_id": to_text(self.export),
            "previous": to_text(self.previous) if self.previous else None,
            "replaces": to_text(self.replaces) if self.replaces else None,
            "sha256": self.digest,
            "week": self.period.week or None,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "masked": self.masked,
            "nil": self.nil,
            "counts": self.counts,
            "restricted": [[one.ledger, to_text(one.record), one.field] for one in self.staying],
        }


Step = Callable[[float, float], object]
"""Told how many parts of how many are done; may raise to stop the work before anything was written."""


def export(
    workspace: Workspace, period: Period, out: Path, wish: Wish | None = None, step: Step = lambda _done, _all: None
) -> Exported:
    """Write the workbook of a period and log that it left. Raises UserError when a full one lacks its password."""
    step(0, 3)
    wish = wish or Wish()
    password, masked = protection(workspace, wish)
    if masked:
        out_names.check(workspace, out)
    deed, own = deeds.last_number(workspace.connection), not (masked or workspace.is_township)
    unsent = carried.unsent(workspace, period.week) if own else carried.Unsent()
    staying: set[Id] = set()
    if wish.replies:
        records = _spoken_of(workspace, _replies(workspace, wish.grid, masked=masked), wish.grid, masked=masked)
    else:
        records, staying = _records(workspace, period, wish.grid, masked=masked)
    step(1, 3)
    book = _book(workspace, period, records, (unsent, staying), masked=masked, wish=wish)
    step(2, 3)
    digest = weekly.write_weekly(book, out, password or None)
    counts = {name: len(some) for name, some in records.items()}
    replaces = book.replaces.export if book.replaces else None
    done = Exported(
        out, book.export, book.previous, period, masked, counts, digest, replaces, book.nil, len(staying),
        _texts_that_stay(workspace, records, masked=masked),
    )  # fmt: skip
    row = replace(done_row(workspace, done, wish), deed=deed, held=unsent.mark, log=book.log.lines)
    exports.keep(workspace.connection, row, _told(book))
    if workspace.is_township and wish.grid:
        outgoing.sent(workspace.store, [row.id for row in records["need"]])
    access.note(workspace, "export", f"{to_text(book.export)} {'masked' if masked else 'full'}")
    return done


def _told(book: OutBook) -> dict[str, set[Id]]:
    """By ledger the records a workbook tells of, in its cells or among the entries it carries."""
    found = {sheet.ledger.name: {row.record for row in sheet.rows} for sheet in book.sheets}
    for one in book.carried:
        found.setdefault(one.ledger, set()).add(record_of(one.entry))
    return found


def done_row(workspace: Workspace, done: Exported, wish: Wish) -> exports.Row:
    """The line of the export log."""
    return exports.Row(
        done.export, workspace.now.isoformat(timespec="seconds"), done.file.name, done.period.first.isoformat(),
        done.period.last.isoformat(), done.masked, wish.reason, done.previous,
        _chain_of(workspace, wish.grid), done.counts,
        done.period.week, done.digest,
    )  # fmt: skip


def _chain_of(workspace: Workspace, grid: str) -> str:
    """A worker has one chain, a township one for each grid it writes to."""
    return grid if workspace.is_township else ""


def protection(workspace: Workspace, wish: Wish) -> tuple[str, bool]:
    """The password of a workbook that leaves, and whether it is masked. Raises UserError where one is lacking."""
    password = wish.password or workspace.store.get("report_password")
    full = wish.full if wish.full is not None else bool(password)
    if not full:
        return wish.password, True
    if not password:
        raise UserError(
            "password_needed", _("完整版要有密码才能导出。"), _("给出 --password-file，或先导入带上报密码的开户文件。")
        )
    if wish.full and not wish.reason:
        raise UserError("reason_needed", _("完整版要写明用途才能导出。"), _("用 --reason 写一句，例如“周报上报”。"))
    return password, False


def _records(workspace: Workspace, period: Period, grid: str, *, masked: bool) -> tuple[dict[str, list[Row]], set[Id]]:
    """Every household, the period's visits, needs that were open in it, and what the community keeps of its own; and
    what of that speaks of restricted groups and stays.
    """
    first, last = period.first.isoformat(), period.last.isoformat()
    connection = workspace.connection
    grids = _grids(workspace, grid)
    households = _select(workspace, "household", grids, f"estate, building, unit, {'id' if masked else 'room'}")
    homes = {row.id for row in households}
    visits = [
        row
        for row in queries.between(connection, "visit", "visited_at", first, last)
        if row.values.get("household") in homes
    ]
    needs = [row for row in queries.needs_in(connection, first, last) if row.values.get("grid") in grids]
    if masked:
        needs = [row for row in needs if not _is_withheld(row)]
    followups = queries.of_needs(connection, [row.id for row in needs])
    core = {"household": households, "visit": visits, "need": needs, "followup": followups}
    community = Community(workspace, core, grids, whole=not grid, masked=masked)
    return core | community.records(), {one for one in community.restricted if isinstance(one, int)}


def _texts_that_stay(workspace: Workspace, records: Mapping[str, list[Row]], *, masked: bool) -> list[Staying]:
    """What speaks of restricted groups in records that leave, and of the residents who leave with a full workbook."""
    homes = [] if masked else [row.id for row in records.get("household", ())]
    residents = queries.by_ids(workspace.connection, "resident", queries.residents_of(workspace.connection, homes))
    core = (row for name in DATA_SHEETS for row in records.get(name, ()))
    return [
        _staying(workspace, row, name)
        for row in (*core, *residents.values())
        for name in restricted.spoken_in(row.values)
    ]


def _staying(workspace: Workspace, row: Row, name: str) -> Staying:
    need = workspace.row("need", row.plain("need")) if row.ledger == "followup" else None
    of = need or row
    home = of if of.ledger == "household" else workspace.row("household", of.plain("household") or 0)
    title = format_address(address_of(home)) if home else title_of_row(of)
    return Staying(row.ledger, row.id, name, title, home.id if home else 0)


def _replies(workspace: Workspace, grid: str, *, masked: bool) -> list[Row]:
    """Needs of a grid that wait for the township's word. Raises UserError for none."""
    owed, grids = queries.by_ids(workspace.connection, "need", outgoing.owed(workspace.store)), _grids(workspace, grid)
    found = [row for row in owed.values() if row.values.get("grid") in grids and not (masked and _is_withheld(row))]
    if not found:
        raise UserError("no_replies", _("没有要发回的答复。"), _("先在审核里答复，或用不带 --replies 的 export。"))
    return sorted(found, key=lambda row: (str(row.plain("number") or ""), row.id))


def _spoken_of(workspace: Workspace, needs: list[Row], grid: str, *, masked: bool) -> dict[str, list[Row]]:
    """Needs that go home, with where they were passed on to, and what was found where the grid was looked at again."""
    wanted, grids = {row.id for row in needs}, _grids(workspace, grid)
    hidden = out_community.withheld(workspace.connection) if masked else set()
    passed = queries.every(workspace.connection, outgoing.PASSED, "sent_on, id")
    checked = queries.every(workspace.connection, "recheck", "checked_on, id")
    found = {
        outgoing.PASSED: [row for row in passed if row.plain("need") in wanted],
        "recheck": [row for row in checked if row.plain("grid") in grids and row.id not in hidden],
    }
    return {"need": needs} | {name: some for name, some in found.items() if some}


def _is_withheld(row: Row) -> bool:
    """Needs to be kept secret leave only encrypted."""
    return bool(row.plain("confidential"))


def _withheld(workspace: Workspace, period: Period, grid: str) -> int:
    first, last = period.first.isoformat(), period.last.isoformat()
    grids = _grids(workspace, grid)
    needs = queries.needs_in(workspace.connection, first, last)
    return sum(row.values.get("grid") in grids and _is_withheld(row) for row in needs)


def _grids(workspace: Workspace, code: str) -> set[Id]:
    rows = queries.every(workspace.connection, "grid")
    found = {row.id for row in rows if not code or row.plain("code") == code}
    if code and not found:
        raise UserError("unknown_grid", _("没有这个网格：{code}").format(code=code), _("请核对网格编号。"))
    return found


def _select(workspace: Workspace, name: str, grids: set[Id], order: str) -> list[Row]:
    return [row for row in queries.every(workspace.connection, name, order) if row.values.get("grid") in grids]


def _book(
    workspace: Workspace, period: Period, records: dict[str, list[Row]], kept: tuple[carried.Unsent, set[Id]],
    *, masked: bool, wish: Wish,
) -> OutBook:  # fmt: skip
    grid = wish.grid
    chain = _chain_of(workspace, grid)
    past = exports.links(workspace.connection, chain, REMEMBERED)
    view = out_rows.View(workspace, records, masked=masked, weekly=True)
    numbers = summary.numbers(workspace, period, grid)
    return OutBook(
        export=random_id(),
        title=summary.unit_name(workspace, grid),
        grid=grid or workspace.store.get("grid"),
        sender=workspace.store.author,
        role=workspace.store.role,
        week=period.week,
        first=period.first,
        last=period.last,
        made_on=workspace.today,
        masked=masked,
        previous=past[-1].export if past else None,
        log=access.head(workspace),
        logs=access.heads_at(workspace, exports.log_lines(workspace.connection, chain, REMEMBERED)),
        sheets=_sheets(workspace, view, period, records, short=wish.replies),
        visits=numbers.visits,
        needs=numbers.needs,
        kinds=numbers.kinds,
        weeks=numbers.weeks,
        community=numbers.community,
        coordinate=summary.coordinate(view, records["need"]),
        carried=_carried(workspace, records, kept, masked=masked, whole=not grid),
        units=workspace.store.get_json("units", []),
        withheld=_withheld(workspace, period, grid) if masked else 0,
        past=past,
        nil=not wish.replies and is_nil(workspace, period, grid),
        only_replies=wish.replies,
    )


def _carried(
    workspace: Workspace,
    records: dict[str, list[Row]],
    kept: tuple[carried.Unsent, set[Id]],
    *,
    masked: bool,
    whole: bool,
) -> Sequence[Contribution]:
    """All entries of a full workbook; of a masked one what was erased."""
    unsent, staying = kept
    every = () if masked else carried.entries_of(workspace, records, unsent.records, whole=whole, without=staying)
    return every or carried.erasures(workspace)


def is_nil(workspace: Workspace, period: Period, grid: str = "") -> bool:
    """Whether nothing happened: no visit, need, step, meeting or other event of the community in these days."""
    first, last = period.first.isoformat(), period.last.isoformat()
    grids = _grids(workspace, grid)
    homes = {row.id for row in _select(workspace, "household", grids, "id")}
    visits = queries.between(workspace.connection, "visit", "visited_at", first, last)
    if any(row.values.get("household") in homes for row in visits) or any(_events(workspace, grids, first, last)):
        return False
    needs = [row for row in queries.needs_in(workspace.connection, first, last) if row.values.get("grid") in grids]
    days = [str(row.plain(name) or "")[:10] for row in needs for name in ("registered_at", "closed_on")]
    days += [str(row.plain("done_on") or "") for row in queries.of_needs(workspace.connection, [n.id for n in needs])]
    return not any(first <= day <= last for day in days)


def _events(workspace: Workspace, grids: set[Id], first: str, last: str) -> Iterator[Row]:
    """What happened on a day that a ledger of the community names its records by: meetings, activities, sessions."""
    for of in out_community.sheets():
        for day in (name for name in of.title if of.by_name[name].kind in {Kind.DATE, Kind.TIME}):
            some = queries.between(workspace.connection, of.name, day, first, last)
            yield from (row for row in some if row.plain("grid") is None or row.plain("grid") in grids)


def _sheets(
    workspace: Workspace, view: out_rows.View, period: Period, records: dict[str, list[Row]], *, short: bool
) -> list[OutSheet]:
    """The sheets of what goes out; a short workbook needs no grid and no worker."""
    shown = [name for name in (*DATA_SHEETS, *(of.name for of in out_community.sheets())) if name in records]
    hidden = () if short else HIDDEN_SHEETS
    return [
        *(_sheet(view, one, records[one], summary.total_line(workspace, period, one, records[one])) for one in shown),
        *(_sheet(view, one, queries.every(workspace.connection, one), "", visible=False) for one in hidden),
    ]


def _sheet(view: out_rows.View, name: str, some: Sequence[Row], total: str, *, visible: bool = True) -> OutSheet:
    of = ledger(name)
    columns = view.columns(of)
    return OutSheet(of, [view.row(of, row) for row in some], columns, visible, total)


def default_name(workspace: Workspace, period: Period) -> str:
    """A file name that says grid and week and no person."""
    week = f"第{parse_week(period.week).number}周" if period.week else f"{period.first:%m%d}-{period.last:%m%d}"
    where = workspace.store.get("grid") or workspace.store.get("township") or "gridworker"
    return f"{where}_{week}.xlsx"


def last_weeks(today: date, count: int) -> list[Week]:
    """The last so many weeks up to a day, oldest first."""
    return [week_of(today - timedelta(weeks=back)) for back in range(count - 1, -1, -1)]
