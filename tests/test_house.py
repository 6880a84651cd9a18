"""The walls of the house: who may import whom, how long things are, that all is annotated, documented and pinned."""

from __future__ import annotations

import ast
import re
import statistics
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions

import pytest
from conftest import ROOT

# From the ground up: a room stands only on rooms above it in this list.
ROOMS = (
    "vietnamese", "alike", "unexpected", "diagnostics", "progress", "glance", "environment", "asking", "same", "parallel", "world", "files", "standing", "build", "markup", "images", "addresses", "secrecy", "attachments", "bounds", "source", "tables", "catalogue", "citations", "header",
    "documents", "registry", "citing", "article", "text_checks", "page", "issue", "skeletons", "content", "audience", "related", "groups", "edition", "printed", "body", "bodies", "links", "checks", "views", "outputs",
    "speech", "preflight", "memory", "jobs", "works", "searching", "making", "site", "generators", "adapter", "watching", "plugin", "preview", "publishing", "commands",
)  # fmt: skip

# What one module knows and no other.
ALONE = {
    "pelican": {"adapter", "generators", "plugin"},
    "typst": {"outputs.typesetting"},
    "pikepdf": {"outputs.imposition", "preflight.content"},
    "segno": {"outputs.setter"},
    "feedgen": {"outputs.feeds"},
    "PIL": {
        "images.blur",
        "images.cards",
        "images.files",
        "images.icons",
        "images.letters",
        "images.paper",
        "images.reading",
        "images.web",
        "images.within",
        "preflight.builds",
        "preflight.letters",
        "publishing.pictures",
    },
    "pagefind_bin": {"outputs.search.tool"},
    "cbor2": {"outputs.search.chunks", "outputs.search.tool", "outputs.search.words", "publishing.haystack"},
    "filelock": {"build"},
    "brotli": {"publishing.compress"},
    "nh3": {"body"},
    "markdown": {"body"},
    "yaml": {"source"},
    "tomllib": {"tables"},
    "rich": {"progress"},
    "jinja2": {"adapter", "generators", "outputs.pages"},
    "subprocess": {"environment", "commands", "outputs.search.tool", "preflight.tools", "publishing.record"},
}

MODULES = {
    ".".join(path.relative_to(ROOT / "bantin").with_suffix("").parts).removesuffix(".__init__").replace("__init__", ""): path
    for path in sorted((ROOT / "bantin").rglob("*.py"))
}


@cache
def tree(module: str) -> ast.Module:
    """A module as syntax."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[tuple[str, str, str]]:
    """(module, name, name here) of every import, also those inside functions; the name is empty for `import x`."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "", alias.asname or alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{module} imports relatively"
            yield from ((node.module, alias.name, alias.asname or alias.name) for alias in node.names)


def ours(module: str) -> set[str]:
    """Modules of bantin that a module imports, without `bantin.`."""
    found = set()
    for name, part, _ in imports(module):
        if name.split(".")[0] == "bantin" and part != "__version__":
            whole = f"{name}.{part}".removeprefix("bantin.").removeprefix("bantin")
            found.add(whole if whole in MODULES else name.removeprefix("bantin."))
    return found


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    yield from (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_room_is_in_the_list() -> None:
    assert {module.split(".")[0] for module in MODULES} - {""} == set(ROOMS)


@pytest.mark.parametrize("module", [m for m in MODULES if m])
def test_no_arrow_runs_back_up(module: str) -> None:
    place = ROOMS.index(module.split(".")[0])
    assert [other for other in ours(module) if ROOMS.index(other.split(".")[0]) > place] == []


def test_no_module_imports_itself_by_a_detour() -> None:
    order = list(TopologicalSorter({module: ours(module) for module in MODULES}).static_order())
    assert set(order) >= {m for m in MODULES if m}


@pytest.mark.parametrize("package", ALONE)
def test_what_one_module_knows_no_other_does(package: str) -> None:
    users = {module for module in MODULES if any(name.split(".")[0] == package for name, _, _ in imports(module))}
    assert users == ALONE[package]


def test_a_bare_machine_needs_only_the_standard_library() -> None:
    assert {name.split(".")[0] for name, _, _ in imports("environment")} <= sys.stdlib_module_names | {"__future__"}


GATED = ("Public", "Printed")


@pytest.mark.parametrize("module", [m for m in MODULES if m != "audience"])
def test_only_the_gate_lets_through(module: str) -> None:
    known = {here for name, part, here in imports(module) if name == "bantin.audience" and part in GATED}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            called = node.func
            assert not (isinstance(called, ast.Name) and called.id in known), f"{module}:{node.lineno}"
            if isinstance(called, ast.Attribute) and called.attr in GATED:
                assert "audience" not in ast.unparse(called.value), f"{module}:{node.lineno}"


def test_the_gate_itself_makes_what_it_lets_through() -> None:
    calls = {n.func.id for n in ast.walk(tree("audience")) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert set(GATED) <= calls


PUBLIC_SIDE = [
    m
    for m in MODULES
    if m.split(".")[0] == "views"
    or m
    in (
        "outputs.exports",
        "outputs.feeds",
        "outputs.icons",
        "outputs.pages",
        "outputs.search",
        "outputs.search.chunks",
        "outputs.search.lists",
        "outputs.search.shadow",
    )
]


@pytest.mark.parametrize("module", PUBLIC_SIDE)
def test_pages_and_feeds_reach_articles_only_through_the_edition(module: str) -> None:
    taken = {(name, part) for name, part, _ in imports(module) if name in ("bantin.article", "bantin.content", "bantin.audience")}
    assert taken <= {("bantin.article", n) for n in ("Article", "PictureUse", "picture_path")} | {("bantin.content", "Content")}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and node.attr in ("articles", "pages", "profiles", "issues", "sources"):
            assert not re.search(r"\bcontent$", ast.unparse(node.value)), (
                f"{module}:{node.lineno} takes what was read, not what is published"
            )


@pytest.mark.parametrize("module", MODULES)
def test_lengths(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= 300, f"{lines} lines"
    long = [
        f"{f.name}: {f.end_lineno - f.lineno + 1}" for f in functions(module) if f.end_lineno and f.end_lineno - f.lineno >= 45
    ]
    assert long == []


def test_most_things_are_short() -> None:
    assert statistics.median(len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES.values()) < 150
    assert statistics.median((f.end_lineno or 0) - f.lineno + 1 for m in MODULES for f in functions(m)) <= 10


@pytest.mark.parametrize("module", MODULES)
def test_every_function_is_annotated(module: str) -> None:
    bare = []
    for function in functions(module):
        args = function.args
        named = [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, (args.vararg, args.kwarg))]
        if function.returns is None or any(a.annotation is None for a in named if a.arg not in ("self", "cls")):
            bare.append(f"{function.name}:{function.lineno}")
    assert bare == []


@pytest.mark.parametrize("module", MODULES)
def test_everything_public_is_documented(module: str) -> None:
    assert ast.get_docstring(tree(module))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    top = [node for node in tree(module).body if isinstance(node, kinds)]
    inner = [
        node
        for owner in top
        if isinstance(owner, ast.ClassDef) and owner.name[0] != "_"
        for node in owner.body
        if isinstance(node, kinds)
    ]
    assert [n.name for n in [*top, *inner] if not n.name.startswith("_") and not ast.get_docstring(n)] == []


REQUIREMENT = re.compile(r"(?P<name>[A-Za-z][\w.-]*)==(?P<version>\d+(?:\.\d+)+)\s+# (?P<reason>\S.*)")


def required(file: str) -> dict[str, str]:
    """Version by package of a requirements file, which has a reason in every line."""
    lines = [line for line in (ROOT / file).read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    found = {line: REQUIREMENT.fullmatch(line) for line in lines}
    assert [line for line, match in found.items() if not match] == []
    return {match["name"].lower(): match["version"] for match in found.values() if match}


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt", "bench/requirements.txt"])
def test_every_requirement_is_pinned_with_a_reason(file: str) -> None:
    assert required(file)


def test_nothing_is_used_that_is_not_required_and_nothing_required_that_is_not_used() -> None:
    distributions = packages_distributions()
    used = (
        {name.split(".")[0] for module in MODULES for name, _, _ in imports(module)}
        - sys.stdlib_module_names
        - {"bantin", "__future__"}
    )
    packages = {distributions[name][0].lower().replace("_", "-") for name in used}
    # invoke is what tasks.py runs on; bantin does not import it.
    assert packages | {"invoke"} == set(required("requirements.txt"))
