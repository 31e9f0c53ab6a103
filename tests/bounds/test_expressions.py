"""Every regular expression of ours over text made to be slow for it: the time grows with the length of the
text and no faster.

Python's expressions hold the whole process while they work, so one with a square in it lets a single visitor
stop everybody. The hostile texts are made from what stands in each expression; nothing has to be entered by
hand for a new one.
"""

import ast
import re

import pytest
from bounds.finding import MADE, Expression, expressions, is_call_of_re, literals, module_of, read_here
from bounds.timing import CAP, SCREEN, check_growth, seconds

from tests.repetition import often

pytestmark = pytest.mark.unit

SHORT: dict[str, tuple[int, str]] = {}
"""Expressions that meet only so many characters, and by what."""
UNITS = (
    *"aA1ą<([{\"',.;:-_/@#&=%!?*+|~",
    " ",
    "\n",
    "\t",
    "\u0301",
    *(
        "Aa ",
        "a.",
        "A.",
        "a-",
        "-a.",
        "---.",
        "1 ",
        "1.",
        "1,",
        " \n",
        "a\n",
        "a=",
        "<a ",
        "<a>",
        "<!--",
        "a b ",
        "A a",
        "a@",
        "\n\n \n",
    ),
)
TAILS = ("", "\x01")


def hostile(one: Expression) -> list[str]:
    """What is repeated: single signs, usual pairs, and the expression's own words, alone and with
    something between them.
    """
    words = list(literals(one.pattern))
    mixed = [word + sign for word in words for sign in (" ", "a", "1", ".", "\n")]
    beginnings = [f"\0{word}\0{sign}" for word in words for sign in (" ", "a", "1", "=", "-", ".")]
    return list(dict.fromkeys([*UNITS, *words, *mixed, *beginnings]))


def text_of(unit: str, size: int, tail: str = "") -> str:
    """A unit again and again; one that begins with a zero stands once, and what follows the second
    zero is repeated.
    """
    if unit.startswith("\0"):
        _zero, once, unit = unit.split("\0")
        return once + (unit * (size // len(unit) + 1))[: size - len(once)] + tail
    return (unit * (size // len(unit) + 1))[:size] + tail


def call(one: Expression, method: str, text: str):
    given = text.encode("utf-8", "surrogatepass") if isinstance(one.pattern.pattern, bytes) else text
    use = getattr(one.pattern, method)
    if method in {"sub", "subn"}:
        return lambda: use(b"" if isinstance(given, bytes) else "", given)
    if method == "finditer":
        return lambda: sum(1 for _found in use(given))
    return lambda: use(given)


def numbered():
    """Test names must be the same in every process."""
    seen: dict[str, int] = {}
    for one in expressions():
        for method in one.methods:
            name = f"{one.place}.{method}"
            seen[name] = seen.get(name, 0) + 1
            yield pytest.param(one, method, id=f"{name}{seen[name] if seen[name] > 1 else ''}")


@pytest.mark.prove
@pytest.mark.parametrize(("one", "method"), list(numbered()))
def test_time_grows_with_the_text(one, method):
    if one.place in SHORT:
        most, _by = SHORT[one.place]
        assert (
            max(
                seconds(call(one, method, text_of(unit, most, tail)))
                for unit in hostile(one)
                for tail in TAILS
            )
            < CAP
        )
        return
    slowest = sorted(
        (seconds(call(one, method, text_of(unit, SCREEN, tail))), unit, tail)
        for unit in hostile(one)
        for tail in TAILS
    )
    for _time, unit, tail in slowest[-often(1, 2) :]:
        check_growth(lambda size, unit=unit, tail=tail: call(one, method, text_of(unit, size, tail)))


def test_every_use_of_re_is_among_them():
    """Compared with the source: a module keeps its expressions under names of its own, a function
    writes them out.
    """
    known = {one.place for one in expressions()}
    missing = set()
    for source in read_here():
        if not MADE.search(source.text):
            continue
        inside = {
            id(node): f.name
            for f in source.every(ast.FunctionDef, ast.AsyncFunctionDef)
            for node in ast.walk(f)
            if is_call_of_re(node)
        }
        for statement in source.tree.body:
            names = {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            for node in ast.walk(statement):
                if is_call_of_re(node):
                    places = {
                        f"{module_of(source)}:{name}"
                        for name in ([inside[id(node)]] if id(node) in inside else names)
                    }
                    missing |= set() if places & known else (places or {source.line(node)})
    assert not missing
    assert len(known) > 120


def test_no_other_way_to_an_expression():
    """The names of `re` imported one by one would not be found; PostgreSQL's expressions are another
    language, slow in other ways.
    """
    assert not [
        source.name for source in read_here() if re.search(r"from re import|iregex|__regex", source.text)
    ]
