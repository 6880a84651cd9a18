"""Pages: a template and its view become HTML. Templates see `site` and `view`, one filter of ours, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined, meta

from bantin.asking import asked, remembered
from bantin.outputs.unbroken import unbroken
from bantin.views.page import View
from bantin.views.pieces import Site

TEMPLATES = {
    "home": "HomePage", "article": "ArticlePage", "list": "ListPage", "directory": "IndexPage", "archive": "ArchivePage",
    "documents": "DocumentsPage", "document": "DocumentPage", "issues": "IssuesPage", "issue": "IssuePage", "page": "TextPage",
    "abbreviations": "AbbreviationsPage", "corrections": "CorrectionsPage", "coverage": "CoveragePage", "search": "SearchPage", "feeds": "FeedsPage",
    "offline": "OfflinePage", "404": "NotFoundPage",
}  # fmt: skip


References = tuple[str | None, ...]  # the names of templates that one names; None where a name is put together later


class Theme:
    """The templates of a theme, strict and escaping. environment: Pelican's, with the user's filters and extensions.

    known: what templates name, by the digest of their text, as an earlier build found it. compiled: folder for what Jinja made
    of templates in this `world`; the program and settings may be worked into it, so that of another world is removed.
    """

    def __init__(self, environment: Environment, known: Mapping[str, References], compiled: Path, world: str) -> None:
        compiled.mkdir(parents=True, exist_ok=True)
        form = world[:16]
        for old in compiled.iterdir():
            if not old.name.startswith(form):
                old.unlink()
        cache = FileSystemBytecodeCache(str(compiled), f"{form}-%s")
        self._environment = environment.overlay(autoescape=True, undefined=StrictUndefined, bytecode_cache=cache)
        self._environment.filters["unbroken"] = unbroken
        self._known = known
        self.references: dict[str, References] = {}

    def render(self, template: str, view: View, site: Site) -> str:
        """The HTML of a page. Raises jinja2 errors where a template asks for what the view does not declare."""
        self.template(f"{template}.html")
        return self._environment.get_template(f"{template}.html").render(site=site, view=view)

    @asked
    def template(self, name: str) -> str:
        """Changes with the text of a template, or of one that it extends, includes or imports."""
        digest, waiting = hashlib.sha256(), [name]
        seen = set(waiting)
        while waiting:
            one = waiting.pop()
            text, others = self._read(one)
            digest.update(f"{one}\0{text}\0".encode())
            # A name that is put together while a page is made could be any of them.
            known = self._environment.list_templates() if None in others else [o for o in others if o]
            new = sorted(set(known) - seen)
            seen |= set(new)
            waiting += new
        return digest.hexdigest()

    @remembered
    def _read(self, name: str) -> tuple[str, References]:
        """A template's text, and those that it names."""
        if not self._environment.loader:
            raise RuntimeError("an environment without templates")
        text, file, _ = self._environment.loader.get_source(self._environment, name)
        key = hashlib.sha256(text.encode()).hexdigest()
        found = self._known.get(key)
        if found is None:
            found = tuple(meta.find_referenced_templates(self._environment.parse(text, name, file)))
        self.references[key] = found
        return text, found
