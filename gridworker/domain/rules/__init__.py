"""Rules that are more than a declaration: how a need moves, when something is due."""
