"""Error codes of every process: code, HTTP status, Chinese message, what to do, clause."""
