"""Rules of notices: pure functions and values, no I/O, no clock."""
