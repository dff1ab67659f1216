"""办理记录 (跟踪办理): each step promised or taken for a need."""

from gridworker.domain.declare import PLAIN, P, code, date, long, ref
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="followup",
    label="办理记录",
    letter="f",
    order=40,
    fields=(
        ref("need", "诉求", "need", PLAIN, required=True),
        date("due_on", "计划日期", PLAIN, synonyms=("计划办理日期", "约定日期")),
        date("done_on", "办理日期", PLAIN, synonyms=("跟进日期", "办理时间")),
        code("mode", "办理方式", "followup_mode", PLAIN, synonyms=("跟进方式",)),
        long("content", "办理措施", P, synonyms=("办理过程", "措施", "跟进内容")),
        code("outcome", "办理成效", "followup_outcome", PLAIN, synonyms=("成效", "跟进结果")),
        ref("worker", "经办人", "worker", PLAIN, synonyms=("责任人", "跟进人")),
    ),
    title=("done_on", "due_on", "content"),
    sheet="办理记录",
    columns=("need:number", "need:content", "due_on", "done_on", "mode", "content", "outcome", "worker:name"),
)
