"""A site from a content folder, in two steps: everything is read and checked, then everything is made in a stage.

Each step does what has to be done again and no more. Knows Pelican's settings by name, but nothing of Pelican.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as clock
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from bantin import standing
from bantin.addresses import Addresses
from bantin.article import Article
from bantin.audience import Public, admit_public
from bantin.body import Body, Parser
from bantin.build import Stage
from bantin.checks import check_content, check_file
from bantin.content import Content, Known, content_of, label_of
from bantin.diagnostics import RUNNING_TEXT, Diagnostic, Refused, Severity, as_text, errors
from bantin.edition import Edition, meant_in, public_edition
from bantin.glance import NOBODY, Glance
from bantin.groups import ALL
from bantin.jobs import Files, Job, Works
from bantin.making import Making
from bantin.memory import Memory, digest, packed, unpacked
from bantin.outputs.pages import Theme
from bantin.outputs.sitemaps import FRESH, MOST_NEWS
from bantin.page import Page
from bantin.progress import Track, silent
from bantin.same import Same
from bantin.standing import Counts, Marks, Report
from bantin.vietnamese import ZONE
from bantin.views import Composer
from bantin.works import COMPILED, Kept, Outputs, Recall, keeper
from bantin.world import joined, program, settings_digest


@dataclass
class Prepared:
    """A site that was read, checked and let through: nothing is wrong with it, and nothing is written yet."""

    content: Content
    composer: Composer
    settings: Mapping[str, Any]
    now: datetime
    recall: Recall
    texts: Works
    world: str  # in which texts were read
    around: Mapping[str, Marks | None]  # other folders that the site is made from, before anything was read
    warnings: tuple[Diagnostic, ...] = ()
    overrides: dict[str, str] = field(default_factory=dict)  # HTML that plugins made, by path

    @property
    def edition(self) -> Edition:
        """What is published."""
        return self.composer.edition

    @cached_property
    def published(self) -> dict[str, Article | Page]:
        """Articles and pages that have an address, by content path."""
        found: list[Article | Page] = [a for path in self.edition.paths() if (a := self.edition.article(path))]
        return {item.path: item for item in (*found, *self.edition.pages())}


def prepare(
    settings: Mapping[str, Any], now: datetime, recall: Recall, track: Track = silent, glance: Glance = NOBODY
) -> Prepared:
    """Read, check, gate. settings: Pelican's; now: aware; recall: what earlier builds knew; glance: who waits for it.

    Raises `Refused` with all that is wrong.
    """
    around = standing.around(settings)
    world = _reading_world(settings)
    known = Known(
        recall.memory.seen,
        recall.memory.records if recall.memory.world == world else {},
        by_content(settings),
        world,
        recall.same,
    )
    content = content_of(settings, settings.get("BANTIN_READ_INTERNAL", True), known)
    recall.read(world, content.seen, content.records)
    drafts = bool(settings.get("BANTIN_DRAFTS"))
    admitted = admit_public(content.articles, now, drafts, bool(settings.get("WITH_FUTURE_DATES")))
    addresses = recall.same.made(
        "addresses", (world, content.catalogue), lambda: Addresses(settings, content.catalogue.publisher.website)
    )
    edition = _edition(content, admitted, drafts, recall.same)
    parser = recall.same.made("parser", (world,), lambda: Parser(settings.get("MARKDOWN", {})))
    cache = Path(settings.get("CACHE_PATH", ".cache"))
    composer = Composer(content, edition, addresses, parser, cache, now.astimezone(ZONE).date())
    problems = [*content.problems, *check_content(content, addresses, recall.same)]
    before, owners = recall.ledger("texts", world), composer.owners
    still = recall.still(composer.frozen)
    texts = Works(owners, before, lambda _: True, _no_file, _no_file, keeper(recall.store), still, glance.go_on)
    texts.do([Job(path, partial(_text, composer, path)) for path in sorted(content.sources)], _tracked(track, "Đọc nội dung"))
    recall.store.flush()
    kept = {path: made.extra for path, made in texts.done.items() if made.extra}
    problems += (problem for found in kept.values() for problem in found.rest)
    prepared = Prepared(content, composer, settings, now, recall, texts, world, around)
    _refuse(prepared, problems)
    stamps = {path: found.stamp for path, found in kept.items() if found.stamp}
    composer.bodies.stamps, composer.bodies.load = stamps, partial(_body, prepared, kept)
    prepared.warnings = tuple(problems)
    return prepared


def _edition(content: Content, admitted: Iterable[Public], drafts: bool, same: Same) -> Edition:
    of = (content.catalogue, content.registry, drafts, *content.issues, *content.pages, *content.profiles)
    meant = same.made("meant", (content.registry,), lambda: meant_in(content.registry))
    shown = [part for public in admitted for part in (public.article, public.listed)]
    last: Edition | None = same.last("edition")
    return same.made("edition", (*of, *shown), lambda: public_edition(content, admitted, drafts, meant, last))


def by_content(settings: Mapping[str, Any]) -> bool:
    """Whether files are compared by what they hold (Pelican's `CHECK_MODIFIED_METHOD` names a hash), not by size and times."""
    return str(settings.get("CHECK_MODIFIED_METHOD", "mtime")) != "mtime"


def _reading_world(settings: Mapping[str, Any]) -> str:
    root = Path(settings["PATH"])
    fallback = settings.get("BANTIN_CATALOGUES")
    folders = [root / "danh-muc", *([Path(fallback)] if fallback else [])]
    catalogues = [
        f"{f.name} {digest(f.read_bytes())}" for folder in folders for f in sorted(folder.glob("*.toml")) if f.is_file()
    ]
    return joined([program(), settings_digest(settings), str(root.resolve()), label_of(root, "x"), *catalogues])


def _no_file(name: str, _data: object) -> None:
    raise RuntimeError(f"a text makes no file: {name}")


def _tracked(track: Track, label: str) -> Callable[[Iterable[Any], int], Iterable[Any]]:
    return lambda items, total: track(items, label, total) if total else items


def _text(composer: Composer, path: str) -> tuple[Files, tuple[bytes | None, tuple[Diagnostic, ...]]]:
    """What is wrong with a file, and its body where it is published."""
    found = list(check_file(composer.content, composer.parser, composer.links, path))
    problems = tuple(f for f in found if isinstance(f, Diagnostic))
    tree = next((f for f in found if not isinstance(f, Diagnostic)), None)
    item = composer.edition.article(path) or composer.edition.page(path)
    if tree is None or item is None or errors(problems):
        return {}, (None, problems)
    body = composer.body(path, tree, item.date if isinstance(item, Article) else None)
    return {}, (packed(body), problems)


def _body(prepared: Prepared, kept: Mapping[str, Kept], path: str) -> Body:
    found = kept[path]
    if not found.place:
        raise KeyError(path)
    body: Body = unpacked(prepared.recall.store.get(found.place, found.stamp))
    return replace(body, html=prepared.overrides[path]) if path in prepared.overrides else body


def _refuse(prepared: Prepared, problems: list[Diagnostic]) -> None:
    if prepared.settings.get("BANTIN_STRICT"):
        problems[:] = [p if p.code in RUNNING_TEXT else replace(p, severity=Severity.ERROR) for p in problems]
    if errors(problems):
        raise Refused(problems)


def override(prepared: Prepared, path: str, html: str) -> None:
    """A plugin changed the text of an article: its HTML is what is published."""
    prepared.overrides[path] = html
    bodies = prepared.composer.bodies
    bodies.stamps = {**bodies.stamps, path: digest(html.encode("utf-8"))}


def base_body(prepared: Prepared, path: str) -> str:
    """The HTML of an article or page with absolute addresses, as plugins see it."""
    return str(prepared.composer.bodies.body(path).at(prepared.composer.addresses.absolute("")))


def make(
    prepared: Prepared,
    stage: Stage,
    theme: Callable[..., Theme],
    track: Track = silent,
    ours: bool = True,
    hasty: bool = False,
    trusted: bool = False,
    glance: Glance = NOBODY,
) -> tuple[Counts, Making]:
    """Everything that is not as it has to be, into the stage. theme: makes a `Theme` of what is known of its
    templates, a folder for them, and the world.

    hasty: the search may stay for now as it was; trusted: so may whatever became of the files that the last build left; ours: False
    where plugins may change what is made; then all of it is made, as nobody knows what they depend on. glance: who waits for it.
    """
    left = prepared.recall.memory.outputs if ours else {}
    outputs = Outputs(stage, left, by_content(prepared.settings), trusted)
    templates = theme(prepared.recall.memory.templates, prepared.recall.folder / COMPILED, prepared.world)
    making = Making(
        prepared.composer,
        prepared.settings,
        prepared.now,
        prepared.texts,
        prepared.world,
        prepared.recall,
        outputs,
        templates,
        ours,
        glance,
    )
    making.everything(lambda label: _tracked(track, label), hasty)
    edition = prepared.edition
    counts = Counts(making.pages, making.feeds, len(edition.registry.all()), len(edition.issues()), edition.count(ALL))
    return counts, making


def commit(
    prepared: Prepared,
    stage: Stage,
    making: Making,
    counts: Counts,
    sweep: bool,
    retain: Iterable[str],
    keep: Callable[[Memory], None] | None,
    stand: bool,
) -> Report:
    """Move what was made into place; keep: remembers it all for the next build; stand: so that it can tell that nothing changed."""
    standing.forget(stage.home)
    written = stage.commit(sweep, retain, making.standing, prepared.recall.memory.outputs)
    base = prepared.composer.addresses.base
    report = Report(counts, written.total, written.fresh, written.gone, as_text(prepared.warnings), base)
    if keep:
        content = prepared.content
        works = prepared.texts.ledger(prepared.world), making.works.ledger(making.world)
        seen = making.outputs.seen(making.standing)
        frozen = prepared.composer.frozen(prepared.recall.memory.frozen)
        memory = Memory(
            prepared.world, dict(content.seen), dict(content.records), *works, seen, making.theme.references, frozen=frozen
        )
        keep(memory)
        if stand and making.ours and not (sweep and retain):
            read = everything_read(content, prepared.around)
            standing.keep(prepared.settings, stage.output, (prepared.now, until(prepared)), read, seen, report.said())
    return report


def everything_read(content: Content, around: Mapping[str, Marks | None]) -> dict[str, Marks | None]:
    """The marks of all folders that a build read. around: those but the content, from before."""
    return {**around, str(content.root.resolve()): standing.certain(content.root, content.seen)}


def until(prepared: Prepared) -> datetime:
    """Before when a build of the same content gives the same site: embargoes end, documents expire, news grow old."""
    now, edition = prepared.now, prepared.edition
    moments = [m for a in prepared.content.articles for m in (a.embargo, a.date) if m]
    moments += [a.date + FRESH for a in edition.articles(ALL, "", 0, MOST_NEWS)]
    last = (d.expires for d in prepared.content.registry.documents if d.expires and d.expires < date.max)
    moments += [datetime.combine(day + timedelta(days=1), clock(), ZONE) for day in last]
    return min((m for m in moments if m > now), default=standing.FOREVER)


def note(recall: Recall) -> None:
    """Tell that a memory could not be used."""
    if recall.note:
        print(f"ghi chú: bỏ qua bộ nhớ của lần dựng trước ({recall.note}); dựng lại từ đầu", file=sys.stderr)
