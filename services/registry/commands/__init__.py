"""Commands of registry: each takes an open unit of work and never commits."""
