"""Gridworker (网格走访): an offline-first desktop app for community grid workers."""

__version__ = "0.1.0"
