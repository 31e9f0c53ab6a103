"""Count the statements of the hand-written Python in src, without migrations, from the syntax tree: per
package and in total.

`tools/size.py [--files] [--limit N]`. A statement is what the grammar calls one: an import, an assignment, a
call on a line of its own, a `def`, an `if`; docstrings are not counted. Formatting, comments and long lines
change nothing. With `--limit` it fails above N.
"""

import argparse
import ast
from collections import Counter
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src"


def statements(tree: ast.Module) -> int:
    """The number of statements in a module, docstrings left out."""
    return sum(isinstance(node, ast.stmt) for node in ast.walk(tree)) - sum(
        ast.get_docstring(node, clean=False) is not None
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    )


def files(root: Path = SRC) -> dict[Path, int]:
    """Every hand-written file with its number of statements."""
    return {
        path: statements(ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(root.rglob("*.py"))
        if "migrations" not in path.parts
    }


def package(path: Path) -> str:
    """The package of a file: a service, or one package of the kernel."""
    parts = path.relative_to(SRC / "sauga").with_suffix("").parts
    return "/".join(parts[:2]) if parts[0] == "kernel" and len(parts) > 1 else parts[0]


def main() -> int:
    """Print the table; 1 when it is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", action="store_true", help="each file, largest first")
    parser.add_argument("--limit", type=int, help="fail above this number of statements")
    asked = parser.parse_args()
    counted = files()
    if asked.files:
        for path, n in sorted(counted.items(), key=lambda pair: -pair[1]):
            print(f"{n:6,}  {path.relative_to(SRC)}")
    sizes, numbers = Counter[str](), Counter[str]()
    for path, n in counted.items():
        sizes[package(path)] += n
        numbers[package(path)] += 1
    for name, n in sizes.most_common():
        print(f"{n:6,} statements  {numbers[name]:4} files  {name}")
    total = sum(counted.values())
    print(f"{total:6,} statements  {len(counted):4} files  total")
    return int(asked.limit is not None and total > asked.limit)


if __name__ == "__main__":
    raise SystemExit(main())
