"""The whole system on one machine: PostgreSQL and a broker from wheels, five processes, one terminal view."""
