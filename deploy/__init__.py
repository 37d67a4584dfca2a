"""What composes the house: the local stack, schemas, images."""
