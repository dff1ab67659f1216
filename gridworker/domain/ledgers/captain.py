"""楼长: who looks after a building (field.md §3.12). No points are kept, on purpose."""

from gridworker.domain.declare import PLAIN, P, building, choice, code, date, estate, grid, long, person, phone, remark
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="captain",
    label="楼长",
    letter="c",
    order=110,
    area="楼长",
    fields=(
        grid(required=True),
        estate(),
        building(),
        person("name", "楼长姓名", required=True, synonyms=("楼栋长", "楼长", "楼栋长姓名")),
        phone(),
        code("gender", "性别", "gender", PLAIN, width=6),
        code("politics", "政治面貌", "politics", PLAIN),
        choice("chosen_by", "产生方式", (("自荐", "自愿报名"), ("推荐", "举荐", "推选"), ("招录", "招聘")), PLAIN),
        date("from_on", "任期起", PLAIN, synonyms=("任职时间", "聘任日期", "任期开始")),
        date("until_on", "任期止", PLAIN, synonyms=("任期结束", "卸任日期", "届满日期")),
        long("duties", "职责", P, synonyms=("工作职责", "负责事项")),
        remark(),
    ),
    title=("estate", "building", "name"),
    asked=("grid", "estate", "building", "name", "phone", "chosen_by", "from_on", "until_on"),
    sheet="楼长名册",
    columns=("estate", "building", "name", "phone", "chosen_by", "from_on", "until_on", "politics", "duties", "note"),
    called=("楼栋长名册", "楼长信息", "楼栋长信息"),
)
