"""Codes in braces in the pages of a course as links: advice, explanations, material and help services.

What leads nowhere in this installation is left out; a line that only leads on (`→ …`) goes with its last
link.
"""

import re

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from sauga.repository.catalogue.topic_pages import starter_pages, topic_pages
from sauga.repository.resources.models import Resource

ROUTES = {
    "report": ("hotline-report", _("Report content")),
    "own_picture": ("hotline-own-picture", _("Remove my picture")),
}
NAMES = {
    "help": _("Child Line 116 111"),
    "112": "112",
    "police": _("Police"),
    "child_rights": _("Child protection specialists"),
    "parents_line": _("Parents’ line"),
    "youth_line": _("Youth Line"),
}
CODE = re.compile(
    r"\{(" + "|".join(("page", "resource", "topic", *ROUTES, *NAMES)) + r")(?::([a-z0-9_/-]+))?\}"
)
type Code = tuple[str, str]


def linked(text: str, language: str, base: str = "") -> str:
    """The text with Markdown links in place of its codes; `base` before addresses of this site."""
    shown = _shown(CODE.findall(text), language, base)

    def word(found: re.Match[str]) -> str:
        return shown.get((found[1], found[2] or ""), "")

    def onward(line: str) -> str:
        parts = [part for part in line[1:].split("·") if any(map(shown.get, CODE.findall(part)))]
        return "→ " + " · ".join(CODE.sub(word, part).strip() for part in parts) if parts else ""

    lines = text.split("\n")
    return "\n".join(onward(line) if line.startswith("→") else CODE.sub(word, line) for line in lines)


def _shown(codes: list[Code], language: str, base: str) -> dict[Code, str]:
    names = {kind: [name for one, name in codes if one == kind] for kind in ("page", "resource", "topic")}
    made = {
        ("page", key): f"[{title}]({base}{href})"
        for key, (title, href) in starter_pages(names["page"], language).items()
    }
    for name in names["topic"]:
        for title, href in topic_pages([name], language)[:1]:
            made["topic", name] = f"[{title}]({base}{href})"
    with override(language):
        rows = Resource.objects.public().filter(slug_en__in=names["resource"])
        for row in rows if names["resource"] else ():
            href = reverse("repository-resource", args=[row.slug(language)])
            made["resource", row.slug_en] = (
                f"[{row.title.get(language) or row.title.get('en', '')}]({base}{href})"
            )
        for kind, _name in codes:
            if kind in NAMES:
                made[kind, ""] = gettext(str(NAMES[kind]))
            elif kind in ROUTES:
                try:
                    made[kind, ""] = f"[{gettext(str(ROUTES[kind][1]))}]({base}{reverse(ROUTES[kind][0])})"
                except NoReverseMatch:
                    continue
    return made
