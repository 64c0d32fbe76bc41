"""What people asked and were told, kept in a database of its own: conversations, feedback, reviewed answers."""
