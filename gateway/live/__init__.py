"""Live state of open pages, fed by events."""
