"""切换月: from which month the new system bills what it was given at the start (domain 1.5, cut-over)."""

from __future__ import annotations

from contracts.month import Month

FIRST_BILLED_MONTH = Month(2016, 9)
"""Imported relations owe nothing here for earlier months: those were settled in the old system."""
