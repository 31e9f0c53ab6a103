"""Template tags of the design system. They are built in: templates need no `load`."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField, CheckboxInput
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import select_template
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, override, pgettext

from sauga.kernel import clock as wall_clock
from sauga.kernel.i18n import languages
from sauga.kernel.ui import drawn_once as once
from sauga.kernel.ui import hrefs, icons, marks, navigation, toasts
from sauga.kernel.ui.formats import linked_data
from sauga.kernel.ui.public_frame import first_styles as first
from sauga.kernel.ui.public_frame import frame, language, quick_exit
from sauga.kernel.ui.public_frame import help_now as helping

register = template.Library()
register.tag("drawn_once", once.drawn_once)
register.tag("linked_data_of", linked_data.linked_data_of)


@register.simple_tag
def first_styles() -> SafeString:
    """`{% first_styles %}`: the styles of a public page's top, in the page itself."""
    return first.element()


@register.simple_tag
def form_token() -> SafeString:
    """`{% form_token %}`: what makes a form of a public page the same form when it is sent twice; a page that
    is kept for everybody must not hold it."""
    return format_html('<input type="hidden" name="form_token" value="{}">', secrets.token_urlsafe(18))


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "flag" %}`: a line icon, hidden from assistive technology."""
    return icons.icon(name, css)


@register.simple_tag
def all_icons() -> list[str]:
    """`{% all_icons as names %}`: the names that `icon` knows."""
    return sorted(icons.drawings())


@register.simple_tag
def mark(tone: str, text: Any, shape: str = "") -> SafeString:
    """`{% mark "wait" "likely" shape="half" %}`: a shape and a word."""
    return marks.mark(tone, str(text), shape)


@register.simple_tag
def badge(text: Any, tone: str = "") -> SafeString:
    """`{% badge "published" "good" %}`: a word in a pill."""
    return format_html('<span class="badge{}">{}</span>', f" {tone}" if tone else "", text)


@register.simple_tag
def state_badge(tone: str, text: Any) -> SafeString:
    """`{% state_badge "wait" label %}`: a state in plain words; carries `data-state`, which outside test
    clients read."""
    return format_html('<span class="badge{}" data-state>{}</span>', f" {tone}" if tone else "", text)


@register.simple_tag
def clock(text: Any, share: float, tone: str = "") -> SafeString:
    """`{% clock "48 min left" 0.7 "wait" %}`: time left in words over a gauge; share used up, 0–1."""
    return marks.clock(str(text), float(share), tone)


@register.simple_tag
def address(name: str, *args: Any, **kwargs: Any) -> str:
    """`{% address "hotline-report" as url %}`: like `url`, but empty where this installation or site does not
    have the page."""
    return hrefs.address(name, *args, **kwargs)


@register.simple_tag
def leave_to() -> str:
    """`{% leave_to as there %}`: the harmless page to which “Quick exit” leads."""
    return quick_exit.target()


@register.simple_tag(takes_context=True)
def help_now(context: Context, reader: str = "") -> helping.HelpNow:
    """`{% help_now "young" as now %}`: what works now for a person who needs help. The page may then be kept
    for a minute only.
    """
    request: Any = context.get("request")
    if request is not None:
        request.says_what_is_now = True  # read by page_cache
    return helping.help_now(request, wall_clock.now(), reader)


@register.inclusion_tag("ui/components/_field.html")
def field(
    bound: BoundField, size: str = "", rows: int | None = None, optional: bool = False
) -> dict[str, Any]:
    """`{% field form.address %}`: label, hint, input and error of one form field, wired for assistive
    technology.

    `size="sub"` lowers the label of a step form; `rows` sets the height of a text area; `optional=True` says
    so beside the label.
    """
    return {
        "field": bound,
        "input": bound.as_widget(attrs={} if rows is None else {"rows": str(rows)}),
        "size": size,
        "optional": optional,
        "group": bound.field.widget.use_fieldset,
        "tick": isinstance(bound.field.widget, CheckboxInput),
    }


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> list[language.Switch]:
    """`{% language_switch as languages %}`: this page in every language."""
    request: HttpRequest | None = context.get("request")
    return language.switches(request) if request else []


@register.simple_tag(takes_context=True)
def shown_for(context: Context) -> language.Notice | None:
    """`{% shown_for as notice %}`: what a page says that is not translated into the language asked for."""
    request: HttpRequest | None = context.get("request")
    return language.notice(request) if request else None


@register.simple_tag
def language_row() -> languages.Language:
    """`{% language_row as spoken %}`: the row of the language of this page."""
    return languages.active()


@register.simple_tag
def address_in(code: str, name: str) -> str:
    """`{% address_in box.language "helpline-help" as href %}`: the address of a page in another language; in
    the language of this page where it does not exist in the other."""
    with override(code):
        there = hrefs.address(name)
    return there or hrefs.address(name)


@register.simple_tag
def staff_languages() -> list[languages.Language]:
    """`{% staff_languages as spoken %}`: the languages of the desk."""
    return list(languages.for_staff())


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """`{% canonical %}`: the whole address of this page for machines."""
    request: HttpRequest | None = context.get("request")
    return language.canonical(request) if request is not None else ""


@register.filter
def page_suffix(number: int) -> str:
    """`{{ number|page_suffix }}`: „, 2 puslapis“ for a title from the second page on, so that every page has
    a title of its own."""
    return gettext(", page %(number)s") % {"number": number} if number > 1 else ""


@register.filter
def whole(path: str) -> str:
    """`{{ href|whole }}`: an address of this installation in full, for machines."""
    return language.whole(path)


@register.simple_tag
def public_links(place: str) -> list[navigation.Link]:
    """`{% public_links "bar" as links %}`: public entries offered at a place (bar, card, menu, foot)."""
    return navigation.public(navigation.Place(place))


@register.simple_tag
def audience_links(audience: str) -> list[navigation.Link]:
    """`{% audience_links page.audience as links %}`: what the landing page of an audience offers."""
    return navigation.for_audience(audience)


@register.simple_tag(takes_context=True)
def menu_place(context: Context) -> str:
    """`{% menu_place as here %}`: the address of this page where the menu has it, else nothing."""
    request: HttpRequest | None = context.get("request")
    path = request.path if request is not None else ""
    return next((path for link in navigation.public(navigation.Place.MENU) if link.href == path), "")


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> frame.Frame:
    """`{% site_frame as frame %}`: what of the head and the foot staff keep. A page that answers no request
    brings it along."""
    brought = context.get("frame")
    return brought if isinstance(brought, frame.Frame) else frame.frame_of(context.get("request"))


@register.simple_tag
def feeds() -> list[tuple[str, navigation.Text]]:
    """`{% feeds as found %}`: address and title of each feed of the site."""
    return navigation.feeds()


@register.simple_tag(takes_context=True)
def desk_actor(context: Context) -> Any:
    """`{% desk_actor as desk_person %}`: the signed-in person, or nothing when no person is signed in."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return None
    from sauga.kernel.identity import NobodySignedIn, actor

    try:
        return actor(request)
    except NobodySignedIn:
        return None


@register.simple_tag(takes_context=True)
def rail(context: Context, actor: Any) -> list[navigation.Link]:
    """`{% rail me as links %}`: the desk's navigation as this actor may see it, with what waits at each
    page."""
    if actor is None:
        return []
    from sauga.kernel.identity import home

    request: HttpRequest = context["request"]
    match = request.resolver_match
    waiting = home.by_page(home.waiting_for(request, actor))
    return navigation.rail(actor, request.path, match.url_name or "" if match else "", waiting)


@register.filter
def said(count: int) -> str:
    """`{{ link.count|said }}`: a number as people read it, "999+" beyond that."""
    from sauga.kernel.identity import home

    return home.said(count)


@register.filter
def hour(value: datetime) -> str:
    """`{{ report.received_hour|hour }}`: „11 val.“, in English “11:00–12:00”, for what is known to the hour
    only; 11:00 would claim more."""
    begins = localtime(value)
    ends = begins + timedelta(hours=1)
    return pgettext("hour of the day", "{hour}:00–{next}:00").format(hour=f"{begins:%H}", next=f"{ends:%H}")


@register.filter
def initials(name: str) -> str:
    """„Rūta Žemaitienė“ → „RŽ“; at most two letters."""
    return "".join(word[0] for word in str(name).split()[:2]).upper()


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """`?{% query page=None state="new" %}`: this page's query with some values set, or dropped when None or
    empty."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = str(value)
    return urlencode(sorted(params.lists()), doseq=True)


@register.filter
def option_tags(options: Iterable[Mapping[str, Any]]) -> SafeString:
    """`{{ options|option_tags }}`: the options of a select. Drawn here and not by a template, because a page
    has many; a label with a `language` says so."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        (
            (
                str(option["value"]),
                _attributes(option),
                str(option["label"]),
            )
            for option in options
        ),
    )


def _attributes(option: Mapping[str, Any]) -> str:
    """Those of one option; most have none."""
    language = getattr(option["label"], "language", None)
    return flatatt({**option["attrs"], "lang": language}) if option["attrs"] or language else ""


@register.simple_tag(takes_context=True)
def map_tiles(context: Context, tiles: Iterable[Any], place: Any) -> SafeString:
    """`{% map_tiles tiles place %}`: the tiles of a map of municipalities, each a link that narrows this page
    to its own. Drawn here and not by a template, because a page has sixty."""
    rest = query(context, municipality=None, after=None)  # on its first page
    begin = f"?{rest}&municipality=" if rest else "?municipality="
    return format_html_join("\n", TILE, (_tile_parts(one, begin, is_here=one == place) for one in tiles))


TILE = (
    '<li class="r{} c{}"><a class="tile v{}" data-place="{}" href="{}#here"{}>'
    '<b aria-hidden="true">{}</b><span class="num" aria-hidden="true">{}</span>'
    '<span class="tile-name">{}</span></a></li>'
)


def _tile_parts(tile: Any, begin: str, *, is_here: bool) -> tuple[Any, ...]:
    here = SafeString(' aria-current="true"') if is_here else ""
    number = localize(tile.n) if tile.n else "–"
    address = f"{begin}{tile.code}"
    return tile.row, tile.column, tile.shade, tile.code, address, here, tile.letters, number, tile.text


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """`{{ labels|item:code }}`: a value by a variable key, empty when absent."""
    return mapping.get(key, "")


@register.filter
def undo_address(message: Any) -> str:
    """Where a toast's undo button posts to."""
    return toasts.undo_address(message)


@register.simple_tag(takes_context=True)
def vault_block(context: Context) -> SafeString:
    """The state of the person's vault in the rail, drawn by `identity`."""
    return _drawn(context, "identity/_vault.html")


@register.simple_tag(takes_context=True)
def alert_bar(context: Context) -> SafeString:
    """The urgent alerts that call the person, drawn by `notices`."""
    return _drawn(context, "notifications/desk/_bar.html")


@register.simple_tag(takes_context=True)
def alert_bell(context: Context) -> SafeString:
    """The person's notifications, drawn by `notices`."""
    return _drawn(context, "notifications/desk/_bell.html")


@register.simple_tag(takes_context=True)
def help_link(context: Context) -> SafeString:
    """The way to the guide that explains this page, drawn by `guides`."""
    return _drawn(context, "guides/desk/_help.html")


def _drawn(context: Context, template_name: str) -> SafeString:
    """A part that a package above this one draws, or nothing where that package is not installed: what `{%
    include %}` does, without making a context and asking its processors anew."""
    part: Any = select_template([template_name, "ui/desk/_no_vault.html"])
    with context.push():
        drawn: SafeString = part.template.render(context)
    return drawn


@register.filter
def unlocalized(value: Any) -> str:
    """A number as machines write it: 1240, not 1 240."""
    return str(value)
