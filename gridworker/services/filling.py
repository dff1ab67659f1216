"""Filling a form of the township's from what is known: looked at first, then written; the form stays as it came.

What is not known is left empty and told. Masked by privacy class, unless asked for in full with a reason; in full it
leaves under a password, or open where somebody chose that in so many words.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from gridworker.domain.ledgers import ledgers
from gridworker.errors import UserError
from gridworker.exchange import pace, raw, raw_book
from gridworker.exchange.columns import Column
from gridworker.exchange.form import Form, fingerprint, understand_form
from gridworker.exchange.form_columns import FIGURES
from gridworker.exchange.form_fresh import as_xlsx
from gridworker.exchange.form_write import write_form
from gridworker.exchange.layout import column_letter
from gridworker.exchange.model import Problem, RawBook
from gridworker.exchange.patch import Patch
from gridworker.exchange.patch_parts import damage_told
from gridworker.exchange.patch_sheet import CellValue
from gridworker.exchange.weekly import encrypted, save
from gridworker.i18n import _
from gridworker.services import access, asking, column_memory, columns, form_cells, form_figures, out_names
from gridworker.services.form_facts import Asker, Facts
from gridworker.services.form_plan import ColumnPreview, Plan, PlannedRow, Wish, words
from gridworker.services.form_rows import Choice, Chooser
from gridworker.services.form_where import BLOCKS
from gridworker.services.naming import title_of_row
from gridworker.services.out_rows import View
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace, grid_id
from gridworker.store import lists

MOST_ROWS: Final = 20_000
_KEPT: Final = "form:"
_LAST: Final = "filled:"
"""Settings, by the fingerprint of a form: the mapping that a person gave it, the day it was filled last."""
_SAMPLES: Final = 3
_ASKED: Final = frozenset({"household", "resident"})
"""Ledgers of which the next visit can ask."""
Heed = Callable[[int, int], object]
"""Hears how many rows of how many are done; may raise to stop."""


def plan(workspace: Workspace, path: Path, wish: Wish | None = None, heed: Heed = lambda _done, _all: None) -> Plan:
    """How a form would be filled. Raises UserError."""
    wish = wish or Wish()
    if wish.full and not wish.reason:
        raise UserError("reason_needed", _("填全部内容要写明用途。"), _("用 --reason 写一句，例如“民政核对”。"))
    data, book, problems = _read(path, wish.password, heed)
    known = fingerprint(book)
    with pace.kept(book, lambda: heed(0, 0)):
        mapping = wish.mapping or workspace.store.get_json(_KEPT + known)
        form = _understood(workspace, data, book, mapping, path.name)
    subject = wish.ledger or form.subject
    if subject not in {"", *ledgers(), *BLOCKS, FIGURES}:
        raise UserError("unknown_ledger", _("没有这个台账：{name}").format(name=subject), _("可用 --ledger 说明。"))
    asked = replace(wish, period=wish.period or Period.current(workspace.today)) if subject == FIGURES else wish
    units, last = _units(workspace, asked), workspace.store.get(_LAST + known)
    found = Plan(path, data, form, subject, not wish.full, [], [], units, known, problems, last, book.encrypted)
    found.rows = _rows(workspace, found, wish, heed)
    found.columns = [_preview(found, one) for one in form.sheet.columns if one.doubt != "serial"]
    return found


def write(workspace: Workspace, plan: Plan, out: Path, wish: Wish, heed: Heed = lambda _done, _all: None) -> bool:
    """Write the filled form beside the blank one and log that it left; whether it is locked. Raises UserError."""
    if out.resolve() == plan.path.resolve():
        raise UserError("out_is_form", _("不能写在空表自己身上。"), _("请给 -o 另一个文件名。"))
    if out.suffix.lower() != ".xlsx":
        raise UserError("not_xlsx", _("填好的表是 xlsx。"), _("请给 -o 一个以 .xlsx 结尾的文件名。"))
    lock = _lock(workspace, plan, wish)
    if plan.masked:
        out_names.check(workspace, out)
    patch = Patch(plan.data)
    with damage_told():
        rows = [row.cells for row in plan.rows]
        write_form(patch, plan.form, rows, plan.units, lambda done: heed(done, len(plan.rows)))
        if plan.masked:
            out_names.mask_form(workspace, patch)
        data = patch.to_bytes()
    save(out, encrypted(data, lock) if lock else data)
    if wish.mapping is not None:
        workspace.store.set(_KEPT + plan.fingerprint, json.dumps(wish.mapping, ensure_ascii=False))
    workspace.store.set(_LAST + plan.fingerprint, workspace.today.isoformat())
    asking.remember(workspace, plan)
    form = "masked" if plan.masked else f"{'full' if lock else 'full open'}：{wish.reason}"
    access.note(workspace, "fill", f"{plan.subject} {len(plan.rows)} {form}")
    return bool(lock)


def _lock(workspace: Workspace, plan: Plan, wish: Wish) -> str:
    """The password under which the form leaves; empty where it stays open. Raises UserError where one is lacking."""
    if plan.locked:
        return wish.password
    if wish.open:
        return ""
    if plan.masked or wish.password:
        return wish.password
    if password := workspace.store.get("report_password"):
        return password
    raise UserError(
        "password_needed",
        _("填全部内容的表要有密码才能存出。"),
        _("请给一个密码；收表的人非要不加密的不可，就明说不加密，会记入访问日志。"),
    )


def _read(path: Path, password: str, heed: Heed) -> tuple[bytes, RawBook, list[Problem]]:
    """The form unlocked, as xlsx, and as it reads; forms of old formats are written anew first."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("no_file", _("读不了文件：{path}").format(path=path), _("请核对文件名和位置。")) from error
    with raw.reader() as read:
        book = read(data, password or None, lambda: heed(0, 0))
    if book.kind == "xlsx":
        return (raw_book.unlocked(data, password) or data) if book.encrypted else data, book, []
    with pace.kept(book, lambda: heed(0, 0)):
        return as_xlsx(book), book, [_written_anew(book.kind)]


def _written_anew(kind: str) -> Problem:
    """What a form loses that had to become xlsx first; a text never had any of it."""
    if kind == "csv":
        message = _("这是文本表（csv），本来没有格式；另写成 xlsx 再填，用我们的样式。")
        return Problem("", "", "text_form", message)
    message = _(
        "这个表是 {kind} 格式，另写成 xlsx 再填。文字、合并格、本表里的公式和下拉照原样；"
        "图片、条件格式、原来的样式和指到别的表的公式、下拉带不过来，要保留请先在 WPS 里另存为 xlsx。"
    )
    return Problem("", "", "old_format", message.format(kind=kind))


def _understood(workspace: Workspace, data: bytes, book: RawBook, mapping: Mapping[str, Any] | None, name: str) -> Form:
    """The form by its mapping, else as it reads, with what was corrected under the same headings before."""
    with damage_told():
        patch = Patch(data)
        form = understand_form(book, patch, mapping, name)
        kept = None if mapping else column_memory.recall(workspace, columns.plans([form.sheet]))
        return understand_form(book, patch, kept, name) if kept else form


def _rows(workspace: Workspace, found: Plan, wish: Wish, heed: Heed) -> list[PlannedRow]:
    if not found.subject:
        return []
    if found.subject == FIGURES:
        return _counted(workspace, found, wish)
    asks_latest = any(one.meaning and one.meaning.ledger == "visit" for one in found.form.asked)
    chooser = Chooser(workspace, Choice(found.subject, wish.where, wish.period, wish.since, asks_latest))
    some = chooser.rows()
    if len(some) > MOST_ROWS:
        message = _("要填 {count} 行，太多了。").format(count=len(some))
        raise UserError("too_many", message, _("请用 --where 或 --week 缩小范围。"))
    if withheld := chooser.withheld():
        message = _("{count} 件保密诉求没有填；它们只随加密的周报走。").format(count=withheld)
        found.problems.append(Problem(found.form.name, "", "withheld", message))
    asker = _asker(workspace, found)
    return [_row(found, asker, facts, wish, lambda: heed(0, len(some))) for facts in some]


def _asker(workspace: Workspace, found: Plan) -> Asker:
    asked = {one.meaning.column for one in found.form.asked if one.meaning}
    view = View(workspace, {}, masked=found.masked)
    members = lists.member_counts(workspace.connection) if "household.members" in asked else {}
    return Asker(workspace, view, members, masked=found.masked, shows_birth="resident.birth" in asked)


def _row(found: Plan, asker: Asker, facts: Facts, wish: Wish, breathe: Callable[[], object]) -> PlannedRow:
    cells: dict[int, CellValue] = {}
    missing: dict[int, str] = {}
    breathe()
    for column in found.form.asked:
        name = column.meaning.column if column.meaning else ""
        known = asker.tell(facts, name)
        choices = found.form.choices.get(column.number, ())
        factor = found.form.factors.get(column.number, 1)
        cells[column.number] = form_cells.cell(column, known.field, known.value, wish.shape, choices, factor)
        if known.is_missing:
            missing[column.number] = name
        if not form_cells.is_in_list(column, known.field, known.value, choices):
            _note_word(found, column)
    owners = {name: facts.joined.get(name.partition(".")[0]) for name in missing.values()}
    asks = tuple((row.id, name) for name, row in owners.items() if row and row.ledger in _ASKED)
    return PlannedRow(facts.record, title_of_row(facts.joined.get("resident", facts.record)), cells, missing, asks)


def _note_word(found: Plan, column: Column) -> None:
    """Told once for a column."""
    letter = column.name or column_letter(column.number)
    if all(one.cell != letter for one in found.problems):
        message = _("“{heading}”的下拉里没有要填的词，先照我们的写法填了。").format(heading=column.heading)
        found.problems.append(Problem(found.form.name, letter, "not_in_list", message))


def _counted(workspace: Workspace, found: Plan, wish: Wish) -> list[PlannedRow]:
    """Rows of counts: one for each grid, worker or community."""
    asked = found.form.asked
    by = form_figures.by({one.meaning.column for one in asked if one.meaning})
    view = View(workspace, {}, masked=found.masked)
    asker = Asker(workspace, view, {}, masked=found.masked, shows_birth=False)
    rows = []
    for facts, measures in form_figures.lines(
        workspace, wish.period or Period.current(workspace.today), by, wish.where
    ):
        cells: dict[int, CellValue] = {}
        for column in asked:
            name = column.meaning.column if column.meaning else ""
            if name.startswith(FIGURES + "."):
                _owner, measure, part = name.split(".")
                cells[column.number] = form_cells.figure_cell(measures[measure], part)
            else:
                known = asker.tell(facts, name)
                cells[column.number] = form_cells.cell(column, known.field, known.value, wish.shape, (), 1)
        rows.append(PlannedRow(facts.record, title_of_row(facts.record), cells, {}))
    return rows


def _preview(found: Plan, column: Column) -> ColumnPreview:
    shown = (row.cells.get(column.number) for row in found.rows)
    samples = [words(one) for one in shown if one is not None][:_SAMPLES]
    return ColumnPreview(
        column.name or column_letter(column.number),
        str(column.heading),
        column.meaning.column if column.meaning else "",
        column.confidence,
        tuple(samples),
        column.suggestion,
    )


def _units(workspace: Workspace, wish: Wish) -> dict[str, str]:
    """Who fills in, for which place, when: by what a form may ask."""
    code = workspace.store.get("grid")
    grid = workspace.row("grid", grid_id(code)) if code else None
    place = {name: str((grid.plain(name) if grid else "") or "") for name in ("name", "community", "township")}
    worker = workspace.row("worker", workspace.worker) if workspace.worker else None
    estates = [value for name, value in wish.where if name.endswith("estate")] or lists.estates(workspace.connection)
    township = place["township"] or workspace.store.get("township")
    days = (wish.period.first, wish.period.last) if wish.period else ()
    person, phone = workspace.store.author, str((worker.plain("phone") if worker else "") or "")
    return {
        "unit": place["community"] or place["name"] or township,
        "community": place["community"],
        "township": township,
        "grid": place["name"],
        "estate": estates[0] if len(estates) == 1 else "",
        "grid_code": code,
        "person": person,
        "phone": phone,
        "contact": f"{person} {phone}".strip(),
        "date": form_cells.day_words(workspace.today, wish.shape),
        "period": "—".join(form_cells.day_words(day, wish.shape) for day in days),
    }
