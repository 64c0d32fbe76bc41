"""How good the answers are: questions with gold values in, scores by category out."""
