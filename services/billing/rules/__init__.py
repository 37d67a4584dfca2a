"""How billing decides: pure functions over integer fen, ppm, months and dates that come as arguments."""
