"""Questions that weights are learned from, with the commands that learn from them."""
