"""行动登记: how one door, person or building stands in a campaign; the campaign's own columns are added fields."""

from gridworker.domain.declare import PLAIN, building, choice, date, estate, grid, ref, remark
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import DONE, NOT_CONCERNED, REFUSED, TO_DO

LEDGER = Ledger(
    name="campaign_entry",
    label="行动登记",
    letter="e",
    order=171,
    area="专项行动",
    fields=(
        ref("campaign", "专项行动", "campaign", PLAIN, required=True, synonyms=("行动名称",)),
        grid(),
        ref("household", "住户", "household", PLAIN),
        ref("resident", "居民", "resident", PLAIN),
        estate(),
        building(),
        choice(
            "state",
            "完成情况",
            ((TO_DO, "未完成"), (DONE, "已完成", "完成"), (NOT_CONCERNED, "无此情况", "不涉及"), (REFUSED, "拒绝配合")),
            PLAIN,
            synonyms=("状态", "是否完成"),
        ),
        date("done_on", "完成日期", PLAIN, synonyms=("登记日期",)),
        ref("worker", "经办人", "worker", PLAIN, synonyms=("登记人", "网格员")),
        remark(),
    ),
    groups={"standing": ("state", "done_on")},
    title=("estate", "building", "state"),
    sheet="行动登记",
    columns=(
        "campaign:name", "household:address", "household:head", "resident:name", "estate", "building", "state",
        "done_on", "note",
    ),
)  # fmt: skip
