"""惠民微实事: what is left of a small budget; money that is not there is never spent silently."""

from collections.abc import Mapping
from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.text import money
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.store import queries


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget in fen."""

    planned: int
    spent: int

    @property
    def left(self) -> int:
        """What may still be spent; below nothing where sheets of others brought more than was there."""
        return self.planned - self.spent


def of_fund(workspace: Workspace, fund: Id, without: Id = 0) -> Budget:
    """The budget of a fund, counting all its spending but one."""
    row = workspace.row("fund", fund)
    spendings = queries.where(workspace.connection, "spending", "fund = ? and id <> ?", [fund, without])
    return Budget(int(row.plain("budget") or 0) if row else 0, sum(int(one.plain("amount") or 0) for one in spendings))


def facts(workspace: Workspace, fund: Id) -> tuple[tuple[str, str], ...]:
    """What stands on the page of a fund: spent and left, or by how much too much was spent."""
    found = of_fund(workspace, fund)
    if found.left < 0:
        rest = (_("超支（元）"), money.format_yuan(-found.left))
    else:
        rest = (_("结余（元）"), money.format_yuan(found.left))
    return ((_("已支出（元）"), money.format_yuan(found.spent)), rest)


def beyond(workspace: Workspace, spending: Id, values: Mapping[str, Value]) -> dict[str, str]:
    """What is wrong with a spending that is more than its fund still has."""
    fund, amount = values.get("fund"), values.get("amount")
    if not isinstance(fund, int) or not isinstance(amount, int):
        return {}
    left = of_fund(workspace, fund, spending).left
    if amount <= left:
        return {}
    words = _("这笔资金只剩 {left} 元：请改金额，或先改预算")
    return {"amount": words.format(left=money.format_yuan(max(left, 0)))}
