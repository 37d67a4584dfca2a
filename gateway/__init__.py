"""The gateway: portal, desk, bank door and JSON API; it owns sessions, bank inbox and live state, nothing else."""
