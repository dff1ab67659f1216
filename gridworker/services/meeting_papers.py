"""Papers of a meeting: its minutes for the file, the public notice of what was decided, the sheet to sign in on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Mask
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.masking import mask_text
from gridworker.domain.text.address import format_address
from gridworker.domain.values import display
from gridworker.services import meetings, papers
from gridworker.services.meetings import Item
from gridworker.services.naming import address_of
from gridworker.services.papers import LEFT, RIGHT, Cell, Paper
from gridworker.services.papers import Row as PaperRow
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

_DOOR: Final = re.compile(r"\d{1,3}[-－]\d{1,2}[-－]\d{3,4}(?!\d)|(?<=单元)\d{3,4}室?|(?<!\d)\d{3,4}室")
"""A door in free text: 3-2-502, 2单元502, 502室."""
_PEOPLE: Final = re.compile(r"[、，,；;\s（(）)]+")
_SPEAKER: Final = re.compile(r"(?:\d{2}:\d{2} )?([^：:，。\s]{2,8})[：:]")
"""Who says a line of the minutes."""
_LABEL, _WIDE = 13, 74
"""Shares of a row of the minutes."""


def minutes(workspace: Workspace, meeting: Id) -> Paper:
    """会议记录: who was there, and for each topic what was said, voted, decided and given to whom."""
    words = papers.form("meeting_minutes")
    row, shown = meetings.meeting_row(workspace, meeting), meetings.read(workspace, meeting)
    values = {name: said(row, name) for name in ("name", "number", "held_at", "place", "host", "recorder", "observers")}
    values |= {
        "absent": said(row, "absent"),
        "attendees": said(row, "attendees") or "、".join(one.name for one in shown.people),
        "attendance": _attendance(row, words["attendance"]),
        "public": between(row, "public_from", "public_until", words["public"]),
    }
    facts = [papers.facts([(label, values[name]) for label, name in one], 10) for one in words["facts"]]
    topics = [row for number, one in enumerate(shown.agenda, 1) for row in _topic_rows(one, number, words)]
    kind = said(row, "kind") or "居民议事会"
    return Paper(
        name=f"{said(row, 'name')}_会议记录",
        head=(papers.title(words["title"].format(kind=kind.removesuffix("会议"))), papers.line(unit_name(workspace))),
        rows=(*facts, *(topics or [papers.line(words["none"])]), papers.line(*words["sign"])),
        foot=words["foot"],
        logged=f"meeting/{to_text(meeting)}",
    )


def notice(workspace: Workspace, meeting: Id) -> Paper:
    """公示: what was decided, without a name, number or door that anybody could be recognised by."""
    words = papers.form("meeting_notice")
    row, shown = meetings.meeting_row(workspace, meeting), meetings.read(workspace, meeting)
    unit = unit_name(workspace)
    names = known_names(workspace) | {one for item in shown.agenda for one in _speakers(item)}
    decided = [one for one in shown.agenda if one.decision]
    lines = [
        papers.table_row(words["columns"], _told(one, n, words), words["height"]) for n, one in enumerate(decided, 1)
    ]
    counted = shown.invited is not None and shown.present is not None
    intro = words["intro" if counted else "intro_short"].format(
        day=said(row, "held_at")[:10], unit=unit, name=said(row, "name"), invited=shown.invited, present=shown.present
    )
    table = [papers.headings(words["columns"]), *lines]
    paper = (
        papers.prose(intro),
        *table,
        papers.prose(between(row, "public_from", "public_until", words["period"]) or words["period_open"]),
        papers.prose(words["contact"]),
        papers.line(*(text.format(unit=unit, date=workspace.today.isoformat()) for text in words["sign"])),
    )
    return Paper(
        name=f"{open_text(said(row, 'name'), names)}_公示",
        head=(papers.title(words["title"]),),
        rows=tuple(_opened(one, names) for one in paper),
        foot=words["foot"],
        logged=f"meeting/{to_text(meeting)}",
        personal=False,
    )


def sign_in_sheet(workspace: Workspace, ledger_name: str, id: Id) -> Paper:
    """签到表: who is known to come, and lines to write on."""
    words = papers.form("sign_in")
    row = workspace.row(ledger_name, id) or meetings.meeting_row(workspace, id)
    known = queries.where(workspace.connection, "participant", f"{ledger_name} in (?, ?)", [id, said(row, "name")])
    lines = [_person(workspace, one, number) for number, one in enumerate(known, 1)]
    most = max(words["lines"], len(lines) + words["spare"])
    lines += [{"number": str(number)} for number in range(len(lines) + 1, most + 1)]
    texts = (words[name].format(**{value: said(row, value)}) for name, value in
             (("about", "name"), ("when", "held_at"), ("where", "place")))  # fmt: skip
    title = words["title"].format(kind=words[ledger_name])
    return Paper(
        name=f"{said(row, 'name')}_签到表",
        head=(papers.title(title), papers.line(*texts), papers.headings(words["columns"])),
        rows=(
            *(papers.table_row(words["columns"], one, words["height"]) for one in lines),
            papers.line(*words["sign"]),
        ),
        foot=words["foot"],
        logged=f"{ledger_name}/{to_text(id)}",
    )


def said(row: Row, name: str) -> str:
    """A value in the Chinese words of forms, whatever the window speaks."""
    return display(ledger(row.ledger).by_name[name], row.values.get(name))


def between(row: Row, start: str, end: str, words: str) -> str:
    """From one day to another; empty while neither is known."""
    first, last = said(row, start), said(row, end)
    return words.format(start=first, end=last) if first and last else ""


def known_names(workspace: Workspace) -> frozenset[str]:
    """Everybody named anywhere in the store."""
    found: set[str] = set()
    for of in ledgers().values():
        names = [one.name for one in of.fields if one.mask is Mask.NAME]
        for _id, *some in queries.plain_columns(workspace.connection, of.name, names) if names else ():
            for text in filter(None, some):
                found.update(_PEOPLE.split(str(text)))
    return frozenset(one for one in found if len(one) > 1)


def open_text(text: str, names: frozenset[str]) -> str:
    """A text that may hang on a wall: nobody's name, telephone or door in it."""
    return _DOOR.sub("**", mask_text(text, names))


def _speakers(item: Item) -> Iterator[str]:
    """Who spoke to a topic, known in the store or not."""
    for line in item.minutes:
        if found := _SPEAKER.match(line):
            yield found[1]


def _opened(row: PaperRow, names: frozenset[str]) -> PaperRow:
    cells = tuple(replace(one, text=open_text(one.text, names)) for one in row.cells)  # fmt: skip
    return replace(row, cells=cells)


def _attendance(row: Row, words: str) -> str:
    known = row.plain("invited") is not None or row.plain("present") is not None
    return words.format(invited=said(row, "invited") or "　", present=said(row, "present") or "　") if known else ""


def _topic_rows(item: Item, number: int, words: dict[str, Any]) -> Iterator[PaperRow]:
    raised = words["raised"].format(who=item.raised_by) if item.raised_by else ""
    title = words["topic"].format(number=number, title=item.title)
    yield PaperRow(
        (Cell(title, 52, LEFT, 11, bold=True, shaded=True), Cell(raised, 35, RIGHT, 9, shaded=True)), 10, kept=True
    )
    for place, line in enumerate(item.minutes or ("",)):
        yield _wide(words["minutes"] if not place else "", line)
    if item.decision:
        yield _wide(words["vote"], _votes(item, words["votes"]))
    if item.resolution:
        yield _wide(words["resolution"], item.resolution)
    if item.tasks:
        heads = papers.headings(words["tasks"])
        yield PaperRow(heads.cells, heads.height, kept=True)
        for one in item.tasks:
            told = {"content": one.content, "responsible": one.responsible, "due_on": one.due_on, "state": one.state}
            yield papers.table_row(words["tasks"], told, 9)


def _wide(label: str, text: str) -> PaperRow:
    return PaperRow((Cell(label, _LABEL, bold=True, shaded=True), Cell(text, _WIDE, LEFT)), 9)


def _votes(item: Item, words: str) -> str:
    counted = ("　" if one is None else one for one in item.votes)
    told = dict(zip(meetings.VOTES, counted, strict=True))
    return words.format(mode=item.vote_mode or "表决", decision=item.decision, **told)


def _told(item: Item, number: int, words: dict[str, str]) -> dict[str, str]:
    tasks = (words["task"].format(content=one.content, day=_day(one.due_on)) for one in item.tasks)
    return {
        "number": str(number),
        "title": item.title,
        "vote": _votes(item, words["vote"]) if item.votes[0] is not None else item.decision,
        "resolution": item.resolution,
        "tasks": "\n".join(tasks),
    }


def _day(iso: str) -> str:
    """12月5日."""
    day = date.fromisoformat(iso[:10])
    return f"{day.month}月{day.day}日"


def _person(workspace: Workspace, row: Row, number: int) -> dict[str, str]:
    home = row.plain("household")
    known = workspace.row("household", home) if isinstance(home, int) else None
    door = format_address(address_of(known), short=True) if known else ""
    return {
        "number": str(number), "name": said(row, "name"), "door": door, "age": said(row, "age_group"),
        "role": said(row, "role"),
    }  # fmt: skip
