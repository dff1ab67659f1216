"""网格: the area one worker walks."""

from gridworker.domain.declare import PLAIN, text
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="grid",
    label="网格",
    letter="g",
    order=1,
    fields=(
        text("code", "网格编号", PLAIN, required=True, synonyms=("网格编码", "网格代码")),
        text("name", "网格名称", PLAIN, required=True, synonyms=("所属网格", "网格"), width=18),
        text("community", "社区（村）", PLAIN, synonyms=("社区", "村", "村（社区）", "所属社区", "村居"), width=14),
        text("township", "乡镇", PLAIN, synonyms=("镇", "乡", "街道", "乡镇（街道）", "所属乡镇")),
        text("paired_unit", "包保单位", PLAIN, synonyms=("结对单位", "联系单位"), width=18),
    ),
    title=("code", "name"),
)
