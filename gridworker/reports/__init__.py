"""Numbers from rows."""
