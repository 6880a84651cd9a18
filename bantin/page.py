"""A page of `trang/` and a profile of `tac-gia/`: their headers become values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bantin.diagnostics import Diagnostic
from bantin.header import Status, choice, whole
from bantin.source import Source, check_keys

PAGE_KEYS = ("Title", "Summary", "Order", "Slug", "Status")
PROFILE_KEYS = ("Name", "Role", "Kind")


class ProfileKind(StrEnum):
    """What an author is, for search engines."""

    PERSON = "person"
    ORGANIZATION = "organization"


@dataclass(frozen=True)
class Page:
    """A page, in the order of the menu."""

    path: str
    slug: str
    title: str
    lead: str
    order: int
    status: Status
    text: str
    stamp: str = field(default="", compare=False)  # of the file


@dataclass(frozen=True)
class Profile:
    """An author or desk."""

    path: str
    slug: str
    name: str
    role: str
    kind: ProfileKind
    text: str
    stamp: str = field(default="", compare=False)  # of the file


def read_page(source: Source, slug: str) -> tuple[Page | None, list[Diagnostic]]:
    """A page's file as a value."""
    problems = check_keys(source, PAGE_KEYS, ("Title",))
    status = choice(source, "status", Status, Status.PUBLISHED, Status.DRAFT, problems)
    order = whole(source, "order", 99, problems)
    title = source.get("title")
    page = Page(source.path, slug, title, source.get("summary"), order, status, source.body, source.stamp)
    return (page if title else None), problems


def read_profile(source: Source, slug: str) -> tuple[Profile | None, list[Diagnostic]]:
    """An author's file as a value."""
    problems = check_keys(source, PROFILE_KEYS, ("Name",))
    name = source.get("name")
    kind = choice(source, "kind", ProfileKind, ProfileKind.PERSON, ProfileKind.PERSON, problems)
    profile = Profile(source.path, slug, name, source.get("role"), kind, source.body, source.stamp)
    return (profile if name else None), problems
