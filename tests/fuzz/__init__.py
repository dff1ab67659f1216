"""Hostile workbooks made by chance, each taken the whole way: look, import, state, everything written after."""
