"""Citations of documents in running text: a grammar put together from named parts. Knows nothing of Pelican."""

from bantin.citations.mentions import Mention, find, parse, symbol_key
from bantin.citations.names import Named, Partial, find_all, find_named, find_partial

__all__ = ["Mention", "Named", "Partial", "find", "find_all", "find_named", "find_partial", "parse", "symbol_key"]
