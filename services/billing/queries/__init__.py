"""Read side of billing; every query is filtered by its caller."""
