"""Found chunks and a question in, the words that answer it out: a reader that learned from public questions."""
