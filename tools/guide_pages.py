"""Write the list of guides in docs/use/README.md anew. `make docs` runs it; a test compares.

The guides themselves are files of the product (`src/sauga/**/guides/<language>/<name>.md`): the repository
shows the same files.
"""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "use" / "README.md"
PART = re.compile(r"(<!-- generated: guides -->\n).*?(<!-- end -->)", re.S)


def table() -> str:
    """One line for each guide: its title in both languages, leading to its file."""
    from sauga.kernel.guides import Guide, every

    def cell(guide: Guide, language: str) -> str:
        path = guide.path(language)
        title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        return f"[{title}]({_from_page(path)})"

    found = {guide.slug: guide for public in (False, True) for guide in every(public=public)}
    rows = [
        f"| {cell(guide, 'en')} | {cell(guide, 'lt')} | {_where(guide.is_desk, guide.is_public)} |\n"
        for guide in sorted(found.values(), key=lambda guide: (guide.order, guide.slug))
    ]
    return "| English | Lithuanian | read at |\n|---|---|---|\n" + "".join(rows)


def _from_page(path: Path) -> str:
    return Path(os.path.relpath(path, PAGE.parent)).as_posix()


def _where(is_desk: bool, is_public: bool) -> str:
    return " and ".join(
        name for name, is_there in (("the desk", is_desk), ("the public site", is_public)) if is_there
    )


def rendered() -> str:
    """The page as it should be."""
    return PART.sub(lambda match: f"{match[1]}{table()}{match[2]}", PAGE.read_text(encoding="utf-8"))


def main() -> None:
    """Write the page."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sauga.project.settings.test")
    django.setup()
    PAGE.write_text(rendered(), encoding="utf-8")


if __name__ == "__main__":
    main()
