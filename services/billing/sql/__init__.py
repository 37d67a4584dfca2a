"""The statements by which billing works on many employers at once."""
