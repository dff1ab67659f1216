"""居民: a person of a household. Only what grid work needs is collected (field.md §3.7, §5)."""

from gridworker.domain.declare import PLAIN, P, S, code, date, long, multi, ref, text
from gridworker.domain.ledger import Ledger, Mask

LEDGER = Ledger(
    name="resident",
    label="居民",
    letter="r",
    order=11,
    fields=(
        ref("household", "所属住户", "household", PLAIN, required=True),
        text(
            "name", "姓名", P, mask=Mask.NAME, required=True, synonyms=("成员姓名", "家庭成员", "人员姓名", "居民姓名")
        ),
        code("relation", "与户主关系", "relation", PLAIN, synonyms=("关系", "家庭关系", "与户主的关系")),
        text("id_no", "身份证号", S, synonyms=("身份证号码", "公民身份号码", "证件号码", "身份证", "证件号"), width=20),
        code("gender", "性别", "gender", PLAIN, width=6),
        date("birth", "出生日期", P, mask=Mask.BIRTH, synonyms=("出生年月", "出生年月日", "生日")),
        text(
            "phone",
            "本人电话",
            P,
            mask=Mask.PHONE,
            synonyms=("电话", "手机", "联系电话", "联系方式", "手机号码", "手机号"),
            width=13,
        ),
        multi("care_tags", "关爱类别", "care_tags", S, synonyms=("特殊类别", "人群类别")),
        code(
            "work_status", "就业状态", "work_status", PLAIN, synonyms=("就业情况", "目前状态", "务工情况", "就业状况")
        ),
        text("school", "就读学校", P, synonyms=("学校", "在读学校"), width=14),
        code("insurance", "参保类型", "insurance", PLAIN, synonyms=("医保类型", "参保情况", "险种", "医保参保")),
        code("residence", "居住状态", "residence", PLAIN, synonyms=("居住情况", "在家情况", "现状", "在外情况")),
        code("politics", "政治面貌", "politics", PLAIN, synonyms=("党员",)),
        long("note", "备注", P, synonyms=("说明",), width=18),
    ),
    groups={"identity": ("id_no", "birth", "gender")},
    title=("name",),
    keys_from=("identity",),
)
