"""Who or what may be known already: asked before a household, a person or a need is entered (field.md §3.7, §3.8).

Everything is looked up in the search index or by an index of the table, never by reading a ledger through.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.need_states import is_open
from gridworker.domain.text import terms
from gridworker.domain.text.address import Address, address_key, format_address
from gridworker.domain.text.alike import alike
from gridworker.domain.text.id_number import in_18
from gridworker.i18n import _
from gridworker.services import kinds, records
from gridworker.services.naming import address_of, display_value
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.rows import Row
from gridworker.store.search import with_terms

MOST: Final = 5
"""Likely ones told; whoever wants more searches."""
_DOOR: Final = ("estate", "building", "unit", "room")
_LATELY: Final = timedelta(days=90)
_ENOUGH: Final = 3
"""Weight of the reasons from which a record is worth a look."""

_PERSONAL: Final = frozenset({"employment", "schooling", "medical"})
"""Blocks of kinds that concern one person only."""

Given = Mapping[str, Any]
Reasons = dict[str, int]
"""Reasons in words, each with its weight."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A known record that may be the one about to be entered, and why; the strongest reason first."""

    ledger: str
    id: Id
    title: str
    where: str
    reasons: tuple[str, ...]


def likely(workspace: Workspace, ledger_name: str, given: Mapping[str, object], own: Id = 0) -> list[Likely]:
    """What may be the same as a record about to be entered (`own` 0) or changed, the likeliest first."""
    finders = {"household": _households, "resident": _residents, "need": _needs}
    refs = {name: value for name, value in given.items() if isinstance(value, int)}
    typed = {name: value for name, value in given.items() if name not in refs}
    wanted = {**records.understand(workspace, ledger(ledger_name), typed, [], 1), **refs}
    found = [
        (sum(reasons.values()), row, reasons)
        for row, reasons in finders[ledger_name](workspace, wanted)
        if row.id != own and not row.deleted
    ]
    ranked = sorted((one for one in found if one[0] >= _ENOUGH), key=lambda one: (-one[0], one[1].id))
    return [_told(workspace, row, reasons) for _weight, row, reasons in ranked[:MOST]]


def _told(workspace: Workspace, row: Row, reasons: Reasons) -> Likely:
    words = tuple(sorted(reasons, key=lambda word: -reasons[word]))
    home = row if row.ledger == "household" else _home(workspace, row)
    where = format_address(address_of(home)) if home else ""
    if row.ledger == "need":
        kind, head = kinds.short(str(row.plain("kind") or "")), display_value(home, "head") if home else ""
        about = (kind, f"{head} {where}".strip(), display_value(row, "number"))
        return Likely("need", row.id, display_value(row, "content"), " · ".join(filter(None, about)), words)
    name = display_value(row, "name" if row.ledger == "resident" else "head")
    return Likely(row.ledger, row.id, name or _("（未登记户主）"), where, words)


def _home(workspace: Workspace, row: Row) -> Row | None:
    home = row.plain("household")
    return workspace.row("household", home) if isinstance(home, int) else None


def _households(workspace: Workspace, given: Given) -> Iterable[tuple[Row, Reasons]]:
    """By telephone, its own or a member's; by the door, exactly or nearly; by the sound of the head beside."""
    connection, phone = workspace.connection, _phone(given)
    estate, *door = (str(given.get(name) or "") for name in _DOOR)
    sounds = terms.sounds_of(estate)
    by_phone = {*with_terms(connection, "household", phone)}
    by_phone |= {*lists.homes_of(connection, with_terms(connection, "resident", phone))}
    near = [
        *with_terms(connection, "household", terms.door_terms(*door), sounds),
        *with_terms(connection, "household", terms.sounds_of(str(given.get("head") or "")), sounds),
    ]
    for row in queries.by_ids(connection, "household", [*by_phone, *near]).values():
        yield row, _household_reasons(given, row, same_phone=row.id in by_phone)


def _household_reasons(given: Given, row: Row, *, same_phone: bool) -> Reasons:
    found: Reasons = {}
    if _door(given) == _door(row.values):
        found[_("同一门牌")] = 8
    elif _is_near(given, row):
        found[_("门牌相近")] = 3
    if same_phone:
        found[_("同一电话")] = 6
    beside = found or _door(given)[:2] == _door(row.values)[:2]
    return found | (_same_name(given.get("head"), row.plain("head")) if beside else {})


def _door(values: Given) -> tuple[str, ...]:
    """Estate, building, unit and room as they are compared, however they are written."""
    whole = Address(*(str(values.get(name) or "") for name in _DOOR))
    parts = address_key("·", Address(whole.estate, whole.building, whole.unit, whole.room or "·")).split("|")
    return tuple(parts[1:]) or ("", whole.building, whole.unit, whole.room)


def _is_near(given: Given, row: Row) -> bool:
    """The same room of an estate, where one side leaves the building or the unit out."""
    pairs = list(zip(_door(given), _door(row.values), strict=True))
    same_ends = pairs[0][0] == pairs[0][1] and pairs[3][0] == pairs[3][1]
    return same_ends and all(one == other or not (one and other) for one, other in pairs[1:3])


def _same_name(one: object, other: object) -> Reasons:
    if not one or not other:
        return {}
    if one == other:
        return {_("同名"): 3}
    sounds = terms.sounds_of(str(one)) & terms.sounds_of(str(other))
    return {_("同音：{name}").format(name=other): 2} if sounds else {}


def _phone(given: Given) -> set[str]:
    """The whole number as the index holds it."""
    return {"".join(sign for sign in str(given.get("phone") or "") if sign.isdigit())} - {""}


def _residents(workspace: Workspace, given: Given) -> Iterable[tuple[Row, Reasons]]:
    """By ID number, telephone, and the sound of the name in the household or with the same day of birth."""
    connection, number = workspace.connection, str(given.get("id_no") or "")
    by_phone = {*with_terms(connection, "resident", _phone(given))}
    wanted = [
        *with_terms(connection, "resident", {number.casefold()} - {""}),
        *with_terms(connection, "resident", terms.sounds_of(str(given.get("name") or ""))),
    ]
    rows = queries.by_ids(connection, "resident", [*by_phone, *wanted])
    rows |= {row.id: row for row in queries.of_household(connection, "resident", int(given.get("household") or 0))}
    for row in rows.values():
        yield row, _resident_reasons(given, row, same_phone=row.id in by_phone)


def _resident_reasons(given: Given, row: Row, *, same_phone: bool) -> Reasons:
    """A family shares a telephone: among its own people that alone says nothing, nor does a name alone anywhere."""
    found: Reasons = {}
    name = _same_name(given.get("name"), row.plain("name"))
    own = given.get("household") == row.plain("household")
    if given.get("id_no") and row.plain("id_no") and in_18(str(given["id_no"])) == in_18(row.plain("id_no")):
        found[_("同一身份证号")] = 10
    if same_phone and (name or not own):
        found[_("同一电话")] = 4
    if name and given.get("birth") and given["birth"] == row.plain("birth"):
        found[_("同一出生日期")] = 4
    if name and own:
        found[_("同一户")] = 2
    return found | name if found else {}


def _needs(workspace: Workspace, given: Given) -> Iterable[tuple[Row, Reasons]]:
    """Open ones of the household, and of the same kind in the last three months, that say nearly the same."""
    since = (workspace.today - _LATELY).isoformat()
    rows = lists.needs_like(workspace.connection, str(given.get("kind") or ""), since)
    rows += queries.of_household(workspace.connection, "need", int(given.get("household") or 0))
    for row in {row.id: row for row in rows if is_open(row.values)}.values():
        yield row, _need_reasons(given, row)


def _need_reasons(given: Given, row: Row) -> Reasons:
    """What concerns one person's work, school or health is his matter: the same words next door are another need."""
    is_personal = ledger("need").block_of(row.plain("kind")) in _PERSONAL
    if is_personal and given.get("household") and given["household"] != row.plain("household"):
        return {}
    found: Reasons = {}
    if given.get("household") and given["household"] == row.plain("household"):
        found[_("同一户")] = 2
    if given.get("kind") == row.plain("kind"):
        found[_("同类未办结")] = 1
    if alike(str(given.get("content") or ""), str(row.plain("content") or "")):
        found[_("内容相近")] = 3
    return found
