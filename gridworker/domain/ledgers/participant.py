"""参与: who took part in a meeting or an activity, and as what; participation by age and building comes from here."""

from gridworker.domain.declare import PLAIN, choice, choices, grid, person, ref, remark
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import AGE_GROUPS

LEDGER = Ledger(
    name="participant",
    label="参与人员",
    letter="q",
    order=141,
    area="活动",
    fields=(
        grid(),
        ref("meeting", "会议", "meeting", PLAIN),
        ref("activity", "活动", "activity", PLAIN, synonyms=("活动名称",)),
        ref("resident", "居民", "resident", PLAIN),
        ref("household", "住户", "household", PLAIN),
        person("name", "姓名", required=True, synonyms=("参加人", "参加人员", "签到")),
        choice("age_group", "年龄段", AGE_GROUPS, PLAIN),
        choices(
            "role", "参与方式",
            ("参加", "发言", ("表决", "投票"), ("志愿服务", "志愿者"), "组织", ("发起", "发起人")), PLAIN,
            synonyms=("身份",),
        ),
        remark(),
    ),
    title=("name", "role"),
    asked=("meeting", "activity", "household", "resident", "name", "age_group", "role", "note"),
    sheet="参与人员",
    columns=("meeting:name", "activity:name", "household:address", "name", "age_group", "role", "note"),
    called=("签到表", "参会人员名单"),
)  # fmt: skip
