"""公示: what a week of grid work came to, in counts only, as HTML that survives being pasted into a public article.

Nobody may be recognised: small counts are not told, nor what would give them away by subtraction; no grid, worker or
household is named. Styles stand in the elements, since editors of articles drop everything else.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridworker.domain.calendar import Week
from gridworker.exchange.weekly import save
from gridworker.reports.statistics import Figure
from gridworker.services import access, figures, overview
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace

LEAST: Final = 5
"""A count from 1 up to this is not told."""
LEAST_BELOW: Final = 20
"""A rate of fewer cases than this is not told."""
FEW: Final = f"少于{LEAST}"
WITHHELD: Final = "不单列"
OTHERS: Final = "其他"
NOTHING: Final = "—"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told: every text is ready to be read."""

    title: str
    days: str
    headline: tuple[tuple[str, str], ...]
    """Word and number."""
    rates: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, int], ...]
    """Kinds of new needs in the order of the list; small ones together."""
    communities: tuple[tuple[str, ...], ...]
    """Name, households met, new, closed."""


def write(workspace: Workspace, week: Week, out: Path) -> None:
    """Write the notice of a week and log that it left. Raises UserError where it cannot be written."""
    save(out, page(gather(workspace, week)).encode())
    access.note(workspace, "export", "notice")


def copied(workspace: Workspace, week: Week) -> str:
    """The notice to be pasted; it leaves like a written one."""
    access.note(workspace, "export", "notice")
    return section(gather(workspace, week))


def default_name(workspace: Workspace, week: Week) -> str:
    """A file name for a week's notice."""
    return f"{workspace.store.get('township') or '乡镇'}_第{week.number}周_公示.html"


def gather(workspace: Workspace, week: Week) -> Notice:
    """What may be told of a week."""
    found = overview.read(workspace, week, "community")
    new = figures.table(workspace, Period.of_week(week), "kind").lines_
    columns = [guarded([_count(line.measures, name) for line in found.lines]) for name in ("coverage", "new", "closed")]
    first, last = week.first_day, week.last_day
    return Notice(
        f"{workspace.store.get('township')}网格工作公示",
        f"{first.year}年第{week.number}周（{first.month}月{first.day}日—{last.month}月{last.day}日）",
        _headline(found.total),
        _rates(found.total),
        gathered([(line.label, _count(line.measures, "new")) for line in new]),
        ()
        if {*columns[0], *columns[1], *columns[2]} <= {WITHHELD, "0"}
        else tuple((line.label, *words) for line, *words in zip(found.lines, *columns, strict=True)),
    )


def _count(measures: dict[str, Figure], name: str) -> int:
    return measures[name].numerator if name in measures else 0


def _headline(total: dict[str, Figure]) -> tuple[tuple[str, str], ...]:
    """New, closed and open needs; the stock gives a small flow away from one week to the next."""
    flows = [_count(total, name) for name in ("new", "closed")]
    still = WITHHELD if any(0 < one < LEAST for one in flows) else told(_count(total, "open"))
    words = ("走访见面（户）", "新增诉求（件）", "办结诉求（件）", "正在办理（件）")
    numbers = (told(_count(total, "coverage")), *(told(one) for one in flows), still)
    return tuple(zip(words, numbers, strict=True))


def _rates(total: dict[str, Figure]) -> tuple[tuple[str, str], ...]:
    words = (("timeliness", "按时办结"), ("callback", "办结后回访"), ("satisfaction", "回访满意"))
    return tuple((word, rate(total.get(name))) for name, word in words)


def told(count: int) -> str:
    """A count, unless it is so small that somebody may be recognised."""
    return FEW if 0 < count < LEAST else str(count)


def rate(figure: Figure | None) -> str:
    """A rate in whole per cent, of enough cases only."""
    if figure is None or figure.value is None or (figure.denominator or 0) < LEAST_BELOW:
        return NOTHING
    return f"{figure.value:.0%}"


def guarded(counts: Sequence[int]) -> list[str]:
    """Counts beside their sum: small ones are withheld, and as many more as it takes to hide them in the sum."""
    hidden = {place for place, count in enumerate(counts) if 0 < count < LEAST}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= LEAST)
    while hidden and others and (len(hidden) == 1 or sum(counts[place] for place in hidden) < 2 * LEAST):
        hidden.add(others.pop(0)[1])
    return [WITHHELD if place in hidden else str(count) for place, count in enumerate(counts)]


def gathered(kinds: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Kinds with enough cases each; the small ones come together as one, with more until it is large enough."""
    told_, small = [one for one in kinds if one[1] >= LEAST], sum(count for _word, count in kinds if 0 < count < LEAST)
    while 0 < small < LEAST and told_:
        least = min(told_, key=lambda one: one[1])
        told_.remove(least)
        small += least[1]
    return (*told_, (OTHERS, small)) if told_ and small >= LEAST else tuple(told_)


_INK, _SOFT, _LINE, _BAR = "#1B2630", "#526070", "#DDE3E8", "#0F6E66"
_CELL = f"border:1px solid {_LINE};padding:6px 8px;text-align:center;"


def page(notice: Notice) -> str:
    """The whole file; what is pasted is the one section inside."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    body = section(notice)
    title = html.escape(notice.title)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}<title>{title}</title></head>\n'
        f'<body style="margin:16px;background:#FFFFFF;">\n{body}\n</body></html>\n'
    )


def section(notice: Notice) -> str:
    """The notice itself."""
    parts = [
        _styled("h2", notice.title, f"font-size:20px;text-align:center;margin:0 0 4px;color:{_INK};"),
        _styled("p", notice.days, f"text-align:center;color:{_SOFT};font-size:14px;margin:0 0 16px;"),
        _tiles(notice.headline),
        _heading("新增诉求是些什么事") + _bars(notice.kinds) if notice.kinds else "",
        _heading("各社区（村）")
        + _table(("社区（村）", "走访见面（户）", "新增（件）", "办结（件）"), notice.communities)
        if notice.communities
        else "",
        _heading("办得怎样")
        + _table(tuple(word for word, _rate in notice.rates), [[one for _word, one in notice.rates]]),
        _styled(
            "p",
            f"说明：只公布数字。不足 {LEAST} 的数不单列或并入“{OTHERS}”，不足 {LEAST_BELOW} 件的不算比率；"
            "见面户为本周至少见面一次的住户。要反映问题，请找本网格的网格员或到社区（村）便民服务站。",
            f"color:{_SOFT};font-size:13px;line-height:1.8;margin:16px 0 0;",
        ),
    ]
    inside = "\n".join(filter(None, parts))
    font = "-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
    return f'<section style="max-width:640px;margin:0 auto;font-family:{font};color:{_INK};">\n{inside}\n</section>'


def _styled(tag: str, text: str, style: str) -> str:
    return f'<{tag} style="{style}">{html.escape(text)}</{tag}>'


def _heading(text: str) -> str:
    style = f"font-size:16px;margin:20px 0 8px;padding-left:8px;border-left:4px solid {_BAR};color:{_INK};"
    return _styled("h3", text, style)


def _tiles(headline: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f'<td style="{_CELL}width:25%;background:#F7F9FA;">'
        + _styled("p", number, f"margin:0;font-size:20px;font-weight:bold;color:{_BAR};")
        + _styled("p", word, f"margin:2px 0 0;font-size:12px;color:{_SOFT};")
        + "</td>"
        for word, number in headline
    )
    return f'<table style="width:100%;border-collapse:collapse;table-layout:fixed;"><tr>{cells}</tr></table>'


def _bars(kinds: Sequence[tuple[str, int]]) -> str:
    most = max(count for _word, count in kinds)
    rows = "".join(
        f'<tr><td style="width:30%;padding:4px 8px 4px 0;font-size:14px;text-align:right;">{html.escape(word)}</td>'
        f'<td style="padding:4px 0;"><span style="display:inline-block;vertical-align:middle;height:14px;'
        f'background:#62B2A7;width:{max(1, round(75 * count / most))}%;"></span>'
        f'<span style="padding-left:8px;font-size:14px;font-weight:bold;">{count}</span></td></tr>'
        for word, count in kinds
    )
    return f'<table style="width:100%;border-collapse:collapse;">{rows}</table>'


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    head = "".join(_styled("th", text, _CELL + "background:#E7EEF7;font-size:14px;") for text in heads)
    rows = "".join(
        "<tr>" + "".join(_styled("td", text, _CELL + "font-size:14px;") for text in line) + "</tr>" for line in lines
    )
    return f'<table style="width:100%;border-collapse:collapse;"><tr>{head}</tr>{rows}</table>'
