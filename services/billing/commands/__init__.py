"""Commands of billing: they take an open unit of work and never commit."""
