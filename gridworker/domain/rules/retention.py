"""How long what sort of record is kept after it is done with (field.md §5); then a person decides, nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gridworker.domain.masking import CHILD_UNTIL, SENSITIVE_KINDS


@dataclass(frozen=True, slots=True)
class Rule:
    """Records of a ledger in a state, and the months they are kept from then on."""

    name: str
    ledger: str
    months: int
    words: str


LEFT: Final = Rule("left", "resident", 24, "已迁出或去世")
SENSITIVE: Final = Rule("sensitive", "need", 12, "疾病、残疾、救助等敏感诉求，已办结")
MINOR: Final = Rule("minor", "need", 12, "涉及未满14岁的孩子，已办结")
CLOSED: Final = Rule("closed", "need", 36, "诉求已办结")
VISITED: Final = Rule("visited", "visit", 36, "走访记录")
CAMPAIGN: Final = Rule("campaign", "campaign_entry", 6, "专项行动已结束")
RULES: Final = (LEFT, SENSITIVE, MINOR, CLOSED, VISITED, CAMPAIGN)


def rule_of_need(kind: object, child: object, born: object, today: date) -> Rule:
    """The strictest rule for a closed need."""
    if kind in SENSITIVE_KINDS:
        return SENSITIVE
    return MINOR if child or is_child(born, today) else CLOSED


def is_child(born: object, today: date) -> bool:
    """Whether somebody is below the age at which everything about a person is sensitive."""
    text = str(born or "")[:10]
    return len(text) == len("2026-11-25") and text > before(today, 12 * CHILD_UNTIL)


def before(today: date, months: int) -> str:
    """The day so many months ago (ISO), at the latest the 28th: nothing is called expired a day too early."""
    whole = today.year * 12 + today.month - 1 - months
    return date(whole // 12, whole % 12 + 1, min(today.day, 28)).isoformat()


def months_of(rule: Rule, chosen: Mapping[str, int]) -> int:
    """The months of a rule as a township chose them, else as shipped."""
    return chosen.get(rule.name, rule.months)


def is_over(rule: Rule, since: str, today: date, chosen: Mapping[str, int]) -> bool:
    """Whether what ended on a day (ISO) has been kept long enough."""
    return bool(since) and since[:10] <= before(today, months_of(rule, chosen))
