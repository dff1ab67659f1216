"""The two kinds of failure a person can be told about; everything else is a bug of ours."""

from typing import Final

_STOPS: Final = ("。", "！", "？", "：", ".", "!", "?")


class GridworkerError(Exception):
    """Something in the world is not as needed: one sentence what, one what to do next.

    `code` is stable ASCII for programs; `message` and `hint` are for people, already translated; `field` names the
    field of a record that it is about, if one is.
    """

    def __init__(self, code: str, message: str, hint: str = "", field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.field = field

    @property
    def wants_password(self) -> bool:
        """Whether a file is locked, and a password, or another one, would open it."""
        return self.code in {"password_needed", "wrong_password"}

    @property
    def told(self) -> str:
        """What and what next as two sentences; a message that ends without a stop gets one."""
        if not self.hint:
            return self.message
        latin = self.message[-1:].isascii()
        stop = "" if self.message.endswith(_STOPS) else "." if latin else "。"
        return self.message + stop + (" " if latin else "") + self.hint

    def as_json(self) -> dict[str, str]:
        """The shape of an error on the command line (design §6)."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


class UserError(GridworkerError):
    """What was asked or given cannot be done as it stands: a wrong field, file or password."""


class DataError(GridworkerError):
    """The surroundings failed: disk full, damaged store, newer database, file held by another program."""
