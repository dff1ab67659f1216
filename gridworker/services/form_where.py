"""Which rows of a form are wanted: `care_level=红`, `grid=JX03`, `resident.care_tags=独居老人`, `*` for any value."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from gridworker.domain import values
from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services.form_facts import Facts

BLOCKS: Final = ledger("need").blocks
"""By block: the kinds of needs that have it."""
JOINED: Final = ("household", "resident", "grid", "worker", "visit", "need")
"""Ledgers of which a row may know a record besides its own."""
ANYTHING: Final = "*"
"""The value that is any value."""

Wanted = Mapping[tuple[str, str], Sequence[str]]


def by_field(about: str, where: Iterable[tuple[str, str]]) -> Wanted:
    """Conditions by what they speak of; a name without a ledger is looked for in the record first. Raises UserError."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, value in where:
        found.setdefault(_place(about, name), []).append(value)
    return found


def _place(about: str, name: str) -> tuple[str, str]:
    """Ledger and field that somebody means: `household.care_level`, `care_level`, 关注等级. Raises UserError."""
    owner, dot, rest = name.rpartition(".")
    owner = "need" if owner in BLOCKS else owner
    for ledger_name in [owner] if dot else [about, *JOINED]:
        for one in ledger(ledger_name).fields if ledger_name in ledgers() else ():
            if rest in {one.name, one.label}:
                return ledger_name, one.name
    raise UserError("unknown_field", _("没有这一栏：{name}").format(name=name), _("例如 care_level=红、grid=JX03。"))


def fits(facts: Facts, wanted: Wanted) -> bool:
    """Whether a row meets all conditions; of several values of one field any will do."""
    return all(
        any(_is(facts, ledger_name, name, value) for value in some) for (ledger_name, name), some in wanted.items()
    )


def _is(facts: Facts, ledger_name: str, name: str, value: str) -> bool:
    row = facts.joined.get(ledger_name)
    if row is None:
        return False
    one = ledger(ledger_name).by_name[name]
    if one.kind is Kind.REF:
        other = facts.joined.get(one.of)
        return other is not None and value in {other.plain("code"), other.plain("name"), other.plain("number")}
    held = row.plain(name)
    if value == ANYTHING:
        return held is not None
    return _code(one, value) in values.split_multi(held) if one.kind is Kind.MULTI else held == _canonical(one, value)


def _code(one: Field, word: str) -> str:
    return code_list(one.of).find(word) or word


def _canonical(one: Field, value: str) -> object:
    return values.parse(one, value).value
