"""Request and answer models of the services' HTTP interfaces, one module a service."""
