"""Every refusal that a person can meet has words in both languages, defined with its exception; no view keeps
a table of them.
"""

import ast
import importlib

import pytest
from architecture.tree import Source, sources
from django.utils.translation import override

from sauga.kernel.refusals import ActionRefused

pytestmark = pytest.mark.unit
NO_PERSON = {
    "NotHanded": "the mail server did not take a message; a job tries again",
    "NoBrowser": "this installation has no browser; a job leaves the look to another",
    "PurposeDiffers": "raised at the console",
    "HeardBefore": "answers the switchboard, a program",
    "NoSuchCall": "answers the switchboard, a program",
    "ScoreRefused": "answers an external tool, a program",
    "TokenNotGiven": "answers an external tool, a program",
}
SAYS = {"add_error", "say", "error", "warning", "success", "info"}
TRANSLATES = {"gettext", "gettext_lazy", "_", "ngettext"}


def refusals() -> list[type[ActionRefused]]:
    """Every refusal of ours, once all modules that define one are loaded."""
    for source in sources():
        if "ActionRefused" in source.text or "Refused)" in source.text:
            importlib.import_module(
                "sauga." + source.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
    found: list[type[ActionRefused]] = []
    left: list[type[ActionRefused]] = [ActionRefused]
    while left:
        below = [one for one in left.pop().__subclasses__() if one.__module__.startswith("sauga.")]
        found += below
        left += below
    return found


def worded(kind: type[ActionRefused]) -> list[object]:
    return [one for one in (kind.message, *kind.messages.values()) if one]


def test_every_refusal_has_a_message_in_both_languages():
    silent = []
    for kind in refusals():
        texts = worded(kind)
        if not texts:
            silent.append(f"{kind.__module__}.{kind.__name__}: no message")
        for text in texts:
            with override("en"):
                english = spoken(text)
            with override("lt"):
                lithuanian = spoken(text)
            if not english.strip() or not lithuanian.strip():
                silent.append(f"{kind.__name__}: empty")
            elif english == lithuanian and not english.startswith("%("):
                silent.append(f"{kind.__name__}: not translated: {english}")
    assert not silent


def spoken(text: object) -> str:
    """A text in the active language; one with a plural for three."""
    return str(text) or str(text % {"n": 3})  # type: ignore[operator]  # a lazy plural


def test_every_exception_of_an_action_is_a_refusal():
    known = {kind.__name__ for kind in refusals()}
    bad = [
        f"{source.line(node)} {node.name}"
        for source in sources()
        if "actions" in source.path.parts or source.path.stem == "actions"
        for node in source.tree.body
        if isinstance(node, ast.ClassDef)
        and {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        & {"Exception", "ValueError", "LookupError", "RuntimeError"}
        and node.name not in known | set(NO_PERSON)
    ]
    assert not bad


def test_every_exemption_is_still_needed():
    defined = {node.name for source in sources() for node in source.every(ast.ClassDef)}
    assert not set(NO_PERSON) - defined


def names_of(handler: ast.ExceptHandler) -> set[str]:
    kinds = (
        handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type] if handler.type else []
    )
    return {ast.unparse(kind).rpartition(".")[2] for kind in kinds}


def is_only_said(statement: ast.stmt) -> bool:
    """Whether the statement does nothing but show one fixed sentence."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    call = statement.value
    return ast.unparse(call.func).rpartition(".")[2] in SAYS and any(
        isinstance(one, ast.Call) and ast.unparse(one.func).rpartition(".")[2] in TRANSLATES
        for one in ast.walk(call)
    )


def view_sources() -> list[Source]:
    return [
        source
        for source in sources()
        if "views" in source.path.parts or source.path.stem in {"views", "alert_views"}
    ]


def test_no_view_catches_a_refusal_only_to_word_it():
    known = {kind.__name__ for kind in refusals()}
    bad = [
        f"{source.line(handler)} {', '.join(sorted(names_of(handler)))}"
        for source in view_sources()
        for handler in source.every(ast.ExceptHandler)
        if names_of(handler) & known and all(map(is_only_said, handler.body))
    ]
    assert not bad


def test_no_view_keeps_a_table_of_refusals():
    known = {kind.__name__ for kind in refusals()}
    bad = [
        source.line(node)
        for source in view_sources()
        for node in source.every(ast.Dict)
        if any(
            isinstance(key, ast.Name | ast.Attribute) and ast.unparse(key).rpartition(".")[2] in known
            for key in node.keys
        )
        and any(
            isinstance(one, ast.Call) and ast.unparse(one.func).rpartition(".")[2] in TRANSLATES
            for value in node.values
            for one in ast.walk(value)
        )
    ]
    assert not bad
