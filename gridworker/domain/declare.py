"""The few words a ledger declaration is written in."""

from typing import Final, TypedDict, Unpack

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


def ref(name: str, label: str, of: str, privacy: Privacy | None = None, **options: Unpack[_Options]) -> Field:
    """Another record."""
    return Field(name, label, Kind.REF, privacy, of=of, **options)
