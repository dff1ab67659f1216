"""楼长考评: how a quarter went and what encouragement there was, in words (field.md §3.12)."""

from gridworker.domain.declare import PLAIN, P, choice, date, long, ref, text
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="captain_review",
    label="楼长考评",
    letter="C",
    order=111,
    area="楼长",
    fields=(
        ref("captain", "楼长", "captain", PLAIN, required=True, synonyms=("楼栋长",)),
        text("quarter", "季度", PLAIN, required=True, synonyms=("考评季度", "考核季度")),
        choice("result", "考评结果", ("优秀", ("良好", "好"), "合格", "不合格"), PLAIN, synonyms=("考核结果", "等次")),
        date("reviewed_on", "考评日期", PLAIN, synonyms=("考核日期",)),
        long("encouragement", "激励记录", P, synonyms=("激励", "表扬", "奖励")),
        long("note", "考评意见", P, synonyms=("意见", "备注")),
    ),
    title=("quarter", "result"),
    sheet="楼长考评",
    columns=("captain:name", "quarter", "result", "reviewed_on", "encouragement", "note"),
    called=("楼栋长考评", "楼长考核"),
)
