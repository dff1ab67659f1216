"""当事人: who stands against whom in a dispute (field.md §3.5)."""

from gridworker.domain.declare import PLAIN, S, choice, code, person, phone, ref, remark, text
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="party",
    label="当事人",
    letter="k",
    order=160,
    area="调解",
    fields=(
        ref("need", "纠纷", "need", PLAIN, required=True, synonyms=("诉求编号", "纠纷编号")),
        choice(
            "side",
            "哪一方",
            (("甲方", "当事人甲", "申请人"), ("乙方", "当事人乙", "被申请人"), "其他"),
            PLAIN,
            required=True,
        ),
        person("name", "当事人姓名", required=True, synonyms=("当事人",)),
        code("gender", "性别", "gender", PLAIN, width=6),
        phone(),
        text("address", "住址", S, width=16),
        text("workplace", "单位", S, width=14),
        remark(),
    ),
    title=("side", "name"),
    sheet="当事人",
    columns=("need:number", "side", "name", "gender", "phone", "address", "workplace", "note"),
)
