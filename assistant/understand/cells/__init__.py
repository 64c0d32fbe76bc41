"""Cells of any table, its headers not given: a question and a grid in, the cells that answer out."""
