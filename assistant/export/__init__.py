"""Answers and conversations made into files that offices use: xlsx, csv, Markdown, docx."""
