"""When a need has to be settled: by urgency, for some kinds longer; the table is `resources/codes/due_rules.json`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from gridworker.domain.calendar import Holidays, add_working_days
from gridworker.i18n import _
from gridworker.paths import json_resource

USUAL_URGENCY: Final = "blue"
"""What counts where nobody said how urgent a need is."""


@dataclass(frozen=True, slots=True)
class Span:
    """So many days from the day of registration, which does not count itself."""

    days: int
    working: bool = True

    def end(self, start: date, holidays: Holidays) -> date:
        """The last day of the span."""
        return add_working_days(start, self.days, holidays) if self.working else start + timedelta(days=self.days)

    def __str__(self) -> str:
        if self.working:
            return _("{days}个工作日").format(days=self.days)
        return _("次日") if self.days == 1 else _("{days}天").format(days=self.days)


@dataclass(frozen=True, slots=True)
class DueRules:
    """The spans by urgency, and by kind of need and urgency where a kind has its own."""

    by_urgency: Mapping[str, Span]
    by_kind: Mapping[str, Mapping[str, Span]]

    def span(self, kind: str, urgency: str) -> Span:
        """The span of a need; an unknown urgency is the usual one."""
        known = urgency if urgency in self.by_urgency else USUAL_URGENCY
        return self.by_kind.get(kind, {}).get(known) or self.by_urgency[known]


@cache
def load_due_rules() -> DueRules:
    """The table shipped with the program."""
    table = json_resource("codes", "due_rules.json")
    return DueRules(_spans(table["urgency"]), {kind: _spans(spans) for kind, spans in table["kinds"].items()})


def _spans(listed: Mapping[str, Mapping[str, int]]) -> dict[str, Span]:
    return {urgency: Span(span["days"], bool(span["working"])) for urgency, span in listed.items()}


def due_on(
    kind: str, urgency: str, registered_on: date, holidays: Holidays, rules: DueRules | None = None
) -> tuple[date, str]:
    """The last day for a need and why, in words such as 15个工作日."""
    span = (rules or load_due_rules()).span(kind, urgency)
    return span.end(registered_on, holidays), str(span)
