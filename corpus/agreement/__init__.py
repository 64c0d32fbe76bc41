"""What documents state in more than one place, and whether the places agree."""
