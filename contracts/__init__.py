"""What crosses a wall: value types, events, HTTP models, error codes and their schema snapshots."""
