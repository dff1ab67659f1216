"""走访: one call at one door, met or not (field.md §3.1)."""

from gridworker.domain.declare import PLAIN, P, code, date, long, multi, ref, text, time
from gridworker.domain.ledger import Ledger, Mask

LEDGER = Ledger(
    name="visit",
    label="走访",
    letter="v",
    order=20,
    fields=(
        ref("household", "住户", "household", PLAIN, required=True),
        time(
            "visited_at",
            "走访时间",
            PLAIN,
            required=True,
            synonyms=(
                "走访日期",
                "入户时间",
                "入户日期",
                "日期",
                "走访时间（年月日）",
                "最近走访",
                "最近走访时间",
                "最近走访日期",
            ),
        ),
        code("mode", "走访方式", "visit_mode", PLAIN, required=True, synonyms=("方式", "联系方式")),
        code(
            "outcome",
            "走访结果",
            "visit_outcome",
            PLAIN,
            required=True,
            synonyms=("是否见面", "结果", "见面情况", "走访情况"),
        ),
        code("purpose", "走访类型", "purpose", PLAIN, synonyms=("走访原因", "走访事由")),
        text("met", "见面人", P, mask=Mask.NAME, synonyms=("受访人", "接待人")),
        long(
            "content",
            "走访内容",
            P,
            synonyms=("了解情况", "家庭情况", "走访记录", "走访情况记录", "情况记录", "主要内容", "情况"),
        ),
        multi("publicity", "宣传内容", "publicity", PLAIN, synonyms=("政策宣传", "宣传事项")),
        text("companion", "陪同人员", PLAIN, synonyms=("陪同", "同行人员")),
        date("next_on", "下次走访", PLAIN, synonyms=("下次走访时间", "下次走访日期")),
        ref("worker", "走访人", "worker", PLAIN, required=True, synonyms=("网格员", "走访人员", "走访干部", "填表人")),
        long("note", "备注", P, synonyms=("说明",), width=16),
    ),
    title=("visited_at", "outcome"),
    sheet="走访台账",
    columns=(
        "visited_at",
        "household:address",
        "household:head",
        "mode",
        "outcome",
        "purpose",
        "met",
        "content",
        "publicity",
        "next_on",
        "worker:name",
        "note",
    ),
)
