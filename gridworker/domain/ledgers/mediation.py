"""调解: one session about a dispute and what came of it (field.md §3.5, 人民调解登记表)."""

from gridworker.domain.declare import PLAIN, P, choice, date, long, person, ref, remark, text, time, yes_no
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="mediation",
    label="调解",
    letter="x",
    order=161,
    area="调解",
    fields=(
        ref("need", "纠纷", "need", PLAIN, required=True, synonyms=("诉求编号", "纠纷编号")),
        time("held_at", "调解时间", PLAIN, required=True, synonyms=("调解日期",)),
        text("place", "调解地点", PLAIN, width=14),
        text("organisation", "调解组织", PLAIN, synonyms=("化解组织",), width=14),
        person("mediator", "调解员", synonyms=("调解人", "化解责任人")),
        person("witness", "见证人"),
        long("content", "调解情况", P, required=True, synonyms=("调解过程", "化解情况")),
        choice(
            "outcome",
            "调解结果",
            (("达成协议", "调解成功"), "未达成", "择期再调", "转其他途径"),
            PLAIN,
            synonyms=("是否达成协议",),
        ),
        text("agreement", "协议编号", PLAIN),
        yes_no("confirmed", "司法确认", PLAIN, synonyms=("是否司法确认",)),
        date("due_on", "履行期限", PLAIN),
        date("called_back_on", "回访日期", PLAIN),
        remark(),
    ),
    title=("held_at", "outcome"),
    asked=("need", "held_at", "place", "mediator", "witness", "content", "outcome", "agreement"),
    sheet="调解记录",
    columns=(
        "need:number",
        "held_at",
        "place",
        "organisation",
        "mediator",
        "witness",
        "content",
        "outcome",
        "agreement",
        "confirmed",
        "due_on",
        "called_back_on",
        "note",
    ),
    called=("人民调解登记", "调解台账"),
)
