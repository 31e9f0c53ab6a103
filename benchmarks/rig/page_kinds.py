"""One address of each kind of public page, in Lithuanian and English, of an installation with the demo's
content: what the measurements of pages go through. Besides those named here, one of each kind on the site's
map.

A page that only answers a form (a receipt, the last step of the guided choice) has no address of its own; it
stands in the same frame as the form before it. Pages behind a personal link are looked at by the tests.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from rig.installation import Installation

NAMED = (
    "portal-home",
    "portal-something-happened",
    "portal-what-to-report",
    "portal-privacy",
    "portal-accessibility",
    "portal-feedback",
    "portal-easy",
    "repository-resources",
    "repository-search",
    "repository-developers",
    "statistics-figures",
    "helpline-help",
    "helpline-adult",
    "helpline-chat",
    "helpline-letter",
    "helpline-adult-letter",
    "helpline-return",
    "hotline-report",
    "hotline-own-picture",
    "hotline-return",
    "newsletter",
    "newsletter-archive",
    "selfcheck",
    "selfcheck-child",
    "selfcheck-adult",
    "selfcheck-class",
    "selfcheck-class-teen",
    "selfcheck-agreement",
    "guides-public",
    "members-signin",
    "credentials",
)
CORE = ("portal-home", "helpline-help", "hotline-report")
"""The journeys of a person in need, which other languages have, too."""
UNLISTED = {
    "repository-search": "results of a search belong to nobody's results of a search",
    "members-signin": "the member site",
    "helpline-chat": "a talk",
}
"""Pages that tell search engines to leave them alone, and why; Lighthouse would mark them down for it."""
ASKED = """
import json, re, sys
from sauga.project import cli
cli.prepare()
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation
from sauga.portal.models.base import PortalPage
from sauga.portal.states import Level
from sauga.repository.catalogue.models import Collection
from sauga.repository.resources.models import Resource
named, core = json.loads(sys.argv[1])
found = []
for language, names in {"lt": named, "en": named, "uk": core, "ru": core, "pl": core}.items():
    with translation.override(language):
        easy = PortalPage.objects.live().filter(level=Level.EASY, locale__language_code=language)
        for name in names:
            if name == "portal-easy" and not easy.exists():
                continue  # no such page in this language
            try:
                found.append([name, language, reverse(name)])
            except NoReverseMatch:
                pass
kinds = {}
for page in PortalPage.objects.live().specific().order_by("pk"):
    kinds.setdefault((type(page).__name__, page.level, page.locale.language_code), page.get_url())
found += [[f"{kind} {level}", language, url] for (kind, level, language), url in kinds.items()
  if url and language in ("lt", "en") and kind != "HomePage"]
for language in ("lt", "en"):
    with translation.override(language):
        types = {}
        for one in Resource.objects.public().order_by("pk"):
            types.setdefault(one.type, one.slug(language))
        found += [[f"resource {kind}", language, reverse("repository-resource", args=[slug])]
          for kind, slug in types.items()]
        for name, rows in {
            "repository-used": Resource.objects.public(),
            "repository-order": Resource.objects.public().filter(
              channels__contains=["print_order"]),
        }.items():
            found += [[name, language, reverse(name, args=[one.slug(language)])]
              for one in rows.order_by("pk")[:1]]
        for one in Collection.objects.order_by("pk")[:1]:
            found.append(["collection", language,
              reverse("repository-collection", args=[one.slug(language)])])
known = {name for name, _language, _url in found} | {"repository-resource", "repository-collection"}
listed = {}
for location in re.findall(r"<loc>https?://[^/<]+(/[^<]+)</loc>",
  Client().get("/sitemap.xml", secure=True).content.decode()):
    language = location.split("/")[1]
    with translation.override(language if len(language) == 2 else "lt"):
        name = resolve(location).url_name
    if not name.startswith("wagtail") and name not in known:
        listed.setdefault((name, language), location)
found += [[*kind, location] for kind, location in listed.items()]
print(json.dumps(found))
"""


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page, one of its addresses, and why search engines are told to leave it alone, if they
    are."""

    kind: str
    language: str
    path: str

    @property
    def unlisted(self) -> str:
        return UNLISTED.get(self.kind, "")


def page_kinds(installation: Installation, *, only: Sequence[str] = ("",)) -> list[PageKind]:
    """One page of each kind and language whose kind, language or address contains one of these words."""
    said = installation.python("-c", ASKED, json.dumps([NAMED, CORE]))
    kinds = [PageKind(*row) for row in json.loads(said.splitlines()[-1])]
    return [one for one in kinds if any(word in f"{one.kind} {one.language} {one.path}" for word in only)]
