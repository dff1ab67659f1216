"""The days that a workbook or a count is about."""

from dataclasses import dataclass
from datetime import date

from gridworker.domain.calendar import Week, week_of


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a workbook; `week` is empty for a free range."""

    first: date
    last: date
    week: str = ""

    @classmethod
    def of_week(cls, week: Week) -> "Period":
        """An ISO week."""
        return cls(week.first_day, week.last_day, str(week))

    @classmethod
    def current(cls, today: date) -> "Period":
        """The week of a day."""
        return cls.of_week(week_of(today))
