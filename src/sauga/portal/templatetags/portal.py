"""Template tags of the site's pages. They call `queries`; a template never reads a table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from mimetypes import guess_type
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from wagtail.blocks import StreamValue

from sauga.kernel.media import Player, Track
from sauga.kernel.ui import drawn_once
from sauga.kernel.ui.components import Pager
from sauga.kernel.ui.hrefs import address
from sauga.portal.blocks import advice, media, text
from sauga.portal.presenters import letter as letter_form
from sauga.portal.presenters import page_gate as gate_presenter
from sauga.portal.queries import (
    around,
    campaigns,
    drawings,
    events,
    help_now,
    links,
    page_gate,
    prepared,
    public_pages,
    rich_text_links,
    social_cards,
)
from sauga.portal.queries import cards as resources
from sauga.portal.queries import linked_data as linked
from sauga.portal.queries.page_links import PageLink
from sauga.portal.rules import letter
from sauga.portal.views.today import moment, today
from sauga.repository.resources.presenters.publish_gate import name_of
from sauga.repository.resources.rules import publish_gate

register = template.Library()
NEWS_A_PAGE = 20
register.filter("anchor", text.anchor)
register.filter("pieces", advice.pieces)
register.filter("rich", text.rich)
register.filter("fillable", text.fillable)
COVERS = ("boat", "lighthouse", "pines", "thread")


@register.simple_tag
def home_parts(home: Any) -> dict[str, Any]:
    """`{% home_parts page as parts %}`: the sections of the home page, with all that they show."""
    day = today()
    return {
        "title": home.title,
        "summary": home.summary,
        "leads": public_pages.home(home.locale.language_code),
        "campaign": _countdown(home, day),
        "webinar": events.next_webinar(moment()),
        "partners": _partner_lines(day),
    }


def _countdown(home: Any, day: date) -> dict[str, Any] | None:
    """The next campaign and the days until then."""
    found = public_pages.next_campaign(home, day)
    if found is None:
        return None
    its_day = found.day_on(day)
    return {
        "title": found.title,
        "look": found.look,
        "href": found.get_url(),
        "day": its_day,
        "days": (its_day - day).days,
    }


def _partner_lines(day: date) -> list[dict[str, Any]]:
    """Who runs the centre, and who helps it."""
    running, helping = public_pages.centre_on(day)
    lines = ((gettext("The centre is run by"), running), (gettext("The centre is supported by"), helping))
    return [
        {
            "label": label,
            "rows": [{"name": row.name, "logo": row.logo.file.ref if row.logo else ""} for row in rows],
        }
        for label, rows in lines
        if rows
    ]


@register.simple_tag
def variants_of(page: Any) -> Sequence[around.Reading]:
    """`{% variants_of page as readings %}`: the variants of one text; empty when there is only one."""
    return around.around(page).readings


@register.simple_tag
def crumbs_of(page: Any) -> Sequence[around.Ancestor]:
    """`{% crumbs_of page as crumbs %}`: the pages above."""
    return around.around(page).above


@register.simple_tag
def pages_under(page: Any) -> Sequence[PageLink]:
    """`{% pages_under page as pages %}`: the pages below."""
    return around.around(page).below


@register.simple_tag(takes_context=True)
def drawn(context: Context, pieces: Sequence[advice.Piece], reader: str = "") -> SafeString:
    """`{% drawn pieces reader=value.reader %}`: blocks of a body. Neighbours that show what is stored of them
    and nothing else are drawn once for that and for the addresses of their links."""
    given = {"request": context.get("request"), "reader": reader}
    parts: list[str] = []
    with rich_text_links.read_by(reader):
        for is_kept, some in groupby(pieces, lambda one: getattr(one.block, "shows_what_is_stored", False)):
            neighbours = list(some)
            if is_kept:
                parts.append(_drawn_once(neighbours, given))
            else:
                parts += [_drawn(one, given) for one in neighbours]
    return SafeString("".join(parts))


def _drawn_once(neighbours: list[advice.Piece], given: dict[str, Any]) -> str:
    stored = repr([one.stored for one in neighbours])
    key = ("blocks", given["reader"], stored, rich_text_links.expanded(stored))
    return drawn_once.drawn(key, lambda: "".join([_drawn(one, given) for one in neighbours]))


def _drawn(piece: advice.Piece, given: dict[str, Any]) -> SafeString:
    """A block. Its template gets what blocks read, the request, the reader and the value; Wagtail's
    `include_block` copies the whole context for each."""
    block = piece.block
    value = piece.stored["value"] if getattr(block, "takes_what_is_stored", False) else piece.bound.value
    name = block.get_template(value)
    if not name:
        return block.render(value, given)  # type: ignore[no-any-return]  # Wagtail says nothing of its types
    template: Any = get_template(name)
    return template.template.render(Context({**given, "value": value}))  # type: ignore[no-any-return]  # as above


@register.filter
def stored(stream: StreamValue) -> list[Any]:
    """`{% for source in page.sources|stored %}`: the values of a stream of one kind of block as they are
    stored, for blocks of plain texts and numbers."""
    return [one["value"] for one in stream.raw_data]


@register.filter
def passages(body: StreamValue) -> list[advice.Passage]:
    """`{% for passage in page.body|passages %}`: the blocks of a body, neighbouring advice put together."""
    return list(advice.passages(body))


@register.simple_tag
def all_topics(page: Any) -> list[Any]:
    """`{% all_topics page as topics %}`: the topic pages of the language of a page, by title."""
    return public_pages.topics(page)


@register.simple_tag
def events_for(page: Any) -> list[Any]:
    """`{% events_for page as cards %}`: the next events about the topics of a page, or for its audience."""
    return events.coming_for(page, moment())


@register.simple_tag(takes_context=True)
def help_rows(context: Context, value: Any) -> list[help_now.HelpRow]:
    """`{% help_rows value as rows %}`: current numbers of a help block, with when each helps; hours from the
    service that keeps them, else from the list.

    A page that shows the current state is cached for a minute only.
    """
    told = [one.get("value", one) for one in value.get("explained") or ()]
    when = {one["service"]: one["when"] for one in told}
    request = context.get("request")
    rows = help_now.of(request, moment()).rows([*value["services"], *when])
    if request is not None and any(row.reach is not None or row.is_shut for row in rows):
        request.says_what_is_now = True
    if not when:
        return rows
    place = {code: number for number, code in enumerate(when)}
    in_order = sorted(rows, key=lambda row: (row.is_shut, place[row.code]))
    return [replace(row, when=when[row.code]) for row in in_order]


@register.simple_tag
def help_place(page: Any) -> str:
    """`{% help_place page as place %}`: where a page says what works while the line is closed."""
    return help_now.place_on(page)


@register.simple_tag
def help_of_prepared(block: Any) -> dict[str, Any]:
    """`{% help_of_prepared block as help %}`: who helps, as a help block stores it."""
    return {"title": gettext("Who can help"), "services": list(block.services)}


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
    if hasattr(index, "news_shown"):  # asked for in the title and in the body
        return index.news_shown  # type: ignore[no-any-return]  # set below
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
    index.news_shown = {
        "number": here.number,
        "rows": list(here.object_list),
        "pager": Pager(previous=before, next=after, note=note),
    }
    return index.news_shown  # type: ignore[no-any-return]  # set above


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
