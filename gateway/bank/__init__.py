"""The bank door: signed queries and notifications."""
