"""What was corrected: the record that stays, and the page that all of it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from bantin.article import Article
from bantin.edition import changed
from bantin.vietnamese import short_date
from bantin.views.composer import Composer
from bantin.views.correction_pieces import Corrected, Correction
from bantin.views.page import PageSpec, Viewed
from bantin.views.pieces import Link
from bantin.views.types import CorrectionsPage

TITLE = "Thông tin cải chính, xin lỗi"  # the law wants these words


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The page of corrections."""
    yield PageSpec(composer.addresses.of("CORRECTIONS").save_as, "corrections", corrections_page)


def corrections_page(composer: Composer) -> Viewed:
    """The view of all corrections."""
    articles = composer.edition.corrected()
    head = composer.head(TITLE, "Những chỗ đã đăng sai và nay sửa lại, theo bài.", composer.addresses.of("CORRECTIONS").url)
    corrected = tuple(
        Corrected(
            Link(article.title, composer.article(article).url),
            composer.section(article),
            short_date(article.date),
            corrections_of(article)[::-1],
        )
        for article in articles
    )
    return Viewed(CorrectionsPage(head, composer.trail(), TITLE, corrected), changed(articles))


def corrections_of(article: Article) -> tuple[Correction, ...]:
    """The corrections of an article, the first one first."""
    return tuple(Correction(short_date(c.day), c.day.isoformat(), c.wrong, c.right) for c in article.corrections)
