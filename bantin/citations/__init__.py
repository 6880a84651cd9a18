"""Citations of documents in running text: a grammar put together from named parts. Knows nothing of Pelican."""

from bantin.citations.mentions import Mention, find, parse, symbol_key

__all__ = ["Mention", "find", "parse", "symbol_key"]
