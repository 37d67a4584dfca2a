"""Employers, opening, specialists, accounts, officers and districts."""
