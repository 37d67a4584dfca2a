"""Read side of notices; every query is filtered by its caller."""
