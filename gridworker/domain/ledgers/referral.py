"""转办: a need handed to a paired unit, an organisation or a department, with a limit and an answer (field.md §3.4)."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, P, choice, choices, date, long, ref, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import SERVICES, ends_after_start
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _

RECEIVERS = ("paired_unit", "organisation", "cadre", "facility", "receiver")


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    found = ends_after_start(values, "sent_on", "due_on") | ends_after_start(values, "sent_on", "answered_on")
    if not any(values.get(one) for one in RECEIVERS):
        found["receiver"] = _("要写转给谁：选一个单位、组织、干部或设施，或写单位名称")
    return found


LEDGER = Ledger(
    name="referral",
    label="转办",
    letter="D",
    order=162,
    area="调解",
    fields=(
        ref("need", "诉求", "need", PLAIN, required=True, synonyms=("诉求编号",)),
        choices("services", "需要的服务", SERVICES, PLAIN),
        ref("paired_unit", "转给包保单位", "paired_unit", PLAIN),
        ref("organisation", "转给组织", "organisation", PLAIN),
        text("receiver", "转给单位", PLAIN, synonyms=("接收单位", "承接单位"), width=14),
        date("sent_on", "转出日期", PLAIN, required=True, synonyms=("转办日期", "转介日期")),
        date("due_on", "答复时限", PLAIN, synonyms=("办理时限",)),
        long("asked", "请求事项", P, synonyms=("转办事项", "转介事项")),
        long("answer", "对方答复", P, synonyms=("答复", "答复内容")),
        date("answered_on", "答复日期", PLAIN),
        choice("outcome", "转办结果", ("已解决", "办理中", "无法办理", "退回"), PLAIN, synonyms=("转介结果",)),
        remark(),
        ref("cadre", "转给干部", "cadre", PLAIN),
        ref("facility", "转给设施", "facility", PLAIN),
    ),
    title=("sent_on", "receiver"),
    asked=("need", "services", "paired_unit", "organisation", "receiver", "sent_on", "due_on", "asked"),
    sheet="转办台账",
    columns=(
        "need:number", "services", "paired_unit:name", "organisation:name", "receiver", "sent_on", "due_on", "asked",
        "answer", "answered_on", "outcome",
    ),
    called=("转介", "转介台账"),
    check=_check,
)  # fmt: skip
