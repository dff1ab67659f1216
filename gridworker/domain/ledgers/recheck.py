"""核实: a record looked at once more, drawn at random or because something about it is unusual; nobody is accused."""

from collections.abc import Mapping
from typing import Final

from gridworker.domain.declare import PLAIN, P, choice, date, long, person, ref, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _

DRAWN: Final = "随机抽查"
SIGNS: Final = ("内容相同", "时间请核对", "办结无记录", "办结未回访", "周报没有变化")
RESULTS: Final = ("属实", "有出入", "不实", "未联系上")


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    if any(values.get(one) for one in ("visit", "need", "grid")):
        return {}
    return {"visit": _("要写明核实的是哪次走访、哪件诉求或哪个网格")}


LEDGER = Ledger(
    name="recheck",
    label="核实",
    letter="K",
    order=190,
    area="核实",
    fields=(
        choice("reason", "核实原因", (DRAWN, *SIGNS), PLAIN, required=True),
        ref("visit", "走访", "visit", PLAIN),
        ref("need", "诉求", "need", PLAIN),
        ref("grid", "网格", "grid", PLAIN),
        text("seed", "抽样种子", PLAIN, width=14),
        choice("result", "核实结果", RESULTS, PLAIN, township=True, synonyms=("抽查结果", "复核结果")),
        date("checked_on", "核实日期", PLAIN, township=True, synonyms=("抽查日期", "复核日期")),
        person("checked_by", "核实人", township=True, synonyms=("抽查人", "复核人")),
        long("note", "核实说明", P, township=True, synonyms=("抽查说明",)),
        long("explained", "网格员说明", P, synonyms=("情况说明",)),
    ),
    groups={"result": ("result", "checked_on", "checked_by", "note")},
    title=("reason", "checked_on"),
    sheet="核实台账",
    columns=(
        "reason", "visit:visited_at", "need:number", "grid:code", "seed", "result", "checked_on", "checked_by", "note",
        "explained",
    ),
    called=("抽查", "抽查台账", "复核台账"),
    check=_check,
)  # fmt: skip
