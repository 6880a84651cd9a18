"""Bản tin: Markdown articles of a Party committee's news bulletin become a site, feeds and a printed issue."""

__version__ = "0.1.0"
