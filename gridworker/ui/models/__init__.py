"""Item models: take rows, show cells."""
