"""What is said: a plan in, cited sentences or an honest refusal out."""
