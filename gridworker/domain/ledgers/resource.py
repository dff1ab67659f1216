"""资源清单: what a unit or organisation can give (field.md §3.16)."""

from gridworker.domain.declare import PLAIN, choice, grid, person, phone, ref, remark, text
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="resource",
    label="资源",
    letter="s",
    order=122,
    area="包保共建",
    fields=(
        grid(),
        text("name", "资源名称", PLAIN, required=True, synonyms=("资源",), width=18),
        choice("kind", "资源类型", ("场地", "人才", "资金", "服务", "物资"), PLAIN, synonyms=("类型",)),
        ref("paired_unit", "包保单位", "paired_unit", PLAIN, synonyms=("提供单位", "单位")),
        ref("organisation", "组织", "organisation", PLAIN),
        text("amount", "数量", PLAIN),
        text("open_at", "可用时间", PLAIN, synonyms=("开放时间",), width=14),
        person("contact", "联系人"),
        phone(),
        remark(),
    ),
    title=("name", "kind"),
    asked=("name", "kind", "paired_unit", "organisation", "amount", "open_at", "contact", "phone"),
    sheet="资源清单",
    columns=("name", "kind", "paired_unit:name", "organisation:name", "amount", "open_at", "contact", "phone", "note"),
)
