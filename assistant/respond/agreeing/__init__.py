"""Questions whether two places of a document agree that no finding of the index answers: each is read when asked."""
