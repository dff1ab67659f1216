"""Canonical values: how each kind of field is read, compared, shown and sent as JSON.

In memory: text, `YYYY-MM-DD[THH:MM]`, int (money in fen), bool, code names, a multi as its codes joined by commas
in the list's order, a reference as an id, or as text where the record is not known.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Final

from gridworker.domain import ids
from gridworker.domain.codes import CodeList, code_list
from gridworker.domain.ledger import Field, Kind, Mask
from gridworker.domain.rules import restricted
from gridworker.domain.text import dates, id_number, money, names, numbers, phone, yes_no
from gridworker.domain.text.address import clean_building, clean_estate, clean_room, clean_unit
from gridworker.domain.text.blanks import clean_text, is_blank
from gridworker.domain.text.parsed import BLANK, Parsed, message_for
from gridworker.domain.versions.entries import MISSING, Masked, Plain, Value
from gridworker.i18n import _

Raw = str | int | float | bool | date | datetime | None
NO_CONTEXT: Final = dates.DateContext()
LONGEST: Final = 10_000
"""Characters of one text: a cell of a workbook holds 32 767, and nobody types more than this at a door."""

_ADDRESS: Final = {"estate": clean_estate, "building": clean_building, "unit": clean_unit, "room": clean_room}
_NAMES: Final = frozenset({"head", "name", "raised_by", "met", "child"})
_NONE_OF_THEM: Final = frozenset(
    ["否", "不是", "均不是", "普通", "普通户", "普通家庭", "一般", "一般户", "一般家庭", "正常户"]
)
"""What answers a list of several words with none of them: 就业困难类型 否, 户别 普通户."""
_SEPARATORS: Final = str.maketrans("、，；;/|\n+＋┋", ",,,,,,,,,,")


Parser = Callable[[Raw], Parsed]


def _text_parser(field: Field) -> Parser:
    if field.name == "id_no":
        return id_number.parse
    if field.mask is Mask.PHONE:
        return phone.parse
    if clean := _ADDRESS.get(field.name):
        return lambda raw: Parsed(clean(raw) or None)
    if field.mask is Mask.NAME or field.name in _NAMES:
        return lambda raw: Parsed(names.clean_name(clean_text(_whole(raw))) or None)
    return lambda raw: Parsed(clean_text(_whole(raw)) or None)


def _parse_code(field: Field, raw: Raw) -> Parsed:
    text = clean_text(_whole(raw))
    found = code_list(field.of).find(text or _whole(raw))
    return Parsed(found or text or None) if found or not restricted.speaks_of(text) else Parsed(None, "restricted")


def _parse_multi(field: Field, raw: Raw) -> Parsed:
    known = code_list(field.of)
    if restricted.speaks_of(str(raw)):
        return Parsed(None, "restricted")
    if is_none_of_them(raw) and not known.find(clean_text(_whole(raw))):
        return BLANK
    parts = [part.strip() for part in clean_text(_whole(raw)).translate(_SEPARATORS).split(",")]
    return Parsed(join_multi(field, [word for part in parts if part for word in _words(known, part)]) or None)


def is_none_of_them(raw: object) -> bool:
    """Whether a cell answers a list of several words with none of them."""
    return isinstance(raw, str) and clean_text(raw) in _NONE_OF_THEM


def _words(known: CodeList, part: str) -> list[str]:
    """The codes of a word, of several apart by blanks, or of two written as one: 高龄独居 is 高龄老人 and 独居老人."""
    if whole := known.find(part):
        return [whole]
    apart = [known.find(one) for one in part.split()]
    if len(apart) > 1 and all(apart):
        return [one for one in apart if one]
    cuts = range(2, len(part) - 1)
    pairs = [(one, two) for cut in cuts if (one := known.find(part[:cut])) and (two := known.find(part[cut:]))]
    return list(pairs[0]) if len(pairs) == 1 else [part]


def _parse_ref(raw: Raw) -> Parsed:
    text = clean_text(_whole(raw))
    try:
        return Parsed(ids.from_text(text))
    except ValueError:
        return Parsed(text or None)


def _whole(raw: Raw) -> str:
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


_PARSERS: Final[Mapping[Kind, Callable[[Field], Parser]]] = {
    Kind.TEXT: _text_parser,
    Kind.LONG: _text_parser,
    Kind.INT: lambda _field: numbers.parse_int,
    Kind.MONEY: lambda _field: money.parse,
    Kind.BOOL: lambda _field: yes_no.parse_yes_no,
    Kind.CODE: lambda field: partial(_parse_code, field),
    Kind.MULTI: lambda field: partial(_parse_multi, field),
    Kind.REF: lambda _field: _parse_ref,
}
_DAYS: Final = {Kind.DATE: dates.parse_date, Kind.TIME: dates.parse_time}
_TAKE_BLANKS: Final = frozenset({Kind.BOOL, Kind.LONG})
"""Kinds to which 无 and the like are words like others."""


def parse(field: Field, raw: Raw, context: dates.DateContext = NO_CONTEXT) -> Parsed:
    """Read what somebody typed or a cell holds, as far as it is certain."""
    return parser(field, context)(raw)


def parser(field: Field, context: dates.DateContext = NO_CONTEXT) -> Parser:
    """What reads a field, made ready for many cells of it."""
    is_day = field.kind in _DAYS
    read = partial(_DAYS[field.kind], context=context) if is_day else _PARSERS[field.kind](field)
    takes_blanks = is_day or field.kind in _TAKE_BLANKS

    def parse_one(raw: Raw) -> Parsed:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return BLANK
        if isinstance(raw, str) and len(raw) > LONGEST:
            return Parsed(None, "too_long")
        if not takes_blanks and is_blank(raw) and not _is_word(field, raw):
            return BLANK
        return read(raw)

    return parse_one


def _is_word(field: Field, raw: Raw) -> bool:
    """Whether a list knows what elsewhere says nothing, as 空 is 空置 of a flat."""
    return field.kind is Kind.CODE and isinstance(raw, str) and code_list(field.of).find(raw) is not None


def explain(field: Field, raw: Raw, value: Value, issue: str) -> str:
    """What is wrong with a given value and what to do, in one sentence."""
    if issue == "partial":
        return _of_partial(field)
    return (_of_invalid(field, raw, value) if issue == "invalid" else "") or message_for(issue)


def _of_partial(field: Field) -> str:
    if field.kind in _DAYS:
        return _("日期没有写全（缺年、月或日），没有采用；请写成 2026-11-09 这样。")
    if field.mask is Mask.PHONE or field.name == "id_no":
        return _("号码有几位被遮住或没有写，没有采用；请填写完整号码。")
    return message_for("partial")


def _of_invalid(field: Field, raw: Raw, value: Value) -> str:
    """What the kind of the field says of it; empty where nothing more is known."""
    if field.mask is Mask.PHONE:
        return phone.remedy(raw)
    if field.name == "id_no":
        kept = _("身份证号的校验位对不上，先照原样保留；请对照证件核对。")
        return kept if value else _("不是身份证号（应为18位），没有采用；请对照证件改正。")
    if field.kind in {Kind.CODE, Kind.MULTI}:
        return _("“{label}”里没有这个词，先照原样保留；请核对或换成已有的词。").format(label=_(field.label))
    if field.kind in _DAYS and not value:
        return _("看不出是哪一天，没有采用；请写成 2026-11-09 这样。")
    if field.kind is Kind.MONEY and not value:
        return _("看不出是多少钱，没有采用；请填数字，如 3500 或 1.2万元。")
    return ""


def unknown_words(field: Field, value: Value) -> list[str]:
    """Words of a code or multi value that its list does not know; they are kept, and asked about."""
    if field.kind not in {Kind.CODE, Kind.MULTI}:
        return []
    known = frozenset(code_list(field.of).codes())
    return [word for word in split_multi(value) if word not in known]


def join_multi(field: Field, codes: list[str]) -> str:
    """Codes as one canonical text: each once, in the list's order, unknown ones last."""
    order = {code: place for place, code in enumerate(code_list(field.of).codes())}
    unique = dict.fromkeys(codes)
    return ",".join(sorted(unique, key=lambda code: (order.get(code, len(order)), code)))


def split_multi(value: Value) -> list[str]:
    """The codes of a multi value."""
    return value.split(",") if isinstance(value, str) and value else []


def display(  # noqa: PLR0911 - one answer per kind of field
    field: Field, value: Value, name_of: Callable[[str, ids.Id], str] | None = None
) -> str:
    """The value in the words of the field; `name_of(ledger, id)` names other records."""
    if isinstance(value, Masked):
        return value.text
    if value is None or value is MISSING:
        return ""
    if field.kind is Kind.CODE:
        return code_list(field.of).label(str(value))
    if field.kind is Kind.MULTI:
        return "、".join(code_list(field.of).label(code) for code in split_multi(value))
    if field.kind is Kind.BOOL:
        return "是" if value else "否"
    if field.kind is Kind.MONEY:
        return money.format_yuan(int(value))
    if field.kind is Kind.TIME:
        return str(value).replace("T", " ")
    if field.kind is Kind.REF and isinstance(value, int):
        return name_of(field.of, value) if name_of else ids.to_text(value)
    return str(value)


def canonical_text(field: Field | None, value: Value) -> str:
    """The one text by which equal values of a field are equal; what tokens hash."""
    if isinstance(value, Masked):
        return value.text
    if value is None or value is MISSING:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if field is not None and field.kind is Kind.REF and isinstance(value, int):
        return ids.to_text(value)
    return str(value)


def to_json(field: Field | None, value: Value) -> object:
    """The value as the command line and `dump` show it."""
    if isinstance(value, Masked):
        return {"masked": value.text}
    if value is MISSING:
        return {"missing": True}
    if field is None or value is None:
        return value
    if field.kind is Kind.MULTI:
        return split_multi(value)
    if field.kind is Kind.REF and isinstance(value, int):
        return ids.to_text(value)
    return value


def from_json(field: Field, given: object, context: dates.DateContext = NO_CONTEXT) -> Parsed:
    """A value of `add` and `set`: typed JSON, or text as a person would type it; money as int is fen."""
    if isinstance(given, list):
        return parse(field, ",".join(str(one) for one in given))
    if field.kind is Kind.MONEY and isinstance(given, int) and not isinstance(given, bool):
        return Parsed(given)
    if field.kind is Kind.INT and isinstance(given, int):
        return Parsed(int(given))
    if isinstance(given, (str, int, float, bool)) or given is None:
        return parse(field, given, context)
    return Parsed(None, "invalid")


def plain(value: Value) -> Plain:
    """The value if it is one in full, else None."""
    return None if isinstance(value, Masked) or value is MISSING else value
