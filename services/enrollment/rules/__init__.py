"""Rules of enrollment: pure functions and values, no I/O, no clock."""
