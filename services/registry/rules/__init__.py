"""Rules of registry: pure functions and values, no I/O, no clock."""
