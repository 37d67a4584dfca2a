"""What every process shares: one way to commit, to publish, to consume, to tell the time and to fail."""
