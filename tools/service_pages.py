"""Write the generated parts of docs/services/*.md, docs/operate/retention.md and docs/develop/architecture.md
anew: diagrams, retention, roles, jobs, the floors of the kernel. `make docs` runs it; a test compares.

A part stands between `<!-- generated: name -->` and `<!-- end -->`; everything else on a page is written by
hand.
"""

import json
import os
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [
    *sorted((DOCS / "services").glob("*.md")),
    DOCS / "operate" / "retention.md",
    DOCS / "develop" / "architecture.md",
]
PART = re.compile(r"(<!-- generated: (\S+) (\S+) -->\n).*?(<!-- end -->)", re.S)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def states(machine: str) -> str:
    """The diagram of one state machine from its table, and its states in both languages."""
    from sauga.hotline import states as tables

    table = {
        "state.report": tables.REPORT,
        "state.item_handling": tables.HANDLING,
        "state.item_presence": tables.PRESENCE,
        "state.notice": tables.NOTICE,
    }[machine]
    data = ROOT / "src" / "sauga" / "hotline" / "data" / "hotline_vocabularies.json"
    named = json.loads(data.read_text(encoding="utf-8"))["state_machines"][machine]["states"]
    rows = [[f"`{state['code']}`", state["en"], state["lt"]] for state in named]
    return f"```mermaid\n{table.mermaid()}\n```\n\n{_table(['state', 'English', 'Lithuanian'], rows)}"


def diagram(table: str) -> str:
    """The diagram of one table of moves, for example `helpline.CHAT`, or `panel.voice.rules.PROPOSAL` of a
    subdomain that keeps its own."""
    from importlib import import_module

    place, _dot, name = table.rpartition(".")
    moves = getattr(import_module(f"sauga.{place}.states"), name)
    return f"```mermaid\n{moves.mermaid()}\n```\n"


def retention(service: str) -> str:
    """What the service declared to kernel.retention."""
    from sauga.kernel.retention.registry import describe

    rows = [[f"`{model}`", keep, how] for model, keep, how in describe() if model.startswith(f"{service}.")]
    return _table(["table", "kept", "then, or why"], rows)


def periods(_all: str) -> str:
    """Every retention rule in words, with its period by default."""
    from django.utils.translation import override

    from sauga.kernel.retention import registry

    days = {term.code: term.default.days for term in registry.terms()}
    with override("en"):
        rows = [
            [
                f"`{rule.code}`",
                str(rule.what),
                str(days[rule.term]),
                str(rule.since),
                _how(rule),
                f"`{rule.term}`",
            ]
            for rule in registry.rules()
        ]
    head = ["rule", "records", "days", "counted from", "at the end", "period"]
    return _table(head, sorted(rows))


def _how(rule: Any) -> str:
    """What happens at the end of a period, in short."""
    from sauga.kernel.data import By, Clear

    if isinstance(rule.how, By):
        return "by a function"
    said = ["cleared" if isinstance(rule.how, Clear) else "deleted"]
    return ", ".join([*said, *(["key"] if rule.said.holder else []), "hold"])


def forever(_all: str) -> str:
    """Every table that is kept for ever, and why."""
    from django.utils.translation import override

    from sauga.kernel.retention import registry

    with override("en"):
        rows = [[f"`{one.model}`", str(one.what), str(one.reason)] for one in registry.kept()]
    return _table(["table", "records", "why"], sorted(rows))


def roles(service: str) -> str:
    """Which role holds which permission by default, and what jobs and outside parties may."""
    from sauga.kernel.permissions import REGISTRY

    rows = []
    for code, one in REGISTRY.permissions.items():
        if one.service == service:
            parties = [f"system `{name}`" for name, held in sorted(REGISTRY.system.items()) if code in held]
            rows.append(
                [f"`{code}`", ", ".join([f"`{role}`" for role in sorted(one.roles)] + parties) or "nobody"]
            )
    return _table(["permission", "held by"], rows)


def jobs(service: str) -> str:
    """Background jobs with their queue, their schedule and what they do."""
    from importlib import import_module

    from procrastinate.contrib.django import app

    import_module(f"sauga.{service}.tasks")
    crons = {one.task.name: one.cron for one in app.periodic_registry.periodic_tasks.values()}
    rows = [
        [
            f"`{name}`",
            task.queue,
            f"`{crons[name]}`" if name in crons else "on demand",
            " ".join((task.func.__doc__ or "").split("\n\n")[0].split()),
        ]
        for name, task in sorted(app.tasks.items())
        if name.startswith(f"{service}.")
    ]
    return _table(["job", "queue", "when (cron)", "does"], rows)


def trail(service: str) -> str:
    """What the service writes into the audit trail, and the only facts each line may carry."""
    from importlib import import_module

    module = import_module(f"sauga.{service}.trail")
    rows = [[f"`{act}`", ", ".join(sorted(module.FACTS.get(act, ()))) or "–"] for act in module.Trail]
    return _table(["act", "facts"], rows)


def figures(service: str) -> str:
    """Every measure of a service: what its definition promises, and which rows are counted.

    English, as the desk shows it.
    """
    from django.utils.translation import override

    from sauga.kernel.figures import measures

    with override("en"):
        rows = [
            [
                f"`{one.code}`",
                str(one.title),
                str(one.definition),
                one.counted,
                ", ".join(f"`{table}`" for table in one.reads),
                one.unit.lower()
                + ("" if one.evidence == "COUNTED" else f", {one.evidence.lower().replace('_', ' ')}"),
                ", ".join(one.breakdown) or "–",
                str(one.threshold),
            ]
            for one in measures(service)
        ]
    return _table(
        ["measure", "title", "definition", "what is counted", "read from", "unit", "by", "hidden below"], rows
    )


def floors(contract: str) -> str:
    """The floors that an import contract of pyproject.toml names, the highest first, as a drawing: each may
    import what stands below it."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    one = next(row for row in found["tool"]["importlinter"]["contracts"] if row["id"] == contract)
    names = one["name"].partition(": ")[2].split(" > ")
    lines = ["flowchart TB"]
    for place, (name, packages) in enumerate(zip(names, one["layers"], strict=True)):
        lines += [f'    subgraph floor{place}["{name}"]', "        direction LR"]
        lines += [f"        {package}" for package in sorted(packages.replace(":", " ").split())]
        lines.append("    end")
    lines += [f"    floor{place} --> floor{place + 1}" for place in range(len(names) - 1)]
    return "```mermaid\n" + "\n".join(lines) + "\n```\n"


WRITERS: dict[str, Callable[[str], str]] = {
    "states": states,
    "diagram": diagram,
    "retention": retention,
    "periods": periods,
    "forever": forever,
    "roles": roles,
    "jobs": jobs,
    "trail": trail,
    "figures": figures,
    "floors": floors,
}


def filled(page: str) -> str:
    """The page with its generated parts as the code says today."""
    return PART.sub(lambda match: f"{match[1]}{WRITERS[match[2]](match[3])}{match[4]}", page)


def main() -> int:
    """Write every page anew."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sauga.project.settings.test")
    django.setup()
    for path in PAGES:
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
