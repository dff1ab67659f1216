"""Ledgers, rules, text and versions: plain Python without input or output."""
