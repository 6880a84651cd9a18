"""The rules of the house across files: each is a small generator of diagnostics, collected before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bantin.addresses import Addresses
from bantin.article import Article, Audience, picture_path
from bantin.attachments import FOLDER, faults
from bantin.body import Parser, Tree, clean_tree, targets
from bantin.bounds import too_deep, too_much
from bantin.content import Content
from bantin.diagnostics import Diagnostic, nearest
from bantin.documents import Document
from bantin.files import misnamed
from bantin.header import Status
from bantin.images import BadPicture, open_picture
from bantin.links import Links, forbidden_schemes
from bantin.registry import check_entry
from bantin.same import Same
from bantin.source import Source
from bantin.text_checks import check_citing, read_citations
from bantin.vietnamese import slug

_LINK_MESSAGES = {
    "LK01": ("liên kết “{0}” không tới đâu", "kiểm tra đường dẫn; tới bài khác viết {{filename}}/bai-viet/2023/ten-bai.md"),
    "LK02": ("liên kết “{0}” tới nội dung không công khai", "bỏ liên kết, hoặc công khai nội dung ấy trước"),
    "LK03": ("địa chỉ “{0}” không được phép", "chỉ dùng http, https, mailto, tel hoặc đường dẫn trong kho"),
}


def check_content(content: Content, addresses: Addresses, same: Same | None = None) -> Iterator[Diagnostic]:
    """What can be said of all files together. same: of the builds of this process."""
    of = (addresses, content.registry, *content.articles, *content.pages)
    yield from (same or Same()).made("names", of, lambda: (*check_addresses(content, addresses), *check_names(content)))
    yield from check_mark(content)
    yield from check_issues(content)


def check_file(content: Content, parser: Parser, links: Links, path: str) -> Iterator[Diagnostic | Tree]:
    """What is wrong with one file that was read; the clean tree of its body last, unless it cannot be made."""
    content.stamp(path)  # all of it: positions are in the messages
    source, value = content.sources[path], content.records[path].value
    if found := too_much(source.body):
        yield source.at_index(found[0], "TP07", found[1], "chia nhỏ bài, hoặc bỏ bớt các dấu ấy")
        return
    if isinstance(value, Article):
        yield from check_documents(content, value, source)
        yield from check_column(content, value, source)
        if value.picture:
            yield from check_picture(content, source, value.picture.file, source.get("image"), in_header=True)
    if isinstance(value, Document):
        yield from check_attached(content, value, source)
    open_to_all = is_public(value) if isinstance(value, Article) else True
    yield from check_body(content, parser, links, source, open_to_all)


def check_addresses(content: Content, addresses: Addresses) -> Iterator[Diagnostic]:
    """Two files for one address. Internal articles have no address."""
    system = {
        addresses.setting(name): "trang có sẵn"
        for name in ("INDEX_SAVE_AS", "SEARCH_SAVE_AS", "DOCUMENTS_SAVE_AS", "ISSUES_SAVE_AS", "ARCHIVES_SAVE_AS",
                     "CATEGORIES_SAVE_AS", "TAGS_SAVE_AS", "AUTHORS_SAVE_AS", "COVERAGE_SAVE_AS", "ABBREVIATIONS_SAVE_AS", "CORRECTIONS_SAVE_AS",
                     "FEEDS_SAVE_AS", "OFFLINE_SAVE_AS")
    }  # fmt: skip
    seen: dict[str, str] = {save_as: name for save_as, name in system.items() if save_as}
    named = [(a.path, article_address(addresses, a)) for a in content.articles if a.audience is Audience.PUBLIC]
    named += [(p.path, addresses.of("PAGE", slug=p.slug).save_as) for p in content.pages]
    named += [(d.path, addresses.of("DOCUMENT", slug=d.id).save_as) for d in content.registry.all()]
    for path, save_as in sorted(named):
        other = seen.setdefault(save_as, path)
        if other != path:
            yield content.sources[path].at(
                None, "DC01", f"cùng địa chỉ với {other}: {save_as}", "đổi tên tệp, hoặc thêm dòng “Slug: …”"
            )


def article_address(addresses: Addresses, article: Article) -> str:
    """Where an article is written."""
    return addresses.of("ARTICLE", slug=article.slug, date=article.date).save_as


def check_names(content: Content) -> Iterator[Diagnostic]:
    """Sections, tags and authors of public articles: one spelling for one address, and an address for each."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    fine: set[tuple[str, str]] = set()
    for article in filter(is_public, content.articles):
        for key, names in (("category", (article.section,)), ("tags", article.tags), ("authors", article.authors)):
            for name in names:
                if (key, name) in fine:  # there are few, and many articles
                    continue
                other, path = seen.setdefault((key, slug(name)), (name, article.path))
                bad = not slug(name) or misnamed(slug(name))
                if not bad and other == name:
                    fine.add((key, name))
                if bad or other != name:
                    source = content.sources[article.path]
                    field = source.field(key) or source.field("author")
                if bad:
                    hint = "viết tên có chữ hoặc số, ngắn, không phải tên riêng của Windows"
                    yield source.at(field, "DC02", f"“{name[:60]}” không làm địa chỉ được", hint)
                elif other != name:
                    message = f"“{name}” cùng địa chỉ với “{other}” ở {path}"
                    yield source.at(field, "DC01", message, "viết tên ấy thống nhất trong mọi bài")


def check_mark(content: Content) -> Iterator[Diagnostic]:
    """The publisher's mark is a picture of the folder, where the folder itself says who publishes."""
    mark = content.catalogue.publisher.mark
    own = (content.root / "danh-muc" / "co-quan-xuat-ban.toml").is_file()
    if mark and own and not content.stamp(f"anh/{mark}"):
        label = content.catalogue.files["co-quan-xuat-ban.toml"]
        yield Diagnostic(label, 1, 1, "HA01", f"không có dấu hiệu “{mark}”", 'đặt ảnh vào thư mục anh/, hoặc để mark = ""')


def check_issues(content: Content) -> Iterator[Diagnostic]:
    """Two files for one month."""
    seen: dict[str, str] = {}
    for issue in sorted(content.issues, key=lambda i: i.path):
        other = seen.setdefault(issue.month, issue.path)
        if other != issue.path:
            source = content.sources[issue.path]
            yield source.at(source.field("month"), "BT01", f"tháng {issue.month} đã có ở {other}", "giữ một tệp cho mỗi tháng")


def check_documents(content: Content, article: Article, source: Source) -> Iterator[Diagnostic]:
    """Each document of a header is one of the registry on the article's date; then how the text cites."""
    registry, catalogue, day = content.registry, content.catalogue, article.date.date()
    for text in article.documents:
        yield from check_entry(registry, catalogue, source, source.field("resolutions"), text, day)
    listed = registry.entries(article.documents, day)
    yield from check_citing(read_citations(source, article, listed, registry, catalogue))


def check_column(content: Content, article: Article, source: Source) -> Iterator[Diagnostic]:
    """A column is one of the catalogue's."""
    known = [c.name for c in content.catalogue.columns]
    if article.column and known and article.column not in known:
        near = nearest(article.column, known)
        hint = f"có phải “{near}”?" if near else "xem danh-muc/cot-muc.toml"
        yield source.at(source.field("column"), "BT02", f"cột mục “{article.column}” không có trong danh mục", hint)


def check_attached(content: Content, document: Document, source: Source) -> Iterator[Diagnostic]:
    """The file of a document is one of `tep/`, and may be published."""
    if not document.attachment:
        return
    field, file = source.field("attachment"), document.attachment.lstrip("/")
    if not file.startswith(FOLDER) or not content.stamp(file):
        hint = "đặt tệp vào tep/ rồi ghi tep/tên-tệp"
        yield source.at(field, "LK01", f"không có tệp “{document.attachment}”", hint)
        return
    yield from (source.at(field, *fault) for fault in check_attachment(content, file))


def check_attachment(content: Content, file: str) -> Iterator[tuple[str, str, str]]:
    """(code, message, hint) of what is wrong with a file that a page leads to: its real type, its size, a mark in it."""
    yield from _faults(content.root / file, content.stamp(file), file, content.largest)


@lru_cache(maxsize=4096)
def _faults(path: Path, _stamp: str, file: str, largest: int) -> tuple[tuple[str, str, str], ...]:
    return tuple((fault.code, fault.message, fault.hint) for fault in faults(path, file, largest))


def check_picture(content: Content, source: Source, file: str, written: str, in_header: bool) -> Iterator[Diagnostic]:
    """A picture is there and can be used."""

    def at(code: str, message: str, hint: str) -> Diagnostic:
        return (
            source.at(source.field("image"), code, message, hint) if in_header else source.in_body(written, code, message, hint)
        )

    stamp = content.stamp(file)
    if not stamp:
        near = nearest(file.removeprefix("anh/"), [f.removeprefix("anh/") for f in content.files("anh/")])
        yield at("HA01", f"không có ảnh “{file}”", f"có phải “{near}”?" if near else "đặt ảnh vào thư mục anh/")
        return
    problem = _unusable(content.root / file, stamp)
    if problem:
        yield at("HA03", f"“{file}”: {problem}", "xuất lại ảnh ra JPEG hoặc PNG")


@lru_cache(maxsize=4096)
def _unusable(path: Path, _stamp: str) -> str:
    try:
        open_picture(path)
    except BadPicture as error:
        return str(error)
    return ""


def check_body(content: Content, parser: Parser, links: Links, source: Source, public: bool) -> Iterator[Diagnostic | Tree]:
    """The clean tree of a body, last, after what is wrong with its links and pictures."""
    try:
        dirty = parser.html(source.body)
        tree = clean_tree(dirty)
    except RecursionError:
        tree = None
    if tree is None or too_deep(tree):
        yield source.in_body("", "TP07", "nội dung lồng nhau quá sâu", "bỏ bớt dấu *, _, > hoặc [ đứng liền nhau")
        return
    for scheme in forbidden_schemes(dirty):
        yield source.in_body(
            scheme, "LK03", f"địa chỉ bắt đầu bằng “{scheme}:” không được phép", "chỉ dùng http, https, mailto, tel"
        )
    for name, written in targets(tree):
        if name == "src":
            yield from check_picture(content, source, picture_path(written), written, in_header=False)
        else:
            target = links.follow(written, source.path)
            if target.code and (public or target.code != "LK02"):
                message, hint = (part.format(written) for part in _LINK_MESSAGES[target.code])
                yield source.in_body(written, target.code, message, hint)
            elif target.file.startswith(FOLDER):
                yield from (source.in_body(written, *fault) for fault in check_attachment(content, target.file))
    for image in tree.iter("img"):
        if not image.get("alt", "").strip():
            yield source.in_body(
                image.get("src", ""), "HA02", "ảnh thiếu mô tả", "viết mô tả trong ngoặc vuông: ![ảnh cho thấy gì](ten-anh.png)"
            )
    yield tree


def is_public(article: Article) -> bool:
    """Whether an article could ever be published, now or when its time comes."""
    return article.audience is Audience.PUBLIC and article.status is not Status.SKIP
