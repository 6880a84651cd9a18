"""Every file of the site as a piece of work: pages, feeds, exports, pictures, styles, search."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bantin.article import Article
from bantin.asking import asked, fingerprint, recorded, remembered
from bantin.glance import NOBODY, Glance
from bantin.groups import ALL
from bantin.images.cards import Share, card_file
from bantin.jobs import Files, Job, Works
from bantin.outputs import exports, feeds, json_feed, manifest, offline, sitemaps, styles
from bantin.outputs.icons import icons
from bantin.outputs.pages import Theme
from bantin.outputs.search import shadow
from bantin.parallel import spread
from bantin.searching import Searching, may_wait
from bantin.views import Composer, PageSpec, all_pages, described
from bantin.views.composer import Attachment
from bantin.views.feeds import all_feeds, feed_spec
from bantin.views.front import site_view
from bantin.views.pieces import Site
from bantin.works import Listing, Outputs, Recall, keeper
from bantin.world import joined

Tracks = Callable[[str], Callable[[Iterable[Any], int], Iterable[Any]]]


class Making:
    """A site being made."""

    def __init__(
        self,
        composer: Composer,
        settings: Mapping[str, Any],
        now: datetime,
        texts: Works,
        world: str,
        recall: Recall,
        outputs: Outputs,
        theme: Theme,
        ours: bool,
        glance: Glance = NOBODY,
    ) -> None:
        self.composer, self.outputs, self.theme = composer, outputs, theme
        self._settings, self._now, self._recall, self._texts = settings, now, recall, texts
        self._static = Path(settings["THEME"]) / "static"
        self._folder = str(settings.get("THEME_STATIC_DIR", "theme"))
        self._version = theme_version(Path(settings["THEME"]), composer.content.catalogue.publisher.accent)
        self.ours, self._glance = ours, glance
        self.world = joined([world, self._version])
        self.pages = self.feeds = 0
        owners = {**composer.owners, "Theme": self.theme, "Outputs": outputs, "Making": self}
        before, still = recall.ledger("pages", self.world), recall.still(composer.frozen)
        write, put, keep = outputs.write, outputs.put, keeper(recall.store)
        self.works = Works(owners, before, outputs.intact, write, put, keep, still, glance.go_on)
        self.standing: set[str] = set()

    def everything(self, track: Tracks, hasty: bool = False) -> None:
        """All files, those last that are made of others. hasty: the search may stay for now as it was.

        What somebody looks at comes first.
        """
        composer, same = self.composer, self._recall.same
        of = (composer.edition, composer.addresses)
        specs = same.made("pages", of, lambda: [*all_pages(composer)])
        if looked_at := self._glance.looked_at():
            self._recall.lost(shown := self.outputs.show(dict(self._seen([s for s in specs if s.save_as in looked_at]))))
            self._glance.shown(shown)
        pages = [Job(spec.save_as, partial(self._page, spec)) for spec in specs]
        channels = same.made("feeds", of, lambda: [*all_feeds(composer)])
        self.pages, self.feeds = len(pages), len(channels)
        self.works.do(pages, track("Dựng trang"))
        self.works.owners = {**self.works.owners, "Listing": (listing := Listing(self.works.done))}
        rest = [Job(f"feed {spec.save_as}", partial(self._feed, spec.save_as, spec.kind, spec.name)) for spec in channels]
        rest += self._single(listing)
        self.works.do(rest, track("Nguồn tin, mục lục"))
        if composer.addresses.setting("SEARCH_SAVE_AS"):
            self._search(track("Tìm kiếm"), hasty)
        self.works.origins.update(self._texts.origins)  # what bodies show
        self._uses(track("Ảnh"))
        self.standing = {name for name in (*self.works.files, *self.works.origins) if not self.outputs.fresh(name)}

    def _search(self, track: Callable[[Iterable[Any], int], Iterable[Any]], hasty: bool) -> None:
        searching = Searching(self.composer, self.works, self._recall.store)
        self.works.owners = {**self.works.owners, "Copies": searching.copies, "Batches": searching.made}
        for jobs in (searching.batches(), searching.parts()):
            self._recall.store.flush()  # what is put into it now is read by the next
            self.works.do(jobs, track, may_wait if hasty else lambda _: False)

    def _seen(self, specs: Iterable[PageSpec]) -> Iterator[tuple[str, bytes]]:
        """The files of these pages, and what a browser shows with them: styles, pictures."""
        yield from self._statics()
        for spec in specs:
            (files, _), record = recorded(partial(self._page, spec))
            yield from ((name, data) for name, data in files.items() if data is not None)
            shown = {(question, *arguments) for question, arguments in record.questions}
            texts = [made for path, made in self._texts.done.items() if ("Bodies.stamp", path) in shown]
            pictures = {name: self._texts.origins[name] for made in texts for name in made.uses}
            for name, origin in {**record.uses, **pictures}.items():
                if not (isinstance(origin, Share) or self._lies(name, origin)):
                    yield name, self._bytes(origin)

    @remembered
    def _shell(self, root: str) -> Site:
        return site_view(self.composer, root, self._folder, self._version, bool(self._settings.get("BANTIN_DRAFTS")))

    def _page(self, spec: PageSpec) -> tuple[Files, tuple[bytes | None, Any]]:
        made = described(self.composer, spec)
        shell = self._shell(self.composer.addresses.root(spec.save_as))
        html = self.theme.render(spec.template, made.view, shell).encode("utf-8")
        copy = (shadow.shadow(html) if self.composer.addresses.setting("SEARCH_SAVE_AS") else None) or ""
        about = made.facts, shadow.fields(copy)
        found = (sitemaps.entry(self.composer, made), *about, fingerprint(about).hex())
        return {spec.save_as: html}, (copy.encode("utf-8") or None, found)

    def _feed(self, save_as: str, kind: str, name: str) -> tuple[Files, tuple[None, None]]:
        """RSS, and JSON Feed beside it."""
        spec = feed_spec(self.composer, save_as, kind, name)
        files: Files = {spec.save_as: feeds.feed_bytes(feeds.feed(self.composer, spec, *self._limits))}
        if spec.json:
            files[spec.json] = json_feed.json_feed(self.composer, spec, *self._limits)
        return files, (None, None)

    @property
    def _limits(self) -> tuple[int | None, str]:
        """How many articles a feed has, and the address of a hub."""
        return self._settings.get("FEED_MAX_ITEMS"), str(self._settings.get("BANTIN_HUB") or "")

    def channels(self) -> Iterator[tuple[str, Any]]:
        """Every feed as feedgen holds it, for plugins."""
        yield from ((spec.save_as, feeds.feed(self.composer, spec, *self._limits)) for spec in all_feeds(self.composer))

    def _single(self, listing: Listing) -> Iterator[Job]:
        """Work of which there is one for the whole site."""
        preview = bool(self._settings.get("BANTIN_DRAFTS"))
        made: dict[str, Callable[[], Iterable[tuple[str, bytes]]]] = {
            "exports": lambda: exports.files(self.composer),
            "sitemaps": lambda: sitemaps.files(self.composer, listing.entries(), self.fresh(), preview),
            "icons": lambda: ((name, path.read_bytes()) for name, path in icons(self.composer).items()),
            "theme": self._statics,
            "worker": self._worker,
        }
        for name, files in made.items():
            yield Job.of(name, partial(_dict, files))

    @asked
    def fresh(self) -> tuple[Article, ...]:
        """Articles that are news at the moment of the build."""
        newest = self.composer.edition.articles(ALL, "", 0, sitemaps.MOST_NEWS)
        return tuple(a for a in newest if self._now - sitemaps.FRESH <= a.date <= self._now)

    def _statics(self) -> Iterator[tuple[str, bytes]]:
        """The theme's files; its styles as one."""
        for path in sorted(self._static.rglob("*")):
            name = path.relative_to(self._static).as_posix()
            if path.is_file() and not name.startswith("css/parts/"):
                yield f"{self._folder}/{name}", path.read_bytes()
        main = styles.joined(self._static, self._version)
        if main:
            accent = self.composer.content.catalogue.publisher.accent
            yield f"{self._folder}/css/main.css", f"{main}:root{{--accent:{accent}}}\n".encode()

    def _worker(self) -> Iterator[tuple[str, bytes]]:
        """The manifest, and the service worker, which names files that its page names."""
        composer = self.composer
        yield manifest.MANIFEST, manifest.manifest(composer.content.catalogue.publisher).encode("utf-8")
        addresses = composer.addresses
        page = self.outputs.read(addresses.setting("OFFLINE_SAVE_AS")).decode("utf-8") if addresses.offline else ""
        yield offline.WORKER, offline.worker(addresses, page, self._folder).encode("utf-8")

    def _uses(self, track: Callable[[Iterable[Any], int], Iterable[Any]]) -> None:
        """Pictures, cards and attachments that pages use; what lies there as it was left is not made again."""
        wanted = [use for use in sorted(self.works.origins.items(), key=lambda use: use[0]) if not self._lies(*use)]
        for place, written in track(spread(self._file, wanted, go_on=self._glance.go_on), len(wanted)):
            self.outputs.put(wanted[place][0], written)

    def _lies(self, name: str, origin: object) -> bool:
        """Whether a file lies there as it was left, made from the same."""
        return bool(self.works.before.origins.get(name) == origin) and self.outputs.intact(name)

    def _file(self, use: tuple[str, Any]) -> str:
        name, origin = use
        return self.outputs.write(name, self._bytes(origin))

    def _bytes(self, origin: Any) -> bytes:
        if isinstance(origin, Share):
            origin = card_file(origin, self.composer.store)
        path = origin.path if isinstance(origin, Attachment) else Path(origin)
        return path.read_bytes()


def _dict(files: Callable[[], Iterable[tuple[str, bytes]]]) -> Files:
    return dict(files())


def theme_version(theme: Path, accent: str) -> str:
    """Changes with any static file of the theme, so that browsers fetch it anew."""
    digest = hashlib.sha256(accent.encode())
    for file in sorted((theme / "static").rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(theme).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:8]
