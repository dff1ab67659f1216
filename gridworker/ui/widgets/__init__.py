"""Reusable parts that know neither services nor pages."""
