"""抽查核实表: the sample on paper, with its seed, masked, and room for what was found."""

from collections.abc import Sequence

from gridworker.domain.ledgers import ledger
from gridworker.services import papers
from gridworker.services.out_rows import View
from gridworker.services.papers import Paper
from gridworker.services.rechecking import Asked
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace


def sample_list(workspace: Workspace, seed: str, about: str, drawn: Sequence[Asked]) -> Paper:
    """The visits drawn, in the order drawn; whoever has the same records draws the same with this seed."""
    words = papers.form("recheck_list")
    view = View(workspace, {}, masked=True)
    lines = [_values(view, one) | {"serial": str(number)} for number, one in enumerate(drawn, 1)]
    told = words["seed"].format(seed=seed, count=len(drawn))
    sign = [text.format(author=workspace.store.author) for text in words["sign"]]
    return Paper(
        name=words["title"],
        head=(
            papers.title(words["title"]),
            papers.line(unit_name(workspace), about, told),
            papers.headings(words["columns"]),
        ),
        rows=(*(papers.table_row(words["columns"], one, words["height"]) for one in lines), papers.line(*sign)),
        foot=words["foot"],
        logged=f"recheck {len(drawn)}",
        landscape=True,
    )


def _values(view: View, one: Asked) -> dict[str, str]:
    row = view.known("visit", one.record)
    if row is None:
        return {}
    home = view.known("household", row.plain("household"))
    visit, household = ledger("visit"), ledger("household")
    return {
        "grid": one.grid, "worker": one.worker, "at": view.text(visit, row, "visited_at"),
        "address": view.address(home) if home else "", "head": view.text(household, home, "head") if home else "",
        "mode": view.text(visit, row, "mode"), "outcome": view.text(visit, row, "outcome"),
        "content": view.text(visit, row, "content"), "result": one.result, "note": "",
    }  # fmt: skip
