"""`sauga settings`: the environment as a table; `--markdown` writes the page docs/operate/settings.md."""

import argparse
import shutil
import textwrap
from dataclasses import fields
from typing import Any

from sauga.project.settings.env import Env, read, variable_name


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--markdown", action="store_true", help="write the page of the documentation instead")


def run(options: argparse.Namespace) -> int:
    """Print the table. Secrets are shown as set or not set, never themselves."""
    print(
        markdown() if options.markdown else table(read(), shutil.get_terminal_size((110, 24)).columns), end=""
    )
    return 0


def markdown() -> str:
    """The page of the documentation: names, defaults, meanings."""
    lines = [
        "# Settings",
        "",
        (
            "Everything is set by environment variables. `sauga settings` shows what is in force. This "
            "page is made by `make docs`."
        ),
        (
            "Variables marked *secret* can also be given by a file: "
            "`SAUGA_SECRET_KEY_FILE=/run/credentials/sauga/secret-key`."
        ),
        (
            "Yes and no are written 1 and 0. An unknown `SAUGA_…` variable stops the start, so that a "
            "typing error cannot pass unnoticed."
        ),
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for f in fields(Env):
        secret = " *Secret.*" if f.metadata["secret"] else ""
        lines.append(f"| `{variable_name(f.name)}` | {_default(f.default)} | {f.metadata['doc']}{secret} |")
    return "\n".join(lines) + "\n"


def table(env: Env, width: int) -> str:
    """One paragraph a variable: name, present value, meaning."""
    blocks = []
    for f in fields(Env):
        value = getattr(env, f.name)
        shown = ("set" if value else "not set") if f.metadata["secret"] else _plain(value)
        mark = "" if value == f.default else "  (changed)"
        blocks.append(
            f"{variable_name(f.name)} = {shown}{mark}\n"
            + textwrap.indent(textwrap.fill(f.metadata["doc"], max(40, width - 4)), "    ")
        )
    return "\n".join(blocks) + "\n"


def _default(value: Any) -> str:
    plain = _plain(value)
    return f"`{plain}`" if plain else "empty"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(value) if isinstance(value, tuple) else str(value)
