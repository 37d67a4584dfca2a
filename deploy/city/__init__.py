"""The demo city: made up from a fixed seed, and loaded through the system's public interfaces alone."""
