"""Read side of registry; every query is filtered by its caller."""
