"""Template tags of the site's pages. They call `queries`; a template never reads a table."""

from collections.abc import Sequence
from datetime import date
from mimetypes import guess_type
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from sauga.kernel.media import Player, Track
from sauga.kernel.ui.components import Pager
from sauga.kernel.ui.hrefs import address
from sauga.portal.blocks import advice, media, text
from sauga.portal.presenters import letter as letter_form
from sauga.portal.presenters import page_gate as gate_presenter
from sauga.portal.queries import (
    ancestors,
    campaigns,
    drawings,
    events,
    help_now,
    links,
    page_gate,
    prepared,
    public_pages,
    related,
    social_cards,
)
from sauga.portal.queries import cards as resources
from sauga.portal.queries import linked_data as linked
from sauga.portal.rules import letter
from sauga.portal.views.today import moment, today
from sauga.repository.resources.presenters.publish_gate import name_of
from sauga.repository.resources.rules import publish_gate

register = template.Library()
NEWS_A_PAGE = 20
OWN_FORMS = {"illegal_content_hotline": "hotline-report", "own_picture": "hotline-own-picture"}
"""Where the installation runs the service itself, the address of its own form instead of an outside one."""
register.filter("anchor", text.anchor)
register.filter("rich", text.rich)
register.filter("fillable", text.fillable)
COVERS = ("boat", "lighthouse", "pines", "thread")


@register.simple_tag
def home_parts(home: Any) -> dict[str, Any]:
    """`{% home_parts page as parts %}`: the sections of the home page."""
    day = today()
    campaign = public_pages.next_campaign(home, day)
    return {
        "landing_pages": public_pages.landing_pages(home),
        "topics": public_pages.first_topics(home),
        "news": public_pages.news(home),
        "news_index": public_pages.news_index(home),
        "campaign": campaign,
        "campaign_day": campaign.day_on(day) if campaign else None,
        "days_left": (campaign.day_on(day) - day).days if campaign else 0,
        "webinar": events.next_webinar(moment()),
        "first_pages": public_pages.first_pages(home),
        "topic_index": public_pages.topic_index(home),
        "partners": _partner_lines(day),
    }


def _partner_lines(day: date) -> list[dict[str, Any]]:
    """Who runs the centre, and who helps it."""
    running, helping = public_pages.centre_on(day)
    lines = ((gettext("The centre is run by"), running), (gettext("The centre is supported by"), helping))
    return [{"label": label, "rows": rows} for label, rows in lines if rows]


@register.simple_tag
def variants_of(page: Any) -> list[Any]:
    """`{% variants_of page as readings %}`: the variants of one text; empty when there is only one."""
    if not hasattr(page, "readings"):
        page.readings = public_pages.variants(page)  # asked for in the head and in the body
    found: list[Any] = page.readings
    return found


@register.simple_tag
def crumbs_of(page: Any) -> Sequence[ancestors.Ancestor]:
    """`{% crumbs_of page as crumbs %}`: the pages above."""
    return ancestors.ancestors(page)


@register.simple_tag
def pages_under(page: Any) -> list[Any]:
    """`{% pages_under page as pages %}`: the pages below."""
    return public_pages.under(page)


@register.simple_tag(takes_context=True)
def drawn(context: Context, bound: Any, reader: str = "") -> SafeString:
    """`{% drawn block reader=value.reader %}`: one block. Its template gets what blocks read, the request,
    the reader and the value; Wagtail's `include_block` copies the whole context for each."""
    given = {"request": context.get("request"), "reader": reader}
    name = bound.block.get_template(bound.value)
    if not name:
        return bound.block.render(bound.value, given)  # type: ignore[no-any-return]  # Wagtail says nothing of its types
    template: Any = get_template(name)
    return template.template.render(Context({**given, "value": bound.value}))  # type: ignore[no-any-return]  # as above


@register.filter
def passages(body: Any) -> list[advice.Passage]:
    """`{% for passage in page.body|passages %}`: the blocks of a body, neighbouring advice put together."""
    return list(advice.passages(body))


@register.simple_tag
def all_topics(page: Any) -> list[Any]:
    """`{% all_topics page as topics %}`: the topic pages of the language of a page, by title."""
    return public_pages.topics(page)


@register.simple_tag
def related_to(page: Any) -> related.Related:
    """`{% related_to page as found %}`: what a page leads on to."""
    return related.related_to(page)


@register.simple_tag
def events_for(page: Any) -> list[Any]:
    """`{% events_for page as cards %}`: the next events about the topics of a page, or for its audience."""
    return events.coming_for(page, moment())


@register.simple_tag(takes_context=True)
def help_rows(context: Context, value: Any) -> list[dict[str, Any]]:
    """`{% help_rows value as rows %}`: current numbers of a help block, with when each helps; hours from the
    service that keeps them, else from the list.

    A page that shows the current state is cached for a minute only (`views.public`).
    """
    rows: list[dict[str, Any]] = []
    when = {one["service"]: one["when"] for one in value["explained"]}
    request = context.get("request")
    known = help_now.of(request, moment())
    for row in known.entries([*value["services"], *when]):
        reach = known.reach(row.code)
        if reach is not None and request is not None:
            request.says_what_is_now = True
        if row.dial and (same := next((one for one in rows if one["dial"] == row.dial), None)):
            same["name"] = f"{same['name']}, {row.name[:1].lower()}{row.name[1:]}"  # one number is one line
            continue
        rows.append(
            {
                "entry": row,
                "name": row.name,
                "dial": row.dial,
                "reach": reach,
                "form": OWN_FORMS.get(row.code, ""),
                "when": when.get(row.code, ""),
            }
        )
    return sorted(rows, key=lambda one: list(when).index(one["entry"].code)) if when else rows


@register.simple_tag
def help_of_prepared(block: Any) -> dict[str, Any]:
    """`{% help_of_prepared block as help %}`: who helps, as the value of a help block."""
    return {"title": gettext("Who can help"), "services": list(block.services), "explained": []}


@register.simple_tag
def prepared_uses(block: Any) -> list[prepared.Use]:
    """`{% prepared_uses block as uses %}`: the pages that show a prepared block."""
    return prepared.uses_of(block)


@register.simple_tag
def social_card(page: Any) -> dict[str, str]:
    """`{% social_card page as card %}`: address and alternative text of the card of a page."""
    card = social_cards.of_page(page)
    href = address("portal-card", page.pk, card.version) if page.pk else ""
    return {"href": href, "alternative": card.alternative}


@register.simple_tag
def letter_questions(page: Any) -> list[letter_form.Group]:
    """`{% letter_questions page as groups %}`: the questions of the letter builder, with nothing chosen."""
    return letter_form.groups(letter.questions(page.locale.language_code), {})


@register.simple_tag
def campaign_parts(page: Any) -> dict[str, Any]:
    """`{% campaign_parts page as parts %}`: its day as it stands today in Lithuania, the whole days until
    then (negative once it is over), the material of its year, the collections of earlier years, and the pages
    of its activities.
    """
    if not hasattr(page, "campaign_parts"):  # asked for above and below the body
        day = page.day_on(today())
        current, earlier = campaigns.material(page, day.year)
        page.campaign_parts = {
            "day": day,
            "days": (day - today()).days,
            "cards": current,
            "years": earlier,
            "activities": campaigns.activity_pages(page),
        }
    found: dict[str, Any] = page.campaign_parts
    return found


@register.simple_tag
def resource_cards(slugs: Any) -> list[dict[str, str]]:
    """`{% resource_cards value.slugs as cards %}`: the public ones among these resources."""
    return resources.cards(slugs)


@register.simple_tag
def drawing_of(page: Any) -> SafeString:
    """`{% drawing_of page as art %}`: the drawing of a page's topic or audience, or of a campaign."""
    name = getattr(page, "topic", "") or getattr(page, "audience", "") or getattr(page, "drawing", "")
    return drawings.drawing(name, page.locale.language_code)


@register.filter
def rights(thing: Any) -> str:
    """Credits and terms of an image, video or file."""
    return media.rights_of(thing)


@register.simple_tag
def film_player(film: Any, poster: str = "") -> Player:
    """`{% film_player film poster as player %}`: a video of ours, for the template `media/player.html`."""
    name = film.get_language_display()
    return Player(
        src=film.file.url,
        mime=guess_type(film.file.name)[0] or "video/mp4",
        title=film.title,
        language=film.language,
        tracks=[Track(film.captions.url, film.language, name)] if film.captions else [],
        transcript=film.transcript,
        poster=poster,
        rights=media.rights_of(film),
    )


@register.filter
def cover(place: int) -> str:
    """The illustration of the n-th card."""
    return f"portal/drawings/_{COVERS[int(place) % len(COVERS)]}.html"


@register.simple_tag
def linked_data(page: Any) -> SafeString:
    """`{% linked_data page %}`: the page's structured data (schema.org)."""
    return linked.script(page, settings.ENV.base_url.rstrip("/"), today())


@register.simple_tag(takes_context=True)
def news_page(context: Context, index: Any) -> dict[str, Any]:
    """`{% news_page page as shown %}`: one page of news and the link to the next. Pages after the first have
    their own address.
    """
    request = context["request"]
    news: Any = public_pages.AllNews.of(index)
    pages: Paginator[Any] = Paginator(news, NEWS_A_PAGE)
    here = pages.get_page(request.GET.get("page"))
    if here.number > 1:
        request.own_query = f"page={here.number}"  # read by the canonical link
    note = (
        gettext("Page %(here)s of %(all)s") % {"here": here.number, "all": pages.num_pages}
        if pages.num_pages > 1
        else ""
    )
    before = f"page={here.previous_page_number()}" if here.has_previous() else ""
    after = f"page={here.next_page_number()}" if here.has_next() else ""
    return {
        "number": here.number,
        "rows": list(here.object_list),
        "pager": Pager(previous=before, next=after, note=note),
    }


@register.simple_tag
def partners_of(request: Any) -> dict[str, Any]:
    """`{% partners_of request as network %}`: the partners on the requested day, today unless the address
    says another.
    """
    asked = request.GET.get("on", "")
    day = parse_day(asked)
    return {
        "day": day or today(),
        "refused": bool(asked) and day is None,
        "rows": public_pages.partners(day or today()),
    }


def parse_day(text: str) -> date | None:
    """A day as 2026-11-24, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@register.simple_tag
def gate_state(page: Any) -> dict[str, Any] | None:
    """`{% gate_state page as gate %}`: the gate's result for the newest saved version; nothing for a page
    that was never saved.
    """
    if not page.pk:
        return None
    if not hasattr(page, "gate_found"):  # asked for in the form and beside it
        facts, results = page_gate.judge(page_gate.newest(page), moment())
        failing = publish_gate.failing(facts, results)
        page.gate_found = {
            "bad": bool(failing),
            "said": ", ".join(name_of(code) for code in failing),
            "failing": gate_presenter.failing(results, failing),
        }
    found: dict[str, Any] = page.gate_found
    return found


@register.simple_tag
def broken_on(page: Any) -> list[Any]:
    """`{% broken_on page as broken %}`: the broken links to other sites of the newest saved version."""
    return links.broken_on(page_gate.newest(page)) if page.pk else []


TESTS = {
    "children": "selfcheck-child",
    "teenagers": "selfcheck-teen",
    "parents_carers": "selfcheck-adult",
    "seniors": "selfcheck-adult",
    "teachers": "selfcheck-class",
    "public_librarians": "selfcheck-class",
}
"""The personal test for the readers of an audience page, where this installation has it."""


@register.simple_tag
def test_for(page: Any) -> dict[str, str]:
    """`{% test_for page as test %}`: address and title of the test for an audience; empty without one."""
    name = TESTS.get(page.audience, "")
    href = address(name) if name else ""
    if not href:
        return {}
    if name == "selfcheck-class":
        return {"href": href, "title": gettext("Questions for a whole class")}
    if name == "selfcheck-adult":
        return {"href": href, "title": gettext("Are you safe on the internet?")}
    return {"href": href, "title": pgettext("child", "Are you safe on the internet?")}
