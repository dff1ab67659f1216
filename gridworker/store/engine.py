"""The one place that chooses the database: SQLCipher, also under sqlite-utils.

sqlite-utils tries `pysqlite3` first, so it is handed SQLCipher under that name before it is imported;
a test guards this, since it relies on an import order and not on a promise.
"""

import sys
from typing import TYPE_CHECKING, Any

import sqlcipher3
import sqlcipher3.dbapi2

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

if TYPE_CHECKING:
    from sqlite3 import Connection, DatabaseError, IntegrityError, OperationalError

    from sqlite_utils import Database
else:
    Connection = sqlcipher3.dbapi2.Connection
    DatabaseError = sqlcipher3.dbapi2.DatabaseError
    IntegrityError = sqlcipher3.dbapi2.IntegrityError
    OperationalError = sqlcipher3.dbapi2.OperationalError

__all__ = ["Connection", "DatabaseError", "IntegrityError", "OperationalError", "connect", "utils"]


def connect(path: str, **options: Any) -> Connection:
    """A bare connection; the key comes first, then the pragmas."""
    opened: Connection = sqlcipher3.dbapi2.connect(path, isolation_level=None, **options)
    return opened


def utils(connection: Connection) -> "Database":
    """sqlite-utils over our connection: for migrations, schema and small writes."""
    from sqlite_utils import Database

    return Database(connection)
