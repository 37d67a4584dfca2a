"""Notice board, results of submissions, orders to pay with their service and lapse."""
