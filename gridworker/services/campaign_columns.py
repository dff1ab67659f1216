"""Sheets of a campaign that somebody typed anew: its own columns are known by their headings, its doors by theirs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from gridworker.domain.ids import to_text
from gridworker.domain.ledger import OWN, own_label
from gridworker.domain.ledgers import ledger
from gridworker.exchange.layout import fold_head
from gridworker.services import campaigns
from gridworker.services.campaigns import PEOPLE, Campaign
from gridworker.services.columns import ColumnPlan, Plans, SheetPlan, as_mapping
from gridworker.services.workspace import Workspace

_ENTRY: Final = "campaign_entry"
_TYPED: Final = ("campaign", "state", "done_on", "note")
_SHARE: Final = 0.5
"""Of a campaign's own columns so many must head a sheet that does not name it."""


def recognise(workspace: Workspace, plan: Plans, file: str) -> dict[str, Any] | None:
    """The mapping of a file with sheets of campaigns that go on; None where there is none."""
    some = campaigns.running(workspace) if plan else []
    found = tuple(_of_campaign(one, campaign) if (campaign := _meant(one, some, file)) else one for one in plan)
    return as_mapping(found) if found != plan else None


def _meant(plan: SheetPlan, some: Sequence[Campaign], file: str) -> Campaign | None:
    """The campaign a sheet is about: by its own columns, of several the one that is named; None where that is open."""
    heads = {_head(one) for one in plan.columns}
    words = " ".join((plan.sheet, file, *(text for one in plan.columns for text in one.samples)))
    fitting = [one for one in some if _share(one, heads) >= _SHARE] or [
        one for one in some if one.name in words and _fields(heads) & {"state", "done_on"}
    ]
    named = [one for one in fitting if one.name in words]
    best = named or fitting
    return best[0] if len(best) == 1 else None


def _share(campaign: Campaign, heads: set[str]) -> float:
    own = {fold_head(one) for one in campaign.columns}
    return len(own & heads) / len(own) if own else 0


def _fields(heads: set[str]) -> set[str]:
    of = ledger(_ENTRY)
    return {name for name in _TYPED if heads & {fold_head(one) for one in _called(of.by_name[name])}}


def _called(field: Any) -> tuple[str, ...]:
    return (field.label, *field.synonyms)


def _of_campaign(plan: SheetPlan, campaign: Campaign) -> SheetPlan:
    columns = tuple(replace(one, field=_field(one, campaign), confidence=1.0) for one in plan.columns)
    return replace(plan, columns=columns, defaults=((f"{_ENTRY}.campaign", to_text(campaign.id)),))


def _field(column: ColumnPlan, campaign: Campaign) -> str:
    """Its own columns, what every campaign asks, else the door; a name among people is the person's."""
    head, of = _head(column), ledger(_ENTRY)
    own = next((one for one in campaign.columns if fold_head(one) == head), "")
    if own:
        return f"{_ENTRY}.{OWN}{own_label(own)}"
    asked = next((name for name in _TYPED if head in map(fold_head, _called(of.by_name[name]))), "")
    if asked:
        return f"{_ENTRY}.{asked}"
    if campaign.target == PEOPLE and column.field == "resident.name":
        return f"{_ENTRY}.resident"
    return column.field if column.field.startswith("household.") else ""


def _head(column: ColumnPlan) -> str:
    return fold_head(column.heading.rpartition("·")[2])
