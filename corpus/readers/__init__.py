"""Bytes of one file format in, decoded text with positions out; one module a format."""
