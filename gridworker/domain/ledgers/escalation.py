"""上报: a need passed from one level to the next because the lower one cannot settle it (吹哨; field.md §2.5)."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, P, choice, date, long, ref, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import ends_after_start
from gridworker.domain.rules.escalation import LEVELS, OUTCOMES, rank
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    found = ends_after_start(values, "sent_on", "due_on") | ends_after_start(values, "sent_on", "answered_on")
    if rank(str(values.get("to_level") or LEVELS[-1])) <= rank(str(values.get("from_level") or "")):
        found["to_level"] = _("只能报给上一级：网格报社区、乡镇，社区报乡镇，乡镇报县")
    return found


LEDGER = Ledger(
    name="escalation",
    label="上报",
    letter="E",
    order=160,
    area="调解",
    fields=(
        ref("need", "诉求", "need", PLAIN, required=True, synonyms=("诉求编号",)),
        choice("from_level", "上报层级", LEVELS[:-1], PLAIN, required=True, synonyms=("报出层级",)),
        choice("to_level", "报到层级", LEVELS[1:], PLAIN, required=True, synonyms=("接收层级",)),
        text("sender", "上报单位", PLAIN, synonyms=("报出单位",), width=14),
        text("receiver", "报给单位", PLAIN, synonyms=("接报单位", "报到单位"), width=14),
        date("sent_on", "上报日期", PLAIN, required=True, synonyms=("吹哨日期",)),
        text("paper_no", "文号", PLAIN, synonyms=("公文编号", "上报文号"), width=14),
        date("due_on", "答复时限", PLAIN),
        long("asked", "请求事项", P, synonyms=("上报事项", "吹哨事项")),
        long("answer", "上级答复", P, synonyms=("报到答复",)),
        date("answered_on", "答复日期", PLAIN),
        choice("outcome", "上报结果", OUTCOMES, PLAIN),
        remark(),
    ),
    groups={"answer": ("answer", "answered_on", "outcome")},
    title=("sent_on", "to_level", "receiver"),
    asked=("need", "from_level", "to_level", "receiver", "sent_on", "paper_no", "due_on", "asked"),
    sheet="上报台账",
    columns=(
        "need:number", "from_level", "to_level", "sender", "receiver", "sent_on", "paper_no", "due_on", "asked",
        "answer", "answered_on", "outcome", "note",
    ),
    called=("吹哨", "吹哨台账", "上报"),
    check=_check,
)  # fmt: skip
