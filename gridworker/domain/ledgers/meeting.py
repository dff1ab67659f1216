"""议事会: a meeting where residents deliberate (field.md §3.13); what was put to it are its topics."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, choice, date, estate, grid, number, people, person, remark, text, time
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import ends_after_start, present_of_invited
from gridworker.domain.versions.entries import Value


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    return {**present_of_invited(values), **ends_after_start(values, "public_from", "public_until")}


LEDGER = Ledger(
    name="meeting",
    label="议事会",
    letter="m",
    order=130,
    area="议事协商",
    fields=(
        grid(required=True),
        estate(),
        text("name", "会议名称", PLAIN, required=True, synonyms=("会议", "会议主题"), width=18),
        choice(
            "kind",
            "会议类型",
            ("居民议事会", "居民会议", "居民代表会议", "业主大会", "业委会会议", "恳谈会", "共建共享委员会", "其他"),
            PLAIN,
        ),
        text("number", "届次／编号", PLAIN, synonyms=("届次", "会议编号")),
        time("held_at", "会议时间", PLAIN, synonyms=("时间", "召开时间", "开会时间")),
        text("place", "会议地点", PLAIN, synonyms=("地点", "召开地点"), width=14),
        person("host", "主持人"),
        person("recorder", "记录人"),
        number("invited", "应到", PLAIN, synonyms=("应到人数",)),
        number("present", "实到", PLAIN, synonyms=("实到人数", "到会人数")),
        people("attendees", "出席人员", synonyms=("参会人员", "到会人员")),
        people("observers", "列席人员"),
        people("absent", "缺席（原因）", synonyms=("缺席", "缺席人员", "请假人员")),
        choice("state", "会议状态", ("筹备", "已通知", "进行中", "已召开"), PLAIN),
        date("public_from", "公示起", PLAIN, synonyms=("公示开始",)),
        date("public_until", "公示止", PLAIN, synonyms=("公示结束",)),
        remark(),
    ),
    groups={"attendance": ("invited", "present")},
    title=("held_at", "name"),
    asked=("grid", "estate", "name", "kind", "held_at", "place", "host", "recorder"),
    sheet="议事会台账",
    columns=(
        "held_at",
        "name",
        "kind",
        "number",
        "place",
        "host",
        "recorder",
        "invited",
        "present",
        "attendees",
        "state",
        "public_from",
        "public_until",
        "note",
    ),
    called=("议事会记录", "会议台账", "居民议事会"),
    check=_check,
)
