"""Every regular expression of ours, found in the source: by name where a module keeps it, by its text where a
function uses it at once.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from architecture.tree import Source, sources

METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
CALLS = re.compile(rf"\.(?P<method>{'|'.join(METHODS)})\(")
MADE = re.compile(rf"\bre\s*\.\s*(?:compile|{'|'.join(METHODS)})\b")
"""In the text of each source that calls `re` somewhere: most need not be parsed."""
NAMED = re.compile(r"(?:\b(?P<owner>\w+)\.)?\b(?P<name>\w+)\Z")
LONGEST_NAME = 120
PARSERS = {
    "json.loads",
    "json.load",
    "fromstring",
    "XMLParser",
    "ZipFile",
    "load_workbook",
    "csv.reader",
    "csv.DictReader",
    "BeautifulSoup",
    "html5lib.HTMLParser",
    "message_from_bytes",
    "tarfile.open",
    "literal_eval",
    "parse_qs",
    "parse_qsl",
    "b64decode",
    "urlsafe_b64decode",
}
"""Calls that read a format. Classes built on `html.parser` are found by their base."""


@dataclass(frozen=True)
class Expression:
    """One regular expression and how it is used.

    `place` is `module:NAME`, or `module:function` for one written where it is used.
    """

    place: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]


def outside_of_use(source: Source) -> bool:
    """The synthetic internet, demonstrations and tools of the command line meet nothing from strangers."""
    return (
        source.name.startswith(("world/", "project/messages.py", "project/commands/"))
        or "/demo/" in source.name
    )


def read_here() -> tuple[Source, ...]:
    """The sources in which anything from outside may arrive."""
    return tuple(source for source in sources() if not outside_of_use(source))


def module_of(source: Source) -> str:
    return "sauga." + source.name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


@cache
def expressions() -> tuple[Expression, ...]:
    """All of them. Fails for one that cannot be found out: written together at the moment of its use."""
    return tuple(
        one for source in read_here() if re.search(r"\bre\.|Regex", source.text) for one in _of(source)
    )


def _of(source: Source) -> Iterator[Expression]:
    module = import_module(module_of(source))
    for name, value in vars(module).items():
        for pattern in _patterns(value):
            if f"{name} = " in source.text or f"{name}: " in source.text:
                yield Expression(f"{module.__name__}:{name}", pattern, _methods(module.__name__, name))
    for node in source.every(ast.Call) if "Regex" in source.text else ():
        if _called(node) & {"RegexField", "RegexValidator"}:
            yield Expression(
                f"{module.__name__}:field", re.compile(_value(node.args[0], module)), ("search",)
            )
    if not MADE.search(source.text):
        return
    for function in source.every(ast.FunctionDef, ast.AsyncFunctionDef):
        yield from _written_at_once(module, function)


def _patterns(value: Any) -> Iterator[re.Pattern[Any]]:
    """The expressions in a value of a module: itself, or within tuples as in tables of kinds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _patterns(inner)
    elif isinstance(value, dict):
        yield from _patterns(list(value.values()))


def _methods(module: str, name: str) -> tuple[str, ...]:
    """How a name of a module is used, there and wherever it is imported; one that stands in a table is looked
    for everywhere in a text.
    """
    last = module.rpartition(".")[2]
    found = {
        method
        for source, owner, method in _uses().get(name, ())
        if owner == last or module_of(source) == module or f"from {module} import" in source.text
    }
    return tuple(sorted(found)) or ("finditer",)


@cache
def _uses() -> dict[str, list[tuple[Source, str, str]]]:
    """Where something is called that may be a method of an expression: by its name, the source, what the name
    is an attribute of (or nothing), and the method. The whole source is read once for all names: this runs in
    every worker before its first test.
    """
    found: dict[str, list[tuple[Source, str, str]]] = {}
    for source in sources():
        for call in CALLS.finditer(source.text):
            if before := NAMED.search(source.text, max(0, call.start() - LONGEST_NAME), call.start()):
                found.setdefault(before["name"], []).append((source, before["owner"] or "", call["method"]))
    return found


def _written_at_once(module: Any, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Expression]:
    for node in ast.walk(function):
        if not is_call_of_re(node):
            continue
        if not function.args.args and isinstance(
            made := getattr(module, function.name, None), type(cache(_value))
        ):
            yield Expression(
                f"{module.__name__}:{function.name}", made(), ("sub", "finditer")
            )  # made once, when it is used first
            continue
        text, flags = _value(node.args[0], module), 0
        for keyword in node.keywords:
            flags |= _value(keyword.value, module) if keyword.arg == "flags" else 0
        for given in node.args[1:]:
            if re.fullmatch(r"re\.[A-Z]+(?: \| re\.[A-Z]+)*", ast.unparse(given)):
                flags |= _value(given, module)
        method = "finditer" if node.func.attr == "compile" else node.func.attr
        yield Expression(f"{module.__name__}:{function.name}", re.compile(text, flags), (method,))


def is_call_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "re"
        and node.func.attr in {*METHODS, "compile"}
    )


def _value(node: ast.AST, module: Any) -> Any:
    """The value of an expression that needs nothing but the module's own names; a name that only the function
    knows stands for a word.
    """
    names: dict[str, Any] = {"pair": "Naujoji Akmenė", "re": re}
    return eval(compile(ast.Expression(node), "<re>", "eval"), {**names, **vars(module), "re": re})


def parsers() -> Iterator[str]:
    """Where a format is read: `module:function` or `module:Class`."""
    words = {"HTMLParser", *(name.rpartition(".")[2] for name in PARSERS)}
    for source in read_here():
        if not any(word in source.text for word in words):
            continue
        for node in source.every(ast.Call):
            if _called(node) & PARSERS:
                yield f"{module_of(source)}:{_holder(source, node)}"
        for node in source.every(ast.ClassDef):
            if "HTMLParser" in {getattr(base, "id", "") for base in node.bases}:
                yield f"{module_of(source)}:{node.name}"


def _called(node: ast.Call) -> set[str]:
    if not isinstance(node.func, ast.Name | ast.Attribute):
        return set()  # what has been looked up or called for has no name
    name = ast.unparse(node.func)
    return {
        name,
        name.rpartition(".")[2] if name.rpartition(".")[0] != "tarfile" else name,
        ".".join(name.split(".")[-2:]),
    }


def _holder(source: Source, wanted: ast.Call) -> str:
    """The innermost function around a call, or the module's own level."""
    around = [
        node
        for node in source.every(ast.FunctionDef, ast.AsyncFunctionDef)
        if node.lineno <= wanted.lineno <= (node.end_lineno or 0)
    ]
    return max(around, key=lambda node: node.lineno).name if around else ""


def literals(pattern: re.Pattern[Any]) -> Iterable[str]:
    """Words that stand in an expression: what a text made to be slow for it is made of."""
    text = pattern.pattern.decode("latin1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    plain = re.sub(r"\\[a-zA-Z]|\[[^\]]*\]|\(\?[:!=<>]+|[{][^}]*[}]", " ", text).replace("\\", "")
    return [word for word in re.split(r"[\s()|?*+^$]+", plain) if word][:12]
