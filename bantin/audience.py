"""The gate: what may be published is a different type from what was read. Unknown means no.

`Public` and `Printed` are made here and nowhere else (a test holds that); the edition, and so every page, feed
and issue, is put together from them alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bantin.article import Article, Audience
from bantin.header import Status


@dataclass(frozen=True, slots=True)
class Public:
    """An article that everybody may read at the time of the build. `listed` is False for hidden ones."""

    article: Article
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """An article that may stand in a printed issue: public or internal, never a draft."""

    article: Article


def admit_public(articles: Iterable[Article], now: datetime, drafts: bool = False, future: bool = False) -> tuple[Public, ...]:
    """Those that may be published at `now`, aware.

    drafts: a preview on the editor's own machine shows drafts too; future: Pelican's `WITH_FUTURE_DATES`.
    """
    return tuple(Public(a, a.status is not Status.HIDDEN) for a in articles if _public(a, now, drafts, future))


def admit_printed(articles: Iterable[Article]) -> tuple[Printed, ...]:
    """Those that may be printed. An embargo is for the public site; the printed issue has a date of its own."""
    return tuple(
        Printed(a) for a in articles if a.status is Status.PUBLISHED and a.audience in (Audience.PUBLIC, Audience.INTERNAL)
    )


def _public(article: Article, now: datetime, drafts: bool, future: bool) -> bool:
    if article.audience is not Audience.PUBLIC:
        return False
    if article.status is Status.DRAFT:
        return drafts
    out = article.status in (Status.PUBLISHED, Status.HIDDEN)
    return out and (article.embargo is None or article.embargo <= now) and (future or article.date <= now)
