"""The ways in: terminal, web page and API, all thin over one engine."""
