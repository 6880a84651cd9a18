"""Checks of lines and page ends: holes in justified lines, widows, orphans, and what was left alone on a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bantin.preflight.finding import Unreadable
from bantin.preflight.proofs import Outcome, Proofs, check
from bantin.preflight.structure import Block, Line

WIDE = 0.40  # em: a word space above this is a hole
MOST_WIDE = 0.02  # of the justified lines
NEAR_EDGE = 0.7  # points: a justified line ends this near the edge of its page; hanging punctuation goes beyond
SHORT_END = 3  # lines on the last page of an article
MOST_SHORT_ENDS = 0.10  # of the articles; one is always allowed


def _blocks(proofs: Proofs) -> list[Block]:
    blocks = proofs.structure.blocks
    if not blocks:
        raise Unreadable("screen.pdf: không có thẻ nên không biết đâu là đoạn văn")
    return blocks


@check("Khoảng trống trong dòng căn đều")
def justification(proofs: Proofs) -> Outcome:
    """At most 2 % of the justified lines have a word space over 0.40 em.

    A line counts where it is no last line of its paragraph or list item (`Block.is_prose`) and ends at the right edge of
    the page's text, which is where most such lines end; a paragraph of which most lines end elsewhere is set ragged.
    """
    prose = [block for block in _blocks(proofs) if block.is_prose]
    ends = defaultdict[int, Counter[float]](Counter)
    for block in prose:
        for line in block.lines[:-1]:
            ends[line.page % 2][round(line.right * 2) / 2] += 1
    edges = {side: count.most_common(1)[0][0] for side, count in ends.items()}
    justified = [line for block in prose for line in _justified(block, edges)]
    wide = [(space, line) for line in justified if (space := _widest_space(line)) > WIDE]
    share = len(wide) / max(1, len(justified))
    worst = sorted(wide, key=lambda found: -found[0])
    shown = [f"trang {line.page}: khoảng trống {space:.2f} em trong “{line.text[:60]}”" for space, line in worst]
    figure = f"{share:.1%} của {len(justified)} dòng".replace(".", ",")
    return figure, shown if share > MOST_WIDE else []


def _justified(block: Block, edges: dict[int, float]) -> list[Line]:
    lines = block.lines[:-1]
    full = [line for line in lines if line.right > edges[line.page % 2] - NEAR_EDGE]
    return full if 2 * len(full) > len(lines) else []


def _widest_space(line: Line) -> float:
    """The widest space between two words, in em."""
    widest, last, spaced = 0.0, None, False
    for glyph in line.glyphs:
        if not glyph.text.strip():
            spaced = True
            continue
        if last and spaced:
            widest = max(widest, (glyph.x - last.to_x) / max(last.size, glyph.size))
        last, spaced = glyph, False
    return widest


class Article(NamedTuple):
    """An article as tags show it."""

    title: Block
    text: tuple[Block, ...]
    codes: tuple[Block, ...]


@check("Dòng mồ côi, tiêu đề và hình lẻ loi")
def lonely(proofs: Proofs) -> Outcome:
    """No line of a paragraph, no heading, caption or QR code is left alone; few articles end in a page of three lines."""
    blocks = _blocks(proofs)
    articles = list(_articles(blocks))
    problems = [*_torn(blocks), *_last_headings(blocks), *_parted_captions(blocks), *_lone_codes(articles)]
    short = [(article.title, page) for article in articles if (page := _short_end(article))]
    allowed = max(1, int(MOST_SHORT_ENDS * len(articles)))
    if len(short) > allowed:
        problems += [f"trang {page}: bài {title.text} sang trang này chỉ còn ≤ {SHORT_END} dòng" for title, page in short]
    figure = (
        f"{len(problems)} chỗ; {len(short)}/{len(articles)} bài kết thúc bằng ≤ {SHORT_END} dòng ở trang mới (cho phép {allowed})"
    )
    return figure, problems


def _torn(blocks: Sequence[Block]) -> Iterator[str]:
    """Paragraphs and list items that leave one line on a page and go on on the next."""
    for block in blocks:
        if not block.is_prose or len(block.pages) < 2:
            continue
        count = Counter(line.page for line in block.lines)
        first, last = min(count), max(count)
        if count[first] == 1:
            yield f"trang {first}: dòng đầu của đoạn đứng một mình ở chân trang: {block.text}"
        if count[last] == 1 and first != last:
            yield f"trang {last}: dòng cuối của đoạn đứng một mình ở đầu trang: “{block.lines[-1].text}”"


def _last_headings(blocks: Sequence[Block]) -> Iterator[str]:
    """The name of a column above a title (a Div) is a heading, too; a QR code beside a title is not what follows it."""
    for heading, after in pairwise(block for block in blocks if not block.is_code):
        above = heading.kind == "Div" and after.kind == "H2"
        if (heading.is_heading or above) and after.pages[0] > heading.pages[-1]:
            yield f"trang {heading.pages[-1]}: tiêu đề ở cuối trang, không có gì theo sau: {heading.text}"


def _parted_captions(blocks: Sequence[Block]) -> Iterator[str]:
    """A picture and its caption are children of one element, in either order."""
    for one, other in pairwise(blocks):
        figure, caption = (one, other) if one.kind == "Figure" else (other, one)
        together = figure.kind == "Figure" and "Caption" in caption.path and figure.holders[1:2] == caption.holders[1:2]
        if together and figure.pages != caption.pages:
            yield f"trang {caption.pages[0]}: chú thích rời hình ở trang {figure.pages[0]}: {caption.text}"


def _articles(blocks: Sequence[Block]) -> Iterator[Article]:
    """From each title to the next, or to the next part; the name of the next article's column is none of its lines."""
    title, text, codes = None, list[Block](), list[Block]()
    for block in blocks:
        if block.kind in ("H1", "H2"):
            if title:
                yield Article(title, tuple(text), tuple(codes))
            title, text, codes = (block if block.kind == "H2" else None), [], []
        elif block.is_code:
            codes.append(block)
        elif block.kind not in ("Note", "Div"):
            text.append(block)
    if title:
        yield Article(title, tuple(text), tuple(codes))


def _lone_codes(articles: Sequence[Article]) -> Iterator[str]:
    """A QR code stands on a page on which there is text of its article."""
    for article in articles:
        pages = {line.page for block in article.text for line in block.lines}
        for code in article.codes:
            if not pages & set(code.pages):
                yield f"trang {code.pages[0]}: mã QR không cùng trang với bài {article.title.text}"


def _short_end(article: Article) -> int:
    """The last page of an article that has few lines there and stands on others, too; else 0."""
    lines = [line for block in article.text for line in block.lines]
    if not lines or lines[0].page == lines[-1].page:
        return 0
    last = {round(line.height) for line in lines if line.page == lines[-1].page}
    return lines[-1].page if len(last) <= SHORT_END else 0
