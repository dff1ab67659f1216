"""One cell of a foreign sheet: its canonical value, and the question it raises."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from gridworker.domain import values
from gridworker.domain.calendar import Week
from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.text import money
from gridworker.domain.text.address import parse_address
from gridworker.domain.text.blanks import DITTO_MARK, clean_text, is_blank, is_ditto, is_error_value
from gridworker.domain.text.date_forms import fold_date
from gridworker.domain.text.dates import DateContext, parse_date
from gridworker.domain.text.parsed import Parsed, message_for
from gridworker.domain.versions.entries import Value
from gridworker.exchange.model import RawValue
from gridworker.exchange.typing_values import plain
from gridworker.i18n import _

_LISTED: Final = frozenset({Kind.CODE, Kind.MULTI})
_ONE_NAME: Final = frozenset({"head", "name", "raised_by", "child"})
_NUMBER: Final = re.compile("[0-9０-９]{3}|[0-9０-９]+[人户件口起]")
_EXPLAINED: Final = re.compile(r"(?P<name>[一-鿿·\s]{2,8})[(（][^()（）]{1,12}[)）]")
"""A name with more behind it: 李四（已故）."""
_MARK: Final = re.compile(r"[、,，;；/\n]")
_SEVERAL: Final = re.compile(r"[、,，;；/\n]|(?<=[一-鿿]{2})\s+(?=[一-鿿]{2})")
_STAMP: Final = re.compile(r"[(（](?:盖章|公章|签章|签字|签名|手印)[)）]")
"""Where somebody is to sign or put a stamp: it says nothing yet."""
_MAY_SAY_NOTHING: Final = re.compile(r"^\s*#|[)）]\s*$|" + DITTO_MARK.pattern)
"""Every error of a spreadsheet program, every place for a stamp, all that stands for the cell above; little else."""
_CALLED: Final = re.compile("(?:小区|花园|家园|社区|村民组|村|组)+$")
_DAYS: Final = frozenset({Kind.DATE, Kind.TIME})
_WITHOUT_YEAR: Final = frozenset({"birth"})
"""Days that have nothing to do with the time of the report."""
_DAYS_OR_MORE: Final = frozenset({"treated_on"})
"""Texts of a day or of a time from one to another: where a cell is one day, it is written like all days."""
_AHEAD: Final = frozenset({"due_on", "next_on"})
_FOUR_DIGITS: Final = re.compile(r"[0-9]{4}|[〇零一二三四五六七八九]{4}年")
_IN_TEXT: Final = re.compile(
    r"(?P<year>20[0-9]{2})\s*[年./-]\s*(?P<month>1[0-2]|0?[1-9])"
    r"(?:月?\s*[-~—–至到]+\s*(?P<until>1[0-2]|0?[1-9])月|\s*[月./-]\s*(?P<day>[0-9]{1,2})日?"
    r"(?:\s*[-~—–至到]+\s*(?:(?P<last_month>[0-9]{1,2})\s*[月./-]\s*)?(?P<last_day>[0-9]{1,2})日?(?![0-9]))?)?"
)
_HAN_DAY: Final = re.compile(
    "[〇○零一二三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?"
)
_BORN: Final = re.compile(r"(?:19|20)[0-9]{2}\s*[年./-][^,，;；。()（）]{0,30}?(?:出生|生日)")
"""Whom a sheet is about, by age: 2019年9月1日至2020年8月31日出生 says nothing of when it was made."""
_WEEK: Final = re.compile(r"(?<!月)(?<!月份)第\s*([0-9]{1,2})\s*周(?!岁)")
_YEAR: Final = re.compile(r"(?<![0-9])(20[0-9]{2})\s*(?:年|(?![0-9]))")


@dataclass(frozen=True, slots=True)
class Question:
    """What is doubtful about a cell: a code for programs, a sentence with the remedy for people."""

    code: str
    message: str


class Reading(NamedTuple):
    """The value a cell comes to and the question it raises, if any."""

    value: Value
    question: Question | None = None
    is_ditto: bool = False
    """Whether the cell only repeats the one above."""


_NOTHING: Final = Reading(None)
_DITTO: Final = Reading(None, is_ditto=True)


def cell_reader(field: Field, context: DateContext, factor: int = 1) -> Callable[[RawValue], Reading]:
    """What reads the cells of a column. Nothing doubtful passes without a question."""
    parse, doubt = _parser(field, context, factor), _doubts(field, context)
    takes_blanks = field.kind is not Kind.LONG

    def read(raw: RawValue) -> Reading:
        told = raw if isinstance(raw, str) else plain(raw)
        if isinstance(told, str) and _MAY_SAY_NOTHING.search(told):
            if is_ditto(told):
                return _DITTO
            if is_error_value(told):
                return Reading(None, fault_question("error_cell"))
            if _STAMP.fullmatch(told.strip()):
                return _NOTHING
        if not takes_blanks and is_blank(told):
            return _NOTHING
        value, issue = parse(told)
        issue = issue or (doubt(raw, value) if doubt else None)
        if not issue:
            return Reading(value)
        return Reading(value, Question(issue, values.explain(field, told, value, issue)))

    return read


def _parser(field: Field, context: DateContext, factor: int) -> values.Parser:
    if field.kind is Kind.MONEY:
        return lambda raw: money.parse(raw, factor)
    parse = values.parser(field, replace(context, year=None, month=None) if field.name in _WITHOUT_YEAR else context)
    if field.name in _DAYS_OR_MORE:
        return partial(_one_day, parse, context)
    return partial(_one_name, parse) if field.name in _ONE_NAME else parse


def _one_day(parse: values.Parser, context: DateContext, raw: values.Raw) -> Parsed:
    """A day where a cell holds no more, with what is asked about it, else its words."""
    found = parse_date(raw, context)
    return found if found.value is not None and found.issue in (None, "ambiguous") else parse(raw)


def _one_name(parse: values.Parser, raw: values.Raw) -> Parsed:
    """The first of several names in a cell; what holds a number as well is asked about."""
    found = parse(raw)
    if isinstance(raw, str) and _NUMBER.search(raw):
        return Parsed(found.value, found.issue or "invalid")
    if isinstance(raw, str) and (explained := _EXPLAINED.fullmatch(raw.strip())):
        return Parsed(parse(explained["name"]).value, found.issue or "ambiguous")
    if not isinstance(raw, str) or not _SEVERAL.search(raw):
        return found
    parts = [part for part in _SEVERAL.split(clean_text(raw)) if part.strip()]
    is_padded = " " not in str(found.value) and not _MARK.search(raw)
    return found if len(parts) < 2 or is_padded else Parsed(parse(parts[0]).value, "multiple")


def _doubts(field: Field, context: DateContext) -> Callable[[RawValue, Value], str | None] | None:
    """What the parser cannot see: words outside of a list, days ahead that lie behind."""
    if field.kind in _LISTED:
        return partial(_unlisted, field, frozenset(code_list(field.of).codes()))
    if field.name in _AHEAD and context.year:
        return partial(_behind, date(context.year, context.month or 1, 1).isoformat())
    return None


def _unlisted(field: Field, known: frozenset[str], _raw: RawValue, value: Value) -> str | None:
    parts = values.split_multi(value) if field.kind is Kind.MULTI else [str(value)]
    return None if value is None or known.issuperset(parts) else "invalid"


def _behind(begin: str, raw: RawValue, value: Value) -> str | None:
    is_without_year = isinstance(raw, str) and not _FOUR_DIGITS.search(raw)
    return "ambiguous" if value and is_without_year and str(value) < begin else None


def fault_question(fault: str) -> Question:
    """What is asked where a cell only looks blank."""
    sentences: dict[str, Callable[[], str]] = {
        "error_cell": lambda: _("这一格是公式错误，没有采用；请改成值再导入。"),
        "formula_without_value": lambda: _("这一格的公式没有算出值；请在 Excel 或 WPS 里打开、存盘后再导入。"),
        "several_ticks": lambda: _("这一组里不止一格打了勾，没有采用；请只留一个勾。"),
        "unknown_mark": lambda: _("这一格不像打勾（√、1、是），这一组没有采用；请在选中的那一格打勾，其余清空。"),
        "two_facts": lambda: _(
            "这一格里像是写了不止一样（名字、别人、电话或性别），没能分清，没有采用；请一栏只写一样。"
        ),
        "picture": lambda: _("这一格是图片，没有采用；请把内容写成文字。"),
    }
    return Question(fault, sentences[fault]())


def ditto_question() -> Question:
    """What is asked where a cell says 同上."""
    return Question("ambiguous", _("写的是“同上”，照上一行填了；请核对。"))


def ditto_of_nothing() -> Question:
    """What is asked where a cell repeats one above that says nothing itself."""
    return Question("ambiguous", _("“同上”的上面没有内容，先空着；请对照原表填上。"))


def year_question() -> Question:
    """What is asked where the year of a day was taken from the other days of its column."""
    return Question("ambiguous", _("没写年份，照同一栏其他日期补的；请核对。"))


def says_the_same(one: str, other: str) -> bool:
    """Whether two names of an estate differ only in what they are called or lie in: 东湾, 东湾小区, 金安区东湾小区."""
    bare, bare_other = (_CALLED.sub("", text) for text in (one, other))
    return bool(bare and bare_other) and (bare in bare_other or bare_other in bare)


def contradicted(address: str, own: str) -> Question:
    """What is asked where an address and the column for one of its parts say otherwise."""
    message = _("住址里写的是“{address}”，另一栏写的是“{own}”，照另一栏填了；请核对。")
    return Question("ambiguous", message.format(address=address, own=own))


def split_address(raw: RawValue) -> tuple[dict[str, Value], Question | None]:
    """Estate, building, unit and room of an address in one cell; absent parts are left out."""
    if raw is None or is_blank(plain(raw)):
        return {}, None
    text = str(plain(raw))
    several = _MARK.split(text)
    found = first = parse_address(several[0])
    if len(several) > 1:
        found = parse_address(text)
        if first.building and first.room and found.estate != first.estate:
            return split_address(several[0])[0], Question("multiple", message_for("multiple"))
    texts = {"estate": found.estate, "building": found.building, "unit": found.unit, "room": found.room}
    parts: dict[str, Value] = {f"household.{name}": text for name, text in texts.items() if text}
    question = (
        None if found.room else Question("partial", _("地址里没认出门牌号；请写成“小区几栋几单元几室”或“某某组几号”。"))
    )
    return parts, question


def is_of_report(field: Field) -> bool:
    """Whether days of a field lie near that of the report, so that its year may be theirs."""
    return field.name in _DAYS_OR_MORE or (field.kind in _DAYS and field.name not in _WITHOUT_YEAR)


def is_short_day(raw: RawValue) -> bool:
    """Whether a day lacks the year that the sheet has to tell."""
    return isinstance(raw, str) and any(map(str.isdigit, raw)) and not _FOUR_DIGITS.search(raw)


def context_of(texts: Sequence[str]) -> DateContext:
    """Year, month and last day that the title, the line below it, the sheet or the file name speak of."""
    texts = [_HAN_DAY.sub(lambda found: fold_date(found[0]), _BORN.sub("", text)) for text in texts]
    for text in texts:
        found = [day for one in _IN_TEXT.finditer(text) if (day := _last_of(one))]
        if found:
            return max(found, key=lambda one: (one.year or 0, one.month or 0))
    years = [int(year) for text in texts for year in _YEAR.findall(text)]
    return _up_to_week(years[0], texts) if years else DateContext()


def _up_to_week(year: int, texts: Sequence[str]) -> DateContext:
    """A year, up to the end of the week of it that is told: 12月30日 of 2027年第1周 was in 2026."""
    numbers = [int(found[1]) for text in texts for found in _WEEK.finditer(text)]
    if len(set(numbers)) != 1:
        return DateContext(year)
    try:
        end = Week(year, numbers[0]).last_day
    except ValueError:
        return DateContext(year)
    return DateContext(end.year, end.month, end)


def _last_of(found: re.Match[str]) -> DateContext:
    year, month = int(found["year"]), int(found["last_month"] or found["until"] or found["month"])
    day = found["last_day"] or found["day"]
    try:
        return DateContext(year, month, date(year, month, int(day)) if day else None)
    except ValueError:
        return DateContext(year)
