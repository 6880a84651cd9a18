"""Outputs: a view in, bytes out. Each module knows one format and the library that writes it."""
