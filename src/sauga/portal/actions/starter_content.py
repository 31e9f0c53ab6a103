"""Loads the shipped starter texts: pages that a centre can publish from its first day.

Loading again brings what is new and what a later release has improved; a page that an editor has changed
stays as it is.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext, override

from sauga.kernel import audit
from sauga.kernel.i18n.search import fold
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.portal.actions.site_setup import MAIN, TRANSLATION, put_live
from sauga.portal.models.landing_pages import HomePage, TopicIndexPage, TopicPage
from sauga.portal.models.starter_texts import StarterText
from sauga.portal.permissions import Permission
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.rules.starter_format import TopicText, read_topic
from sauga.portal.trail import Trail

LANGUAGES = (MAIN, TRANSLATION)
MONTH = timedelta(days=30)


@dataclass
class Loaded:
    """How many pages were made, improved, and left as an editor has them."""

    made: int = 0
    improved: int = 0
    kept: int = 0

    def __str__(self) -> str:
        return f"{self.made} made, {self.improved} improved, {self.kept} left as edited"


def load_starter_content(*, by: Actor, at: datetime, publish_all: bool = False) -> Loaded:
    """Load the starter texts. Those that an expert has to read first stay drafts, unless `publish_all`.

    Raises PermissionRefused, and Malformed for a text that is not written as it should be.
    """
    require(by, Permission.PLANT_SITE)
    done = Loaded()
    with transaction.atomic():
        homes = {home.locale.language_code: home for home in HomePage.objects.filter(depth=2)}
        for code, home in homes.items():
            _index_page(home, code, done, at)
        for key, texts in _topics():
            twin: TopicPage | None = None
            for code in LANGUAGES:
                text = texts[code]
                goes_live = publish_all or not text.needs_expert
                twin = _load(f"{key}.{code}", text, homes[code], twin, done, goes_live=goes_live, at=at)
        if done.made or done.improved:
            facts = {"pages": done.made + done.improved}
            audit.record(by, Trail.STARTER_LOADED, None, zone=ZONE, at=at, facts=facts)
    return done


def _index_page(home: HomePage, code: str, done: Loaded, at: datetime) -> None:
    """The list of topics, where there is none."""
    if TopicIndexPage.objects.filter(locale_id=home.locale_id).exists():
        return
    with override(code):
        page = TopicIndexPage(
            title=gettext("Topics"),
            slug=_slug(home, gettext("Topics")),
            summary=gettext("What to do when something happens online, for children and for adults."),
            locale=home.locale,
            responsible=gettext("Awareness centre"),
            review_by=at.date() + 12 * MONTH,
        )
    twin = TopicIndexPage.objects.first()
    if twin is not None:
        page.translation_key = twin.translation_key
    HomePage.objects.get(pk=home.pk).add_child(instance=page)
    put_live(page, at)
    done.made += 1


def digest_of(key: int) -> str:
    """The digest of what an editor can change in the words of a page, by which a changed
    one is recognised.
    """
    newest = TopicPage.objects.get(pk=key).get_latest_revision_as_object()
    blocks = [_without_ids(one.get_prep_value()) for one in (newest.body, newest.sources)]
    held = [newest.title, newest.summary, newest.words, newest.related, *blocks]
    return sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()


def _without_ids(value: Any) -> Any:
    """Stored blocks without their identifiers, which the editors' tool gives anew."""
    if isinstance(value, dict):
        return {key: _without_ids(inner) for key, inner in value.items() if key != "id"}
    return [_without_ids(inner) for inner in value] if isinstance(value, list | tuple) else value


def _topics() -> Iterator[tuple[str, dict[str, TopicText]]]:
    """The shipped topics: the key of the text, and the text by language."""
    folder = files("sauga.portal").joinpath("data/starter/topics")
    for name in sorted(
        one.name.removesuffix(".lt.md") for one in folder.iterdir() if one.name.endswith(".lt.md")
    ):
        held = {code: folder.joinpath(f"{name}.{code}.md").read_text(encoding="utf-8") for code in LANGUAGES}
        yield f"topics/{name}", {code: read_topic(text, code) for code, text in held.items()}


def _load(
    key: str,
    text: TopicText,
    home: HomePage,
    twin: TopicPage | None,
    done: Loaded,
    *,
    goes_live: bool,
    at: datetime,
) -> TopicPage | None:
    """One text of one language, as the translation of `twin` if there is one. Returns its page."""
    held = StarterText.objects.filter(key=key).first()
    page: TopicPage | None
    if held is not None:
        page = TopicPage.objects.filter(pk=held.page_id).first()
        if page is None or digest_of(page.pk) != held.written:
            done.kept += 1
            return page
        if held.loaded == text.digest:
            return page
        done.improved += 1
        goes_live = goes_live and page.live
    else:
        page = TopicPage.objects.filter(topic=text.topic, locale_id=home.locale_id, main=None).first()
        if page is not None:  # an editor has a page about this topic already
            done.kept += 1
            return page
        page = TopicPage(topic=text.topic, slug=_slug(home, text.title), locale=home.locale, live=False)
        if twin is not None:
            page.translation_key = twin.translation_key
        done.made += 1
    _write(page, text, at)
    if page.pk is None:
        HomePage.objects.get(pk=home.pk).add_child(instance=page)
    if goes_live:
        put_live(page, at)
    else:
        page.save_revision()
    StarterText.objects.update_or_create(
        key=key,
        defaults={"page": page, "loaded": text.digest, "written": digest_of(page.pk), "loaded_at": at},
    )
    return page


def _write(page: TopicPage, text: TopicText, at: datetime) -> None:
    page.title, page.summary = text.title, text.summary
    page.words, page.related = "\n".join(text.words), list(text.related)
    sources = [{"type": "source", "value": asdict(source)} for source in text.sources]
    for name, blocks in (("body", list(text.body)), ("sources", sources)):
        setattr(page, name, blocks)
    page.to_confirm = "\n".join(text.confirm)
    page.review_by = at.date() + text.review_months * MONTH
    with override(text.language):
        page.responsible = gettext("Awareness centre")


def _slug(home: HomePage, title: str) -> str:
    """An address that no other page of this language has."""
    wanted = slugify(fold(title))[:60]
    taken = set(HomePage.objects.get(pk=home.pk).get_children().values_list("slug", flat=True))
    return next(one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, 100))) if one not in taken)
