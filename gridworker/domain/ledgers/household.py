"""住户: one door; the denominator of every coverage figure."""

from gridworker.domain.declare import PLAIN, P, S, code, long, multi, ref, text
from gridworker.domain.ledger import Ledger, Mask

LEDGER = Ledger(
    name="household",
    label="住户",
    letter="h",
    order=10,
    fields=(
        ref("grid", "网格", "grid", PLAIN, required=True, synonyms=("所属网格", "网格编号", "网格名称")),
        text("estate", "小区／村民组", PLAIN, synonyms=("小区", "小区名称", "村民组", "组", "村组", "组别"), width=14),
        text("building", "楼栋", PLAIN, synonyms=("栋", "幢", "楼号", "楼栋号", "栋号", "楼栋名称"), width=7),
        text("unit", "单元", PLAIN, synonyms=("单元号",), width=7),
        text(
            "room",
            "室／门牌号",
            P,
            mask=Mask.ROOM,
            synonyms=("室", "室号", "房号", "房间号", "门牌", "门牌号"),
            width=10,
        ),
        text("head", "户主", P, mask=Mask.NAME, synonyms=("户主姓名", "被走访人", "走访对象", "被访人", "被走访户主")),
        text(
            "phone",
            "联系电话",
            P,
            mask=Mask.PHONE,
            synonyms=("电话", "手机", "联系方式", "户主电话", "手机号码"),
            width=13,
        ),
        code("care_level", "关注等级", "care_level", S, synonyms=("户别等级", "关注程度", "等级", "关注级别"), width=9),
        multi(
            "tags",
            "户别标签",
            "household_tags",
            S,
            synonyms=("户别", "类别", "人员类别", "户类别", "重点类别", "户情", "困难类型", "家庭类型"),
        ),
        code("housing", "房屋使用情况", "housing", PLAIN, synonyms=("使用方式", "房屋状态", "房屋性质"), width=12),
        long("note", "备注", P, synonyms=("说明",), width=18),
    ),
    groups={"address": ("estate", "building", "unit", "room")},
    title=("estate", "building", "unit", "room", "head"),
    keys_from=("address",),
    sheet="住户名册",
    columns=(
        "estate",
        "building",
        "unit",
        "room",
        "head",
        "phone",
        "care_level",
        "tags",
        "housing",
        "=last_met",
        "=next_due",
        "=open_needs",
        "note",
    ),
)
