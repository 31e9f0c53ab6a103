"""Habits inside a service: who writes a state, who asks the clock, who talks to the database
(CONTRIBUTING.md).
"""

import ast
import re

import pytest
from architecture.tree import ROOT, SAUGA, sources

pytestmark = pytest.mark.unit

# The borders, where the present instant may be asked for. Everything below takes `at`.
BORDERS = {"views", "tasks", "receivers", "api", "commands", "management", "cli", "demo", "middleware"}


def test_no_view_talks_to_a_table():
    bad = [
        source.line(node)
        for source in sources()
        if source.layer in {"views", "api"} or source.path.name == "views.py"
        for node in source.every(ast.Attribute)
        if node.attr in {"objects", "_base_manager", "_default_manager"}
    ]
    assert not bad


def test_state_columns_are_written_by_move_alone():
    columns = {"state", "handling", "presence"}
    bad = []
    for source in sources():
        if source.name.startswith("kernel/states/") or source.name.startswith("world/"):
            continue
        for node in source.every(ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Call):
            if not isinstance(node, ast.Call):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                bad += [
                    source.line(target)
                    for target in targets
                    if isinstance(target, ast.Attribute)
                    and target.attr in columns
                    and getattr(target.value, "id", "") != "self"
                ]
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"update", "bulk_update"}
            ):
                bad += [source.line(node) for keyword in node.keywords if keyword.arg in columns]
    assert not bad


def test_time_is_passed_in():
    bad = []
    for source in sources():
        if source.name.startswith(("kernel/clock/", "world/")):
            continue
        for node in source.every(ast.Call):
            if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name | ast.Attribute):
                holder = getattr(node.func.value, "id", getattr(node.func.value, "attr", ""))
                if (holder, node.func.attr) in {
                    ("datetime", "now"),
                    ("datetime", "utcnow"),
                    ("date", "today"),
                    ("datetime", "today"),
                    ("timezone", "now"),
                }:
                    bad.append(source.line(node))
    assert not bad


def test_only_borders_ask_the_clock_inside_a_service():
    bad = [
        source.line(node)
        for source in sources()
        if source.service and source.layer not in BORDERS
        for node in source.every(ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "now"
        and getattr(node.func.value, "id", "") == "clock"
    ]
    assert not bad


def test_no_save_is_overridden_and_no_signal_hides_logic():
    bad = []
    for source in sources():
        bad += [
            source.line(node)
            for node in source.every(ast.FunctionDef)
            if node.name == "save" and source.layer in {"models"}
        ]
        bad += [
            f"{source.name} {name}"
            for name in ("post_save", "pre_save", "post_delete", "pre_delete")
            if f"import {name}" in source.text
        ]
    assert not bad


def test_print_is_for_the_command_line():
    allowed = (
        "project/commands/",
        "project/cli.py",
        "project/setup/terminal.py",
        "project/messages.py",
        "project/receipt_words.py",
        "world/__main__.py",
    )
    bad = [
        source.line(node)
        for source in sources()
        if not source.name.startswith(allowed)
        for node in source.every(ast.Call)
        if getattr(node.func, "id", "") in {"print", "breakpoint"}
    ]
    assert not bad


def test_what_the_frame_of_the_desk_sets_is_set_by_no_view():
    """A tag that sets a variable outside the blocks hides a view's variable of the same
    name, in every page.
    """
    frames = (ROOT / "src/sauga/kernel/ui/templates/ui/desk" / name for name in ("_frame.html", "base.html"))
    tags = "".join(frame.read_text(encoding="utf-8") for frame in frames)
    names = set(re.findall(r"\{% [^%]* as (\w+) %\}", tags)) - {"LANGUAGE_CODE"}
    assert names and all(name.startswith("desk_") for name in names)
    views = [
        path
        for path in (ROOT / "src/sauga").rglob("*.py")
        if "views" in path.parts or path.name == "views.py"
    ]
    assert [
        path.name for path in views if any(f'"{name}":' in path.read_text(encoding="utf-8") for name in names)
    ] == []


def test_pages_of_lists_are_made_in_one_place():
    """`kernel.kit.lists` makes the pages of the desk's lists; the public site, the audit log and the style
    guide have their own.
    """
    kernel = {
        f"kernel/{name}.py"
        for name in ("services/audit_log", "kit/lists/page", "ui/components", "ui/styleguide")
    }
    own = {*kernel, "portal/templatetags/portal.py"}
    bad = [
        source.line(node)
        for source in sources()
        if source.name not in own
        for node in source.every(ast.Call)
        if (getattr(node.func, "id", "") == "Pager" or getattr(node.func, "attr", "") == "Pager")
    ]
    assert not bad


def test_views_of_lists_are_drawn_by_one_template():
    drawn = [
        path for path in SAUGA.rglob("templates/**/*.html") if "tab.count" in path.read_text(encoding="utf-8")
    ]
    assert [path.name for path in drawn] == ["_tabs.html"]


def test_lists_and_policies_are_changed_in_one_place():
    """`kernel.kit.editors` writes them for every service; the steps of alerts have a form of their own, demos
    write what they show.
    """
    own = ("kernel/kit/editors/actions.py", "kernel/notifications/alerts/actions.py", "kernel/vocab/")
    writes = {"edit_term", "add_term", "set_policy"}
    bad = [
        source.line(node)
        for source in sources()
        if not source.name.startswith(own) and source.layer != "demo"
        for node in source.every(ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in writes
        and getattr(node.func.value, "id", "") == "vocab"
    ]
    assert not bad


def test_no_text_is_filled_in_while_a_module_is_imported():
    """`_("%(n)d days") % …` outside a function is read once, in the language of the process: everybody gets
    it in Lithuanian.
    """
    lazy = {"_", "gettext_lazy", "ngettext_lazy", "pgettext_lazy"}
    bad = [
        source.line(node)
        for source in sources()
        for node in _at_import(source.tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mod)
        and isinstance(node.left, ast.Call)
        and getattr(node.left.func, "id", "") in lazy
    ]
    assert not bad


def _at_import(node: ast.AST):
    """Everything that runs when the module is imported: the bodies of functions do not."""
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _at_import(child)


def test_no_class_has_an_alias_of_one_letter():
    bad = []
    for source in sources():
        for node in ast.iter_child_nodes(source.tree):
            if isinstance(node, ast.ImportFrom):
                bad += [source.line(node) for name in node.names if re.fullmatch("[A-Z]", name.asname or "")]
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
                names = [getattr(target, "id", "") for target in node.targets]
                bad += [source.line(node) for name in names if len(name) == 1 and name.isupper()]
    assert not bad
