"""The pieces that views are made of: cards, references, pictures, bodies, from an edition and its addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from bantin.addresses import Address, Addresses
from bantin.article import Article, PictureUse, picture_path
from bantin.asking import asked, remembered, use
from bantin.bodies import Bodies
from bantin.body import ROOT, Body, Figure, Parser, Surroundings, Tree, site_body
from bantin.citing import Reader, Reference
from bantin.content import Content
from bantin.documents import Document
from bantin.edition import Edition
from bantin.header import SourceName
from bantin.images import PictureSet, mark_set, picture_set
from bantin.images.cards import Share
from bantin.issue import Issue
from bantin.links import Links
from bantin.page import Profile
from bantin.vietnamese import long_date, short_date, slug
from bantin.views import places
from bantin.views.pictures import card, figure, logo, shown
from bantin.views.pieces import ArticleCard, DocumentRef, FeedLink, Head, IssueCard, Link, Moment, Picture, SourceLine

SIZES = "(min-width: 46em) 42rem, 92vw"  # of a picture in a text; as in macros/picture.html
OUT_OF_FORCE = "het-hieu-luc"


@dataclass(frozen=True)
class Attachment:
    """A file of the content folder that is published as it is; `stamp` of its bytes."""

    path: Path
    stamp: str


@dataclass(eq=False)
class Composer:
    """Makes the pieces of views. All that they show is had by asking: edition, registry, links, content, bodies."""

    content: Content
    edition: Edition
    addresses: Addresses
    parser: Parser
    store: Path  # what was made for earlier builds, by content
    today: date  # documents that expired before it are out of force
    bodies: Bodies = field(default_factory=Bodies)

    @cached_property
    def owners(self) -> dict[str, object]:
        """Who answers what is asked, by class."""
        known = (self, self.content, self.edition, self.edition.registry, self.links, self.bodies)
        return {type(one).__name__: one for one in known}

    def frozen(self, before: Mapping[str, bytes], alike: bool = False) -> dict[str, bytes]:
        """By `asking.answering`, the stamps of those whose every answer hangs on what they were made of, and the catalogues.

        before: those of an earlier build; of an edition that is the same, all are. alike: those will do that may be as they were.
        """
        edition, registry = (type(one).__name__ for one in (self.edition, self.edition.registry))
        wholes = {edition: self.edition.stamp, registry: self.edition.registry.stamp}
        if before.get(edition) == wholes[edition]:
            shares = {name: stamp for name, stamp in before.items() if name.startswith(f"{edition} ")}
        elif alike and before.get(registry) != wholes[registry]:
            shares = {}  # they all hang on it
        else:
            shares = self.edition.shares
        return {**wholes, **shares, **self.content.shares, **self.bodies.shares}

    # Addresses

    def article(self, article: Article) -> Address:
        """Where an article is."""
        return self.addresses.of("ARTICLE", slug=article.slug, date=article.date)

    def document(self, document: Document) -> Address:
        """Where a document is."""
        return self.addresses.of("DOCUMENT", slug=document.id)

    def issue(self, issue: Issue) -> Address:
        """Where an issue's public contents are."""
        return self.addresses.of("ISSUE", slug=issue.month)

    @cached_property
    def links(self) -> Links:
        """What the bodies may lead to."""
        return Links(self.addresses, self._where, self.content, lambda: places.all_addresses(self.addresses, self.edition))

    def _where(self, path: str) -> str | None:
        article = self.edition.article(path)
        return self.article(article).url if article else self._others.get(path)

    @cached_property
    def _others(self) -> dict[str, str]:
        return places.of_files(self.addresses, self.edition)

    # Pieces

    def moment(self, moment: datetime) -> Moment:
        """A point in time as pages show it."""
        return Moment(moment.isoformat(), short_date(moment), long_date(moment))

    def section(self, article: Article) -> Link:
        """The link to an article's section."""
        return Link(article.section, self.addresses.named("CATEGORY", article.section).url)

    def authors(self, article: Article) -> tuple[Link, ...]:
        """Links to the authors."""
        return tuple(Link(name, self.addresses.named("AUTHOR", name).url) for name in article.authors)

    def tags(self, article: Article) -> tuple[Link, ...]:
        """Links to the tags."""
        return tuple(Link(name, self.addresses.named("TAG", name).url) for name in article.tags)

    @remembered
    def card(self, article: Article) -> ArticleCard:
        """An article in a list."""
        picture = self.picture(article.picture) if article.picture else None
        return ArticleCard(
            article.title, self.article(article).url, self.moment(article.date), self.section(article), article.lead, picture
        )

    def cards(self, articles: tuple[Article, ...]) -> tuple[ArticleCard, ...]:
        """Articles in a list."""
        return tuple(self.card(article) for article in articles)

    def linked(self, article: Article | None) -> Link | None:
        """A neighbour."""
        return Link(article.title, self.article(article).url) if article else None

    @asked
    def expired(self, ident: str) -> bool:
        """Whether a document ran out before today."""
        document = self.edition.registry.document(ident)
        return bool(document and document.expires and document.expires < self.today)

    @remembered
    def reference(self, document: Document) -> DocumentRef:
        """A document where it is mentioned."""
        newer = self.edition.registry.related(document, "replaces_by")
        return DocumentRef(
            name=document.name,
            number=document.number,
            title=document.title,
            url=self.document(document).url,
            kind=document.type.name,
            issuer=document.issuer_name,
            term=document.term,
            date=short_date(document.issued) if document.issued else "",
            year=str(document.mention.year or (document.issued.year if document.issued else "")),
            state=OUT_OF_FORCE if newer or document.expires and self.expired(document.id) else "",
            replaced_by=tuple(self._newer(d) for d in newer),
        )

    def _newer(self, document: Document) -> Link:
        """What replaced a document; it may be replaced itself."""
        gone = " (cũng đã được thay thế)" if self.edition.registry.related(document, "replaces_by") else ""
        return Link(document.name + gone, self.document(document).url)

    def references(self, documents: tuple[Document, ...]) -> tuple[DocumentRef, ...]:
        """Documents where they are mentioned."""
        return tuple(self.reference(document) for document in documents)

    def sources(self, sources: tuple[SourceName, ...]) -> tuple[SourceLine, ...]:
        """Where facts come from."""
        return tuple(SourceLine(source.name, source.url) for source in sources)

    def issue_card(self, issue: Issue) -> IssueCard:
        """An issue in a list."""
        count = self.edition.count("ISSUE", issue.month)
        return IssueCard(issue.title, issue.label, self.issue(issue).url, issue.month, count)

    def picture(self, use: PictureUse) -> Picture:
        """A picture with what an article says of it."""
        return shown(self.made(use.file), self.addresses.setting("PICTURES"), use)

    @remembered
    def made(self, file: str) -> PictureSet:
        """A picture of the content folder in its sizes, which are published with what shows it."""
        self.content.stamp(file)
        return self._used(picture_set(self.content.root / file, self.store))

    def _used(self, made: PictureSet) -> PictureSet:
        for rendition in made.files:
            use(self.addresses.setting("PICTURES") + rendition.name, rendition.path)
        return made

    @remembered
    def mark(self) -> Picture | None:
        """The publisher's mark in the sizes of the masthead."""
        file = self.mark_file()
        made = mark_set(file, self.store) if file else None
        return shown(self._used(made), self.addresses.setting("PICTURES"), PictureUse("", "")) if made else None

    @remembered
    def mark_file(self) -> Path | None:
        """The publisher's mark as it came, where there is one."""
        file = f"anh/{self.content.catalogue.publisher.mark}"
        return self.content.root / file if self.content.stamp(file) else None

    def article_share(self, article: Article) -> Picture | None:
        """The card of an article: title, section, day, and its picture where it has one. Without cards, this picture alone."""
        shown = article.picture if article.picture and self.content.stamp(article.picture.file) else None
        if not self.addresses.cards:
            return self.picture(shown) if shown else None
        publisher, (day, _, _) = self.content.catalogue.publisher, long_date(article.date).rpartition(" ")
        picture = self.content.root / shown.file if shown else None
        said = (article.title, article.section, day, publisher.name, publisher.publisher, publisher.accent)
        return self._share(Share(*said, picture, self.mark_file()))

    @remembered
    def site_share(self) -> Picture | None:
        """The card of every other page: who publishes what, and where. Without cards, the publisher's mark."""
        publisher = self.content.catalogue.publisher
        if not self.addresses.cards:
            return logo(publisher.publisher) if self.mark_file() else None
        host = self.addresses.base.partition("://")[2].partition("/")[0]
        said = (publisher.name, publisher.parent, "", publisher.publisher, host, publisher.accent)
        return self._share(Share(*said, None, self.mark_file()))

    def _share(self, share: Share) -> Picture:
        shown = card(share, self.addresses.setting("PICTURES"))
        use(shown.src, share)
        return shown

    def _figure(self, written: str) -> Figure | None:
        file = picture_path(written)
        return figure(self.picture(PictureUse(file, ""))) if self.content.stamp(file) else None

    # Bodies

    def surroundings(self, path: str, on: datetime | None) -> Surroundings:
        """What the body of the file `path` may lead to; citations are read as of the day `on`."""
        day = on.date() if on else None

        def link(written: str) -> str | None:
            target = self.links.follow(written, path)
            if target.file.startswith("anh/"):
                return ROOT + self.addresses.setting("PICTURES") + self.made(target.file).plain[-1].name
            if target.file:
                self.attach(target.file)
            return target.address or None

        context = [d for d in self.edition.documents_of(path) if d.path != path]
        reader = Reader(self.edition.registry, self.content.catalogue, day, context)

        def references(text: str) -> list[Reference]:
            # A document's own page does not lead to itself.
            return [r for r in reader.read(text) if r.document is None or r.document.path != path]

        article = self.edition.article(path)
        headed = bool(article and article.picture)
        return Surroundings(link, self._figure, references, self._document_link, SIZES, first=not headed)

    def attach(self, file: str) -> str:
        """The address of a file of `tep/`, which is published with what leads to it."""
        url = self.addresses.setting("ATTACHMENTS") + file.partition("/")[2]
        use(url, Attachment(self.content.root / file, self.content.stamp(file)))
        return url

    def _document_link(self, document: Document) -> tuple[str, str, bool]:
        shown = self.reference(document)
        title = f"{shown.name} {document.title}, {shown.issuer}" + (f", ngày {shown.date}" if shown.date else "")
        if shown.replaced_by:
            title += "; đã được thay thế bởi " + ", ".join(link.title for link in shown.replaced_by)
        elif shown.state:
            title += "; đã hết hiệu lực"
        return ROOT + shown.url, title, shown.state == OUT_OF_FORCE

    def body(self, path: str, tree: Tree, on: datetime | None = None) -> Body:
        """The body of a file from its clean tree, which is changed."""
        return site_body(tree, self.surroundings(path, on))

    def text(self, path: str, text: str, root: str) -> Markup:
        """A short Markdown text of a file (profile, foreword, document) as safe HTML for one page."""
        return self.body(path, self.parser.tree(text)).at(root) if text.strip() else Markup("")

    def profile(self, name: str) -> Profile | None:
        """The profile of an author, where there is one."""
        return self.edition.profile(slug(name))

    def head(
        self, title: str, description: str, url: str, feed: str = "", picture: Picture | None = None, indexed: bool = True
    ) -> Head:
        """What stands in <head>. picture: by which links to the page are shown elsewhere, the site's own where there is none."""
        feeds = (FeedLink(title, feed, self.addresses.json_feed(feed)),) if feed else ()
        return Head(title, " ".join(description.split()), url, feeds, picture or self.site_share(), indexed)

    def trail(self, *links: Link) -> tuple[Link, ...]:
        """Breadcrumbs from the home page."""
        return (Link("Trang chủ", ""), *links)
