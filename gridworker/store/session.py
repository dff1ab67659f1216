"""An open store: the connection, who sits here, and the local settings. Settings never travel."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from gridworker.domain.ids import Id, from_text, random_id, to_text
from gridworker.domain.versions.entries import Side
from gridworker.store import database, derive, schema, vault
from gridworker.store.deeds import Deed
from gridworker.store.engine import Connection


class Store:
    """One open store. Reading and writing functions of this package take its `connection`."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._key = key
        self.connection: Connection = database.open_with_key(folder, key)
        try:
            with database.told_plainly():
                schema.migrate(self.connection)
                derive.renew(self.connection)
        except BaseException:
            self.connection.close()
            raise

    @classmethod
    def create(
        cls, folder: Path, password: str, settings: dict[str, str], begin: Callable[["Store"], object]
    ) -> tuple["Store", str]:
        """A new store with its first settings and what it begins with, whole or not at all; and the recovery code."""
        database.refuse_existing(folder)
        vault.check_password(password)
        with database.told_plainly():
            with database.built_aside(folder) as fresh:
                key, code = database.create(fresh, password)
                with closing(cls(fresh, key)) as store:
                    for name, value in (settings | {"device": to_text(random_id())}).items():
                        store.set(name, value)
                    begin(store)
                    database.gather(store.connection)
            database.settle(folder)
        return cls(folder, key), code

    @classmethod
    def open(cls, folder: Path, password: str) -> "Store":
        """The store of a folder. Raises UserError for a wrong password."""
        return cls(folder, database.unlock(folder, password))

    def opener(self) -> Callable[[], "Store"]:
        """What opens this store once more without its password, for as long as somebody holds on to it."""
        return partial(Store, self.folder, self._key)

    def another_connection(self) -> Connection:
        """A connection for another thread."""
        return database.open_with_key(self.folder, self._key)

    def connection_to(self, copy: Path) -> Connection:
        """A connection to a copy of this store in another folder."""
        return database.open_with_key(copy, self._key)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def get(self, name: str, default: str = "") -> str:
        """A local setting."""
        row = self.connection.execute("select value from setting where name = ?", (name,)).fetchone()
        return str(row[0]) if row and row[0] is not None else default

    def set(self, name: str, value: str) -> None:
        """Change a local setting."""
        with database.transaction(self.connection):
            self.connection.execute("insert or replace into setting values(?,?)", (name, value))

    def get_json(self, name: str, default: Any = None) -> Any:
        """A local setting that holds JSON."""
        text = self.get(name)
        return json.loads(text) if text else default

    def settings(self) -> list[tuple[str, str]]:
        """All local settings."""
        return self.connection.execute("select name, value from setting order by name").fetchall()

    @property
    def role(self) -> str:
        """`worker` or `township`."""
        return self.get("role")

    @property
    def side(self) -> Side:
        """The side whose word a version made here is."""
        return "township" if self.role == "township" else "worker"

    @property
    def device(self) -> Id:
        """This laptop's random id; a restored store draws a new one."""
        return from_text(self.get("device"))

    @property
    def author(self) -> str:
        """The person at this laptop."""
        return self.get("name")

    def deed(self, kind: str, at: datetime | None = None) -> Deed:
        """A deed of the person here, now by this laptop's clock."""
        moment = (at or datetime.now()).isoformat(timespec="seconds")
        return Deed(self.author, self.side, moment, kind, self.device)
