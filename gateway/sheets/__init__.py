"""Spreadsheets: templates and error files out, filled rows in."""
