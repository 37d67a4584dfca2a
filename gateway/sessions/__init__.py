"""Log-in sessions of people: a random cookie, a row that can be revoked."""
