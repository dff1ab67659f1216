"""The encrypted SQLite store: the only SQL."""
