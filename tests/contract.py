"""Which declared fields the theme's templates use: a small type checker over Jinja's syntax trees."""

from __future__ import annotations

import types
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, FileSystemLoader, nodes

from bantin.views import document_pieces, pieces
from bantin.views import types as views

UNKNOWN = object()  # an expression whose type the checker does not know: nothing is said of it
Types = dict[str, Any]


@dataclass
class Checker:
    """`faults`: what no class declares; `used`: (class, field) that some template reads."""

    folder: Path
    faults: list[str] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.environment = Environment(loader=FileSystemLoader(self.folder), autoescape=True)
        self.trees: dict[str, nodes.Template] = {}
        self.seen: set[tuple[Any, ...]] = set()

    def template(self, name: str, view: type) -> None:
        """Check the page template `name` for that class of `view`, with all that it extends and imports."""
        self.body(name, self.tree(name).body, {"site": pieces.Site, "view": view, "loop": UNKNOWN}, {})

    def tree(self, name: str) -> nodes.Template:
        """The syntax tree of a template."""
        if name not in self.trees:
            source, _, _ = self.environment.loader.get_source(self.environment, name)  # type: ignore[union-attr]
            self.trees[name] = self.environment.parse(source, name)
        return self.trees[name]

    def body(self, name: str, found: list[nodes.Node], known: Types, macros: dict[str, tuple[str, nodes.Macro]]) -> None:
        """Statements in order: names that they set are known afterwards."""
        for node in found:
            self.statement(name, node, known, macros)

    def statement(self, name: str, node: nodes.Node, known: Types, macros: dict[str, tuple[str, nodes.Macro]]) -> None:
        """One statement."""
        if isinstance(node, nodes.Extends):
            base = node.template.value  # type: ignore[attr-defined]
            self.body(base, self.tree(base).body, {**known, "own_search": bool, "here": str}, dict(macros))
        elif isinstance(node, nodes.FromImport):
            other = node.template.value  # type: ignore[attr-defined]
            inside = self.macros(other)
            macros |= {n if isinstance(n, str) else n[1]: inside[n if isinstance(n, str) else n[0]] for n in node.names}
        elif isinstance(node, nodes.Macro):
            macros[node.name] = (name, node)
        elif isinstance(node, nodes.Assign):
            known[node.target.name] = self.type(name, node.node, known, macros)  # type: ignore[attr-defined]
        elif isinstance(node, nodes.For):
            inner = dict(known)
            items = self.type(name, node.iter, known, macros)
            item = items[1] if isinstance(items, tuple) else UNKNOWN
            for target in [node.target] if isinstance(node.target, nodes.Name) else node.target.items:  # type: ignore[attr-defined]
                inner[target.name] = item if isinstance(node.target, nodes.Name) else UNKNOWN
            if node.test:
                self.type(name, node.test, inner, macros)
            self.body(name, node.body, inner, macros)
            self.body(name, node.else_, known, macros)
        elif isinstance(node, nodes.Expr):
            self.type(name, node, known, macros)
        else:
            for child in node.iter_child_nodes():
                if isinstance(child, nodes.Stmt):
                    self.statement(name, child, known, macros)
                else:
                    self.type(name, child, known, macros)

    def macros(self, name: str) -> dict[str, tuple[str, nodes.Macro]]:
        """The macros that a file of macros defines or imports."""
        found: dict[str, tuple[str, nodes.Macro]] = {}
        for node in self.tree(name).body:
            if isinstance(node, nodes.Macro | nodes.FromImport):
                self.statement(name, node, {}, found)
        return found

    def type(self, name: str, node: nodes.Node, known: Types, macros: dict[str, tuple[str, nodes.Macro]]) -> Any:
        """The declared type of an expression; every attribute in it is checked."""
        if isinstance(node, nodes.Name):
            if node.name not in known and node.name not in macros:
                self.faults.append(f"{name}:{node.lineno}: no name {node.name}")
            return known.get(node.name, UNKNOWN)
        if isinstance(node, nodes.Getattr):
            return self.attribute(name, node, self.type(name, node.node, known, macros))
        inside = [self.type(name, child, known, macros) for child in node.iter_child_nodes()]
        if isinstance(node, nodes.Getitem):
            owner = inside[0]
            return owner if isinstance(node.arg, nodes.Slice) or not isinstance(owner, tuple) else owner[1]
        if isinstance(node, nodes.Or | nodes.And | nodes.CondExpr):
            return next((t for t in reversed(inside) if t is not UNKNOWN), UNKNOWN)
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in macros:
            self.call(node, inside[1:], *macros[node.node.name], known, macros)
        return UNKNOWN

    def attribute(self, name: str, node: nodes.Getattr, owner: Any) -> Any:
        """The type of `owner.attr`."""
        if isinstance(owner, type) and is_dataclass(owner):
            hints = get_type_hints(owner)
            if node.attr not in hints:
                self.faults.append(f"{name}:{node.lineno}: {owner.__name__} has no field {node.attr}")
                return UNKNOWN
            self.used.add((owner.__name__, node.attr))
            return plain(hints[node.attr])
        if owner is not UNKNOWN and not isinstance(owner, tuple) and not hasattr(owner, node.attr):
            self.faults.append(f"{name}:{node.lineno}: {owner} has no attribute {node.attr}")
        return UNKNOWN

    def call(self, node: nodes.Call, given: list[Any], file: str, macro: nodes.Macro, known: Types, macros: Any) -> None:
        """A macro's body, with the types of what it is called with."""
        bound = {"loop": UNKNOWN, **{arg.name: UNKNOWN for arg in macro.args}}
        bound |= dict(zip([arg.name for arg in macro.args], given[: len(node.args)], strict=False))
        key = (file, macro.name, *bound.values())
        if key not in self.seen:
            self.seen.add(key)
            outer = {**known, **bound} if file in ("base.html", "home.html", "document.html") else bound
            self.body(file, macro.body, outer, {**self.macros(file), **(macros if outer is not bound else {})})


def plain(hint: Any) -> Any:
    """An annotation as the checker holds it: `X | None` is X, `tuple[X, ...]` is ("many", X)."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return plain(next(arg for arg in get_args(hint) if arg is not type(None)))
    return ("many", plain(get_args(hint)[0])) if origin is tuple else hint


def declared() -> set[tuple[str, str]]:
    """Every (class, field) of the views and their pieces."""
    classes = {
        c for module in (views, pieces, document_pieces) for c in vars(module).values() if isinstance(c, type) and is_dataclass(c)
    }
    return {(c.__name__, f.name) for c in classes for f in fields(c)}
