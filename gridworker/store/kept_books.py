"""Workbooks of newer programs, kept whole beside their batch until this program can read all of them."""

from dataclasses import dataclass

from gridworker.store.engine import Connection


@dataclass(frozen=True, slots=True)
class KeptBook:
    """A workbook of a newer program, kept whole until this one can read all of it."""

    no: int
    """Number of the batch."""
    file: str
    digest: str
    at: str
    data: bytes
    password: str


def keep(connection: Connection, no: int, data: bytes, password: str, known: str) -> None:
    """Keep the file of a batch, and what the program that read it knew."""
    connection.execute("insert or replace into book values(?,?,?,?)", (no, data, password, known))


def waiting(connection: Connection, known: str) -> list[KeptBook]:
    """The kept workbooks that a program which knew something else had read, in order of import."""
    sql = (
        "select b.no, b.file, b.digest, b.at, k.data, k.password from book k join batch b on b.no = k.batch"
        " where k.known <> ? order by b.no"
    )
    return [KeptBook(*row) for row in connection.execute(sql, (known,))]


def drop(connection: Connection, no: int) -> None:
    """Everything in the file of a batch is understood: it need not be kept."""
    connection.execute("delete from book where batch = ?", (no,))
