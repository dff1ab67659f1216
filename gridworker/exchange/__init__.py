"""Spreadsheets in and out: the only Excel."""
