"""议题: what residents propose, from whoever raised it to the resolution and back to them (field.md §3.13)."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, P, choice, date, grid, long, number, person, ref, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import counted_votes
from gridworker.domain.versions.entries import Value


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    return counted_votes(values)


LEDGER = Ledger(
    name="topic",
    label="议题",
    letter="t",
    order=131,
    area="议事协商",
    fields=(
        grid(required=True),
        text("title", "议题", PLAIN, required=True, synonyms=("议题名称", "提议", "提案", "议题内容"), width=18),
        long("content", "提议内容", P, synonyms=("具体内容", "提案内容")),
        person("raised_by", "提出人", synonyms=("提议人", "议题来源", "提案人")),
        date("raised_on", "提出日期", PLAIN, synonyms=("提议日期", "收集日期")),
        ref("household", "提出人住户", "household", PLAIN),
        ref("visit", "走访记录", "visit", PLAIN),
        ref("need", "来自诉求", "need", PLAIN),
        ref("meeting", "会议", "meeting", PLAIN, synonyms=("会议名称",)),
        number("place", "议程序号", PLAIN, synonyms=("议程",)),
        choice(
            "state", "议题状态",
            (("收集", "受理"), ("列入议程", "审查通过"), ("已表决", "已决议"), ("实施中", "办理中"), ("已完成", "办结"),
             ("不予采纳", "不受理")), PLAIN, synonyms=("办理状态", "状态"),
        ),
        long("minutes", "发言要点", P, synonyms=("讨论情况", "发言记录")),
        choice("vote_mode", "表决方式", ("举手", "投票", "线上", "一致同意"), PLAIN),
        number("in_favour", "赞成", PLAIN, synonyms=("赞成票", "同意")),
        number("against", "反对", PLAIN, synonyms=("反对票", "不同意")),
        number("abstained", "弃权", PLAIN, synonyms=("弃权票",)),
        choice("decision", "表决结果", ("通过", ("未通过", "不通过"), "暂缓"), PLAIN),
        long("resolution", "决议", P, synonyms=("决议内容", "议定事项")),
        date("due_on", "答复时限", PLAIN, synonyms=("答复期限",)),
        long("answer", "答复提出人", P, synonyms=("答复", "反馈意见", "答复内容")),
        date("answered_on", "答复日期", PLAIN, synonyms=("反馈日期",)),
        remark(),
        ref("continues", "续议自", "topic", PLAIN),
    ),
    groups={"votes": ("vote_mode", "in_favour", "against", "abstained")},
    title=("title", "state"),
    asked=("grid", "title", "content", "raised_by", "raised_on", "household", "meeting", "due_on"),
    sheet="议题台账",
    columns=(
        "title", "raised_by", "raised_on", "meeting:name", "state", "in_favour", "against", "abstained", "decision",
        "resolution", "due_on", "answered_on",
    ),
    called=("议题清单", "居民提议", "提案台账"),
    check=_check,
)  # fmt: skip
