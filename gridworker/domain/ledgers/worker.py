"""网格员: who walks a grid, and since when."""

from gridworker.domain.declare import PLAIN, P, date, text
from gridworker.domain.ledger import Ledger, Mask

LEDGER = Ledger(
    name="worker",
    label="网格员",
    letter="w",
    order=2,
    fields=(
        text("code", "网格员编号", PLAIN, required=True, synonyms=("工号", "人员编号")),
        text("name", "网格员", PLAIN, required=True, synonyms=("网格员姓名", "专职网格员")),
        text("phone", "网格员电话", P, mask=Mask.PHONE, synonyms=("网格员联系电话",), width=13),
        text("grids", "负责网格", PLAIN, synonyms=("所管网格",), width=16),
        date("from", "到岗日期", PLAIN, synonyms=("任职时间",)),
        date("until", "离岗日期", PLAIN, synonyms=("离职时间",)),
    ),
    title=("name",),
)
