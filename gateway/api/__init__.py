"""The JSON API for HR software."""
