"""Loads the shipped starter texts: pages that a centre can publish from its first day.

Loading again brings what is new, what a later release has improved, and links to pages that visitors can see
by now; a page that an editor has changed stays as it is.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.i18n.search import fold
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.portal.actions.site_setup import MAIN, TRANSLATION, put_live
from sauga.portal.actions.starter_prepared import load_prepared_blocks
from sauga.portal.models.articles import AppGuidePage, CampaignPage, ExplainerPage, LetterPage, PlainPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, HomePage, TopicIndexPage, TopicPage
from sauga.portal.models.starter_texts import StarterText
from sauga.portal.permissions import Permission
from sauga.portal.rules.campaign_days import day_on
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.rules.starter_format import Block, StarterPage, read_page
from sauga.portal.trail import Trail

LANGUAGES = (MAIN, TRANSLATION)
MONTH = timedelta(days=30)
FOLDERS = (
    "hubs",
    "audiences",
    "topics",
    "what-is",
    "guides",
    "parents-by-age",
    "teacher-path",
    "stories",
    "coping",
    "campaigns",
)
"""Folders of texts, those below whose pages others stand first."""
KINDS: dict[str, type[PortalPage]] = {
    "topic": TopicPage,
    "audience": AudiencePage,
    "plain": PlainPage,
    "explainer": ExplainerPage,
    "guide": AppGuidePage,
    "letter": LetterPage,
    "campaign": CampaignPage,
}
OWN_PLACES = {
    "help": ("helpline-help", _("Help for children and teenagers")),
    "report": ("hotline-report", _("Report content")),
    "own_picture": ("hotline-own-picture", _("Remove my picture")),
}
"""Places of other services that texts lead to: the name of the address, and the words of the link."""
OUTSIDE = {
    "112": ("tel:112", _("Emergency: 112")),
    "police": ("https://www.epolicija.lt/", _("Police: electronic report")),
    "child_rights": ("https://vaikoteises.lrv.lt/", _("Child rights service")),
}


@dataclass
class Loaded:
    """How many pages were made, improved, and left as an editor has them; and how many prepared blocks were
    made or improved.
    """

    made: int = 0
    improved: int = 0
    kept: int = 0
    prepared: int = 0

    def __str__(self) -> str:
        pages = f"{self.made} made, {self.improved} improved, {self.kept} left as edited"
        return f"{pages}; prepared blocks: {self.prepared} made or improved"


def load_starter_content(
    *, by: Actor, at: datetime, publish_all: bool = False, folders: Sequence[str] = FOLDERS
) -> Loaded:
    """Load the starter texts, all or those of some folders. Those that an expert has to read first stay
    drafts, unless `publish_all`.

    Raises PermissionRefused, and Malformed for a text that is not written as it should be.
    """
    require(by, Permission.PLANT_SITE)
    loading = _Loading(at, shipped_pages(folders), publish_all=publish_all)
    with transaction.atomic():
        loading.prepared, loading.done.prepared = load_prepared_blocks(publish_all=publish_all)
        loading.run()
        done = loading.done
        if done.made or done.improved or done.prepared:
            facts = {"pages": done.made + done.improved}
            audit.record(by, Trail.STARTER_LOADED, None, zone=ZONE, at=at, facts=facts)
    return done


def shipped_pages(folders: Sequence[str] = FOLDERS) -> dict[tuple[str, str], StarterPage]:
    """Every shipped text by key and language, in the order in which pages are made. Raises Malformed."""
    found: dict[tuple[str, str], StarterPage] = {}
    for folder in folders:
        place = files("sauga.portal").joinpath(f"data/starter/{folder}")
        names = sorted(one.name.split(".")[0] for one in place.iterdir() if one.name.endswith(".lt.md"))
        for name in names:
            for code in LANGUAGES:
                text = place.joinpath(f"{name}.{code}.md").read_text(encoding="utf-8")
                found[f"{folder}/{name}", code] = read_page(text, code)
    return found


def digest_of(key: int) -> str:
    """The digest of what an editor can change in the words of a page, by which a changed
    one is recognised.
    """
    return _digest(PortalPage.objects.get(pk=key).specific.get_latest_revision_as_object())


def _digest(page: Any) -> str:
    blocks = [_without_ids(one.get_prep_value()) for one in (page.body, page.sources)]
    own = [getattr(page, name, "") for name in ("title", "summary", "words", "related", "answer")]
    own += [page.motto] if isinstance(page, CampaignPage) else []
    return sha256(json.dumps([*own, *blocks], sort_keys=True, default=str).encode()).hexdigest()


def _without_ids(value: Any) -> Any:
    """Stored blocks without their identifiers, which the editors' tool gives anew."""
    if isinstance(value, dict):
        return {key: _without_ids(inner) for key, inner in value.items() if key != "id"}
    return [_without_ids(inner) for inner in value] if isinstance(value, list | tuple) else value


@dataclass
class _Loading:
    """One run: first every page gets its place, then its words, whose links lead to those places."""

    at: datetime
    texts: dict[tuple[str, str], StarterPage]
    publish_all: bool
    done: Loaded = field(default_factory=Loaded)
    pages: dict[tuple[str, str], PortalPage] = field(default_factory=dict)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    sources: dict[str, PortalPage] = field(default_factory=dict)
    unchanged: list[tuple[str, str]] = field(default_factory=list)
    prepared: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        self.homes = {home.locale.language_code: home for home in HomePage.objects.filter(depth=2)}
        self.held = {row.key: row for row in StarterText.objects.all()}
        for code in LANGUAGES:
            self.index_page(code)
        for key, code in self.texts:
            self.place(key, code)
        for key, code in self.waiting:
            self.write(key, code)
        for key, code in self.unchanged:
            self.complete_links(key, code)

    def is_seen(self, key: str, code: str) -> bool:
        """Whether visitors see the page, now or after this run."""
        if f"{key}.{code}" in self.held or (key, code) not in self.waiting:
            return bool(self.pages[key, code].live)  # also one that an editor has published or taken down
        return self.publishes(key, code)

    def publishes(self, key: str, code: str) -> bool:
        """Whether new words of a text are published: an expert reads some of them first, and a page that was
        taken down stays down."""
        is_down = f"{key}.{code}" in self.held and not self.pages[key, code].live
        return not is_down and (self.publish_all or not self.texts[key, code].needs_expert)

    def place(self, key: str, code: str) -> None:
        """Find the page of a text, or give it a place in the tree; decide whether it gets its words."""
        text = self.texts[key, code]
        held = self.held.get(f"{key}.{code}")
        page = PortalPage.objects.filter(pk=held.page_id).first() if held else self.editors_own(text, code)
        if held is None and page is None:
            page = self.new_page(key, code, text)
            self.done.made += 1
            self.waiting.append((key, code))
        elif held is None or page is None or digest_of(page.pk) != held.written:
            self.done.kept += 1
        elif held.loaded != text.digest:
            self.done.improved += 1
            self.waiting.append((key, code))
        else:
            self.unchanged.append((key, code))
        if page is not None:
            self.pages[key, code] = page.specific

    def editors_own(self, text: StarterPage, code: str) -> PortalPage | None:
        """The page that an editor has about the same topic, for the same audience, or about the same day."""
        main = {"locale_id": self.homes[code].locale_id, "main": None}
        found: PortalPage | None = None
        if text.kind == "topic":
            found = TopicPage.objects.filter(topic=text.own["topic"], **main).first()
        elif text.kind == "audience":
            found = AudiencePage.objects.filter(audience=text.own["audience"], **main).first()
        elif text.kind == "campaign":
            repeats, today = text.own["repeats"], self.at.date()
            same = Q(repeats=repeats) | Q(day=day_on(repeats, today, today))
            found = CampaignPage.objects.filter(same, **main).first()
        return found

    def new_page(self, key: str, code: str, text: StarterPage) -> PortalPage:
        parent = self.pages[text.under, code] if text.under else self.homes[code]
        page = KINDS[text.kind](
            title=text.title,
            summary=text.summary,
            slug=_slug(parent, text.title),
            locale=parent.locale,
            live=False,
            review_by=self.at.date(),
            **_own_fields(text, self.at.date()),
        )
        twin = self.pages.get((key, MAIN))
        if twin is not None:
            page.translation_key = twin.translation_key
        PortalPage.objects.get(pk=parent.pk).specific.add_child(instance=page)
        return page

    def complete_links(self, key: str, code: str) -> None:
        """Write the passages of a page again where its text leads to other pages than when it was loaded: an
        editor has published one or taken one down. A version that waits to be published goes on waiting."""
        page = self.pages[key, code].get_latest_revision_as_object()
        is_published = bool(page.live and not page.has_unpublished_changes)
        page.body = self.blocks(key, code)
        if _digest(page) != self.held[f"{key}.{code}"].written:
            self.store(key, code, page, publish=is_published)
            self.done.improved += 1

    def blocks(self, key: str, code: str) -> list[Block]:
        """The passages of a text, with links to what visitors see."""
        with override(code):
            return self.texts[key, code].body(self.linker(code))

    def write(self, key: str, code: str) -> None:
        """Give a page the words of its text, and publish it."""
        text, page = self.texts[key, code], self.pages[key, code]
        with override(code):
            page.responsible = gettext("Awareness centre")
        for name, value in _own_fields(text, self.at.date()).items():
            setattr(page, name, value)
        page.title, page.summary = text.title, text.summary
        page.audiences, page.topics = list(text.audiences), list(text.topics)
        sources = [{"type": "source", "value": asdict(source)} for source in text.sources]
        for name, value in (("body", self.blocks(key, code)), ("sources", sources)):
            setattr(page, name, value)
        page.to_confirm = "\n".join(text.confirm)
        page.review_by = self.at.date() + text.review_months * MONTH
        self.store(key, code, page, publish=self.publishes(key, code))

    def store(self, key: str, code: str, page: PortalPage, *, publish: bool) -> None:
        """Publish a page or keep it as a draft, and remember how it was loaded."""
        if code == MAIN:
            self.sources[key] = page
        elif key in self.sources:
            page.translated_from = self.sources[key].get_latest_revision()
        if publish:
            put_live(page, self.at)
        else:
            page.save_revision()
        StarterText.objects.update_or_create(
            key=f"{key}.{code}",
            defaults={
                "page": page,
                "loaded": self.texts[key, code].digest,
                "written": digest_of(page.pk),
                "loaded_at": self.at,
            },
        )

    def linker(self, code: str) -> Callable[[str], str]:
        """What makes a link of rich text of what stands in braces; the language is active."""
        topics = {
            text.own["topic"]: key
            for (key, language), text in self.texts.items()
            if language == code and text.kind == "topic"
        }

        def link(where: str) -> str:
            kind, _, name = where.partition(":")
            if kind in {"page", "topic"}:
                key = topics.get(name, "") if kind == "topic" else name
                page = self.pages.get((key, code))
                if page is None or not self.is_seen(key, code):
                    return ""
                return f'<a linktype="page" id="{page.pk}">{escape(self.texts[key, code].title)}</a>'
            if kind == "prepared":
                return str(self.prepared.get(name, ""))
            return _resources(name) if kind == "resources" else _place(where)

        return link

    def index_page(self, code: str) -> None:
        """The list of topics, where there is none."""
        home = self.homes[code]
        if TopicIndexPage.objects.filter(locale_id=home.locale_id).exists():
            return
        with override(code):
            page = TopicIndexPage(
                title=gettext("Topics"),
                slug=_slug(home, gettext("Topics")),
                summary=gettext("What to do when something happens online, for children and for adults."),
                locale=home.locale,
                responsible=gettext("Awareness centre"),
                review_by=self.at.date() + 12 * MONTH,
            )
        twin = TopicIndexPage.objects.first()
        if twin is not None:
            page.translation_key = twin.translation_key
            page.translated_from = twin.get_latest_revision()
        HomePage.objects.get(pk=home.pk).add_child(instance=page)
        put_live(page, self.at)
        self.done.made += 1


def _own_fields(text: StarterPage, day: date) -> dict[str, Any]:
    """What only pages of this kind have."""
    own = dict(text.own)
    if text.kind == "topic":
        return {"topic": own["topic"], "words": "\n".join(own["words"]), "related": list(own["related"])}
    if text.kind == "audience":
        return {"audience": own["audience"]}
    if text.kind == "explainer":
        return {"answer": text.summary}
    if text.kind == "campaign":
        campaign = ("repeats", "look", "motto")
        return {**{name: own[name] for name in campaign}, "day": day_on(own["repeats"], day, day)}
    if text.kind == "guide":
        names = (
            "app",
            "maker",
            "age_min",
            "age_advised",
            "talks_with_strangers",
            "shows_place",
            "costs_money",
        )
        return {**{name: own[name] for name in names}, "checked_on": date.fromisoformat(own["checked_on"])}
    return {}


def _resources(filters: str) -> str:
    """A link to the resources with a topic or for an audience."""
    try:
        return f'<a href="{reverse("repository-resources")}?{escape(filters)}">{gettext("Material")}</a>'
    except NoReverseMatch:
        return ""


def _place(code: str) -> str:
    """A link to a place of another service or outside; empty where the installation has none, or where no one
    has confirmed a number.
    """
    if code in OUTSIDE:
        href, words = OUTSIDE[code]
        return f'<a href="{href}">{words}</a>'
    if code not in OWN_PLACES:
        return ""
    name, words = OWN_PLACES[code]
    try:
        return f'<a href="{reverse(name)}">{words}</a>'
    except NoReverseMatch:
        return ""


def _slug(parent: PortalPage, title: str) -> str:
    """An address that no other page below the same one has."""
    wanted = slugify(fold(title))[:60]
    taken = set(PortalPage.objects.get(pk=parent.pk).get_children().values_list("slug", flat=True))
    return next(one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, 100))) if one not in taken)
