"""The source tree as the architecture tests see it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAUGA = ROOT / "src" / "sauga"
SERVICES = sorted(
    path.parent.name for path in SAUGA.glob("*/apps.py") if path.parent.name not in {"world", "project"}
)

LAYERS = frozenset(
    (
        "actions",
        "api",
        "demo",
        "forms",
        "management",
        "models",
        "presenters",
        "queries",
        "receivers",
        "rules",
        "tasks",
        "views",
    )
)
"""Layers that may be packages. Any other package of a service is a subdomain, with layers of its own."""


@dataclass(frozen=True)
class Source:
    """One Python file of ours."""

    path: Path

    @property
    def name(self) -> str:
        """Where it stands, from `src/sauga`."""
        return self.path.relative_to(SAUGA).as_posix()

    @property
    def service(self) -> str:
        """The service it belongs to; empty for kernel, world and project."""
        first = self.path.relative_to(SAUGA).parts[0]
        return first if first in SERVICES else ""

    @property
    def layer(self) -> str:
        """The layer inside a service, a subdomain of it, or a kernel package, for example
        `views`, `actions`.
        """
        parts = self.path.relative_to(SAUGA).with_suffix("").parts
        inner = len(parts) > 2 and (parts[0] == "kernel" or parts[1] not in LAYERS)
        return parts[2] if inner else parts[1] if len(parts) > 1 else ""

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def _by_kind(self) -> dict[type[ast.AST], list[ast.AST]]:
        """Its nodes by their kind: sought out once for all tests, each of which would otherwise walk through
        everything.
        """
        found: dict[type[ast.AST], list[ast.AST]] = {}
        waiting: list[ast.AST] = [self.tree]
        for node in waiting:
            found.setdefault(type(node), []).append(node)
            waiting.extend(ast.iter_child_nodes(node))
        return found

    def every[Node: ast.AST](self, *kinds: type[Node]) -> Iterator[Node]:
        """Its nodes of these kinds, each kind in the order of `ast.walk`."""
        for kind in kinds:
            yield from self._by_kind.get(kind, ())  # type: ignore[misc]  # they are of that kind

    def line(self, node: ast.AST) -> str:
        """Place of a node, as file:line."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of ours except migrations."""
    return tuple(source(path) for path in sorted(SAUGA.rglob("*.py")) if "migrations" not in path.parts)


@cache
def source(path: Path) -> Source:
    """One of them, or a migration; read once for all tests."""
    return Source(path)


@cache
def templates() -> tuple[Path, ...]:
    """Every template of ours."""
    return tuple(sorted(SAUGA.rglob("templates/**/*.html")))
