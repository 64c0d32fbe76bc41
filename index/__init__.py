"""How a passage or a cell is found: parsed documents in, ranked hits and table facts out."""
