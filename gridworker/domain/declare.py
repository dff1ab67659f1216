"""The few words a ledger declaration is written in."""

from typing import Final, TypedDict, Unpack

from gridworker.domain.codes import inline
from gridworker.domain.ledger import Field, Kind, Mask, Privacy

PLAIN: Final = Privacy.PLAIN
P: Final = Privacy.PERSONAL
S: Final = Privacy.SENSITIVE


class _Options(TypedDict, total=False):
    synonyms: tuple[str, ...]
    required: bool
    township: bool
    mask: Mask
    block: str
    width: int


def text(name: str, label: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """A short text."""
    return Field(name, label, Kind.TEXT, privacy, **options)


def long(name: str, label: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """A text of several lines."""
    options.setdefault("width", 30)
    return Field(name, label, Kind.LONG, privacy, **options)


def date(name: str, label: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """A day, YYYY-MM-DD."""
    options.setdefault("width", 11)
    return Field(name, label, Kind.DATE, privacy, **options)


def time(name: str, label: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """A day with an optional time, YYYY-MM-DD[THH:MM]."""
    options.setdefault("width", 12)
    return Field(name, label, Kind.TIME, privacy, **options)


def number(name: str, label: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """A whole number."""
    return Field(name, label, Kind.INT, privacy, **options)


def money(name: str, label: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """An amount in fen."""
    return Field(name, label, Kind.MONEY, privacy, **options)


def yes_no(name: str, label: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """Yes or no."""
    return Field(name, label, Kind.BOOL, privacy, **options)


def code(name: str, label: str, of: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """One value of a code list."""
    return Field(name, label, Kind.CODE, privacy, of=of, **options)


def multi(name: str, label: str, of: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """Several values of a code list."""
    options.setdefault("width", 14)
    return Field(name, label, Kind.MULTI, privacy, of=of, **options)


def choice(
    name: str,
    label: str,
    words: tuple[str | tuple[str, ...], ...],
    privacy: Privacy | None = None,
    **options: Unpack[_Options],
) -> Field:
    """One of a few words that belong to this field alone; of several spellings the first counts."""
    return Field(name, label, Kind.CODE, privacy, of=inline(words), **options)


def choices(
    name: str,
    label: str,
    words: tuple[str | tuple[str, ...], ...],
    privacy: Privacy | None = None,
    **options: Unpack[_Options],
) -> Field:
    """Several of a few words that belong to this field alone."""
    options.setdefault("width", 14)
    return Field(name, label, Kind.MULTI, privacy, of=inline(words), **options)


def ref(name: str, label: str, of: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """Another record."""
    return Field(name, label, Kind.REF, privacy, of=of, **options)


def person(name: str, label: str, **options: Unpack[_Options]) -> Field:
    """Somebody's name: 张* in a masked file."""
    options["mask"] = Mask.NAME
    return Field(name, label, Kind.TEXT, P, **options)


def people(name: str, label: str, **options: Unpack[_Options]) -> Field:
    """The names of several people: 张*、李* in a masked file."""
    options["mask"] = Mask.NAME
    return long(name, label, P, **options)


def phone(name: str = "phone", label: str = "联系电话", **options: Unpack[_Options]) -> Field:
    """A telephone number: 138****5678 in a masked file."""
    options.setdefault("synonyms", ("电话", "手机", "手机号码", "联系方式"))
    options["mask"], options["width"] = Mask.PHONE, 13
    return Field(name, label, Kind.TEXT, P, **options)


def grid(**options: Unpack[_Options]) -> Field:
    """The grid a record is of: it goes out with that grid's workbook."""
    options.setdefault("synonyms", ("所属网格", "网格编号", "网格名称"))
    return Field("grid", "网格", Kind.REF, PLAIN, of="grid", **options)


def estate() -> Field:
    """The estate or village group."""
    return Field("estate", "小区／村民组", Kind.TEXT, PLAIN, synonyms=("小区", "小区名称", "村民组"), width=14)


def building() -> Field:
    """The building, as households name it."""
    return Field("building", "楼栋", Kind.TEXT, PLAIN, synonyms=("栋", "幢", "楼栋号", "楼栋名称", "楼号"), width=7)


def remark() -> Field:
    """What else there is to say."""
    return Field("note", "备注", Kind.LONG, P, synonyms=("说明",), width=18)
