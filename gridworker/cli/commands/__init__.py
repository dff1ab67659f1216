"""The commands, grouped as in design §6."""
