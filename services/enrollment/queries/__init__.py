"""Read side of enrollment; every query is filtered by its caller."""
