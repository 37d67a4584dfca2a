"""Commands of enrollment: they take an open unit of work, load, decide by a rule, write and tell."""
