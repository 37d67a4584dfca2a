"""What persons, events and days do in notices; each takes an open unit of work and never commits."""
