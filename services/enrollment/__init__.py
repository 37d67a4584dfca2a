"""Persons, relations, increases, decreases, bases, limits and corrections."""
