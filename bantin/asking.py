"""What a piece of work asked for: it has to be done again only when one of the answers is another one.

Everything that a page is made from is had by asking: methods marked `@asked` answer, and `recorded` writes down who asked for
what. Nobody lists dependencies by hand. An answer is compared by its fingerprint, and a value that came out of a file
carries the fingerprint of what it was read from as its `stamp`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import lru_cache, wraps
from hashlib import blake2b
from typing import Any, Concatenate, ParamSpec, TypeVar
from zlib import crc32

from markupsafe import Markup

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

ANSWER = 12  # bytes of a fingerprint
KEPT = 8192  # results of a `remembered` method: a card of each of 50,000 articles, in each worker, is a lot of memory
SHARES = 256  # of what one class is asked about: an edit touches a few
Question = tuple[str, tuple[Hashable, ...]]  # `Edition.article`, its arguments


@dataclass(slots=True)
class Record:
    """What a piece of work asked, and what it needs to be published beside it: files by their place on the site."""

    questions: dict[Question, None] = field(default_factory=dict)
    uses: dict[str, Any] = field(default_factory=dict)


_known_fields: dict[type, tuple[str, ...] | None] = {}
_SIMPLE = frozenset((str, int, bytes, bool, type(None)))
_subjects: dict[str, int] = {}  # how many of a question's arguments name what it is about
_open: list[Record] = []  # one for each piece of work that is being made, the innermost last


def asked(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A method whose answers are written down. Its arguments are texts, numbers, None and tuples of these.

    What it asks itself is its own affair: the answer is what counts.
    """
    name = method.__qualname__

    @wraps(method)
    def ask(self: S, *args: P.args, **named: P.kwargs) -> R:
        if named:
            raise TypeError(f"{name}: a question has its arguments by place")
        if not _open:
            return method(self, *args, **named)
        _open[-1].questions[name, args] = None
        _open.append(Record())
        try:
            return method(self, *args, **named)
        finally:
            _open.pop()

    return ask


def asked_of(count: int) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """An `asked` method about one subject, which the first `count` arguments name: a file, a group (those left out are empty).

    Its answers hang on nothing but what its owner gives as the stamp of that subject (`stamps_of_shares`).
    """

    def decorate(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        _subjects[method.__qualname__] = count
        return asked(method)

    return decorate


def answering(question: Question) -> str:
    """Who answers: a class, or that share of one in which the subject lies (`stamps_of_shares`)."""
    name, arguments = question
    owner = name.partition(".")[0]
    count = _subjects.get(name)
    return _share(owner, (*arguments[:count], *("",) * (count - len(arguments)))) if count else owner


def stamps_of_shares(owner: str, stamps: Iterable[tuple[tuple[str, ...], str]], of: bytes = b"") -> dict[str, bytes]:
    """Share of that class → a stamp that changes with its subjects and with what stands beside them.

    stamps: (subject, a line that changes with all that answers about it hang on), each subject once; of: what all of them hang on.
    """
    shares: dict[str, list[str]] = defaultdict(lambda: [of.hex()])
    for subject, stamp in stamps:
        shares[_share(owner, subject)].append(f"{subject!r} {stamp}")
    return {share: fingerprint("\n".join(sorted(found))) for share, found in shares.items()}


@lru_cache(maxsize=1 << 16)
def _share(owner: str, subject: tuple[Hashable, ...]) -> str:
    return f"{owner} {crc32(repr(subject).encode('utf-8', 'backslashreplace')) % SHARES}"


def use(name: str, origin: object) -> None:
    """The piece of work that is being made needs the file `name` on the site; origin: what it is made from."""
    if _open:
        _open[-1].uses[name] = origin


def recorded(work: Callable[[], R]) -> tuple[R, Record]:
    """The result of some work, and what it asked and uses."""
    _open.append(Record())
    try:
        return work(), _open[-1]
    finally:
        _open.pop()


def remembered(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A method that works once for the same arguments; who takes its result has asked and uses what the work did."""
    slot = f"_remembered_{method.__name__}"

    @wraps(method)
    def take(self: S, *args: P.args, **named: P.kwargs) -> R:
        known: dict[Any, tuple[R, Record]] = self.__dict__.setdefault(slot, {})
        found = known.get(args)
        if found is None:
            if len(known) >= KEPT:
                del known[next(iter(known))]
            found = known[args] = recorded(lambda: method(self, *args, **named))
        if _open:
            _open[-1].questions.update(found[1].questions)
            _open[-1].uses.update(found[1].uses)
        return found[0]

    return take


def asker(name: str, owners: Mapping[str, object]) -> Callable[..., Any]:
    """Who answers `Class.method`, to be called with a question's arguments. owners: by the name of the class."""
    owner, _, method = name.partition(".")
    answering: Callable[..., Any] = getattr(owners[owner], method)
    return answering


def fingerprint(value: object) -> bytes:
    """`ANSWER` bytes that are equal where values are. Raises TypeError for what has no stable form."""
    return blake2b(_plain(value).encode("utf-8", "surrogatepass"), digest_size=ANSWER).digest()


def _fields(kind: type) -> tuple[str, ...] | None:
    """The names of a dataclass's fields."""
    if kind not in _known_fields:
        _known_fields[kind] = tuple(f.name for f in fields(kind)) if is_dataclass(kind) else None
    return _known_fields[kind]


def _plain(value: Any) -> str:
    """A text that is the same for the same value in every process."""
    kind = type(value)
    if kind in _SIMPLE or kind is Markup:
        return repr(value)
    if kind is tuple:
        if _SIMPLE.issuperset(map(type, value)):  # a list of ten thousand paths is one step
            return repr(value)
        return f"({','.join([_plain(one) for one in value])})"
    stamp = getattr(value, "stamp", "")
    if stamp:
        return f"{kind.__name__}:{stamp}"
    names = _fields(kind)
    if names is not None:
        return f"{kind.__name__}({','.join([_plain(getattr(value, name)) for name in names])})"
    if isinstance(value, frozenset):
        return f"{{{','.join(sorted(map(_plain, value)))}}}"
    if isinstance(value, str | int | float | date):
        return f"{kind.__name__}:{value!r}"
    raise TypeError(f"no stable form: {kind.__name__}")
