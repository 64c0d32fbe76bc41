"""Public question sets, read from a folder of the user's: each adapter makes its tables ours and asks our answerer."""
