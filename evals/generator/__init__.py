"""Questions proposed from a document's own tables and clauses, with gold answers computed apart from the product."""
