"""The four services and the chassis they share; no service imports another."""
