"""转介: a need handed to a paired unit, an organisation or a department, with a limit and an answer."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, P, choice, choices, date, long, ref, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import SERVICES, ends_after_start
from gridworker.domain.versions.entries import Value


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    return ends_after_start(values, "sent_on", "due_on")


LEDGER = Ledger(
    name="referral",
    label="转介",
    letter="D",
    order=162,
    area="调解",
    fields=(
        ref("need", "诉求", "need", PLAIN, required=True, synonyms=("诉求编号",)),
        choices("services", "需要的服务", SERVICES, PLAIN),
        ref("paired_unit", "转给包保单位", "paired_unit", PLAIN),
        ref("organisation", "转给组织", "organisation", PLAIN),
        text("receiver", "转给单位", PLAIN, synonyms=("接收单位", "承接单位"), width=14),
        date("sent_on", "转出日期", PLAIN, required=True, synonyms=("转介日期",)),
        date("due_on", "答复时限", PLAIN, synonyms=("办理时限",)),
        long("asked", "请求事项", P, synonyms=("转介事项",)),
        long("answer", "对方答复", P, synonyms=("答复", "答复内容")),
        date("answered_on", "答复日期", PLAIN),
        choice("outcome", "转介结果", ("已解决", "办理中", "无法办理", "退回"), PLAIN),
        remark(),
    ),
    title=("sent_on", "receiver"),
    asked=("need", "services", "paired_unit", "organisation", "receiver", "sent_on", "due_on", "asked"),
    sheet="转介台账",
    columns=(
        "need:number", "services", "paired_unit:name", "organisation:name", "receiver", "sent_on", "due_on", "asked",
        "answer", "answered_on", "outcome", "note",
    ),
    check=_check,
)  # fmt: skip
