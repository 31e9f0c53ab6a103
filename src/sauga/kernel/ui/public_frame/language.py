"""The language switch: the same page in another language, and what is said where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import NoReverseMatch, ResolverMatch, reverse, translate_url
from django.utils.translation import get_language, gettext, override

from sauga.kernel.i18n import language_name, languages
from sauga.kernel.i18n.languages import Language
from sauga.kernel.ui import journeys
from sauga.kernel.ui.hrefs import address

SHOWN_FOR = "shown-for"
"""The parameter that says for which language a page is shown in another one."""


@dataclass(frozen=True)
class Switch:
    """One language of the switch; `href` is the address of the same page in it, `whole` the same for
    machines: with the installation's name, and without what the canonical address leaves out, too.

    With `fields` a link would lead to an empty form: they are posted to `href` instead, and the page comes
    again in that language. Where the page `is_missing` in the language, `href` is its home page, and
    `home_page` says so in that language. What `is_of_one_visitor` is not kept (`drawn_once`).
    """

    code: str
    name: str
    href: str
    current: bool
    fields: Mapping[str, str] = field(default_factory=dict)
    is_missing: bool = False
    direction: str = "ltr"
    is_of_one_visitor: bool = True
    whole: str = ""

    @property
    def home_page(self) -> str:
        """“Home page” in this language."""
        with override(self.code):
            return gettext("Home page")


@dataclass(frozen=True)
class Notice:
    """What a page says, in `language`, that is shown in another one because it is not translated."""

    language: Language
    text: str
    home: str
    home_page: str


def whole(path: str) -> str:
    """An address of this installation in full, with its public name."""
    return f"{settings.ENV.base_url.rstrip('/')}{path}"


def canonical(request: HttpRequest) -> str:
    """The whole address of a page for machines, without its query, apart from what makes it another page
    (`request.own_query`, set by the view, for example "page=2")."""
    own = getattr(request, "own_query", "")
    return whole(request.path) + (f"?{own}" if own else "")


def switches(request: HttpRequest) -> list[Switch]:
    """All languages with the address of this page in each. A page without a translation leads to the other
    language's home page.

    A view whose addresses do not follow a pattern says itself where the translations are: `request.twins`,
    language → address. A link away from the answer to a form would lose what it shows (a receipt, perhaps) or
    what was typed: it is not offered, but see `posts_again`.
    """
    fields, spoken = getattr(request, "posts_again", {}), get_language()
    is_own, found = bool(fields) or not _is_for_everybody(request), []
    has_own_query = bool(getattr(request, "own_query", ""))
    for row in languages.public():
        href = _twin(request, row)
        there = href or f"/{row.code}/"
        found.append(
            Switch(
                row.code,
                row.name,
                there,
                row.code == spoken,
                fields,
                not href,
                row.direction,
                is_own,
                whole(there if has_own_query else there.partition("?")[0]),
            )
        )
    return [
        switch
        for switch in found
        if switch.current or (not switch.is_missing if fields else request.method != "POST")
    ]


def _is_for_everybody(request: HttpRequest) -> bool:
    """Whether the address says nothing that one visitor alone knows or has typed: no query, and no parts but
    those of a page whose view says so (`request.is_for_everybody`)."""
    if request.META.get("QUERY_STRING"):
        return False
    match = request.resolver_match
    has_parts = match is None or match.args or match.kwargs
    return bool(getattr(request, "is_for_everybody", False) or not has_parts)


def posts_again(request: HttpRequest, fields: Mapping[str, str], *, to: str = "") -> None:
    """This page answers a form and comes again, in any language, when `fields` are posted to it (or to the
    view `to`)."""
    request.posts_again = fields  # type: ignore[attr-defined]  # read above
    if to:
        request.twins = addresses(to)  # type: ignore[attr-defined]  # read above


def addresses(name: str, *args: str) -> dict[str, str]:
    """Language → address of a page, for the languages in which it exists."""
    found = {}
    for row in languages.public():
        with override(row.code):
            found[row.code] = address(name, *args)
    return {code: href for code, href in found.items() if href}


def _twin(request: HttpRequest, row: Language) -> str:
    """The address of this page in a language; empty where it does not exist."""
    here, twins = request.get_full_path(), getattr(request, "twins", None)
    if twins is not None:
        href = str(twins.get(row.code, ""))
        return href + _asked(request) if href and "?" not in href else href
    if here.startswith(f"/{row.code}/"):
        return here
    match = request.resolver_match
    if not row.is_whole and (match is None or not journeys.exists_in(match.url_name, row)):
        return ""
    there = _translated(here, match, row.code)
    prefixes = tuple(f"/{other.code}/" for other in languages.public())
    return "" if there == here and here.startswith(prefixes) else there


def _asked(request: HttpRequest) -> str:
    """What the reader chose on this page (the tab of a topic, a filter), to be kept in the other language."""
    if request.method not in {"GET", "HEAD"}:
        return ""
    query = request.GET.copy()
    query.pop(SHOWN_FOR, None)
    return f"?{query.urlencode()}" if query else ""


def _translated(here: str, match: ResolverMatch | None, code: str) -> str:
    """What `translate_url` finds, without looking again for the view that answers this request."""
    if match is None:
        return translate_url(here, code)
    _path, mark, query = here.partition("?")
    with override(code):
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs) + mark + query
        except NoReverseMatch:
            return here


def shown_instead(request: HttpRequest) -> HttpResponseRedirect | None:
    """Where a page is shown that does not exist in the language of its address: in the language that the
    browser prefers among those that stand in for it. None where the page exists.

    Raises Http404 for what is sent there: no form of ours leads to it.
    """
    row, match = languages.active(), request.resolver_match
    if row.is_whole or match is None or not request.path_info.startswith(f"/{row.code}/"):
        return None
    if journeys.exists_in(match.url_name, row) or hasattr(match.func, "leads_to"):
        return None  # what takes every address says itself, in this language, that there is no such page
    if request.method not in {"GET", "HEAD"}:
        raise Http404
    chosen = preferred(request.headers.get("Accept-Language", ""), among=row.instead)
    query = request.GET.copy()
    query[SHOWN_FOR] = row.code
    there = translate_url(request.path, chosen)
    return HttpResponseRedirect(
        f"{there}?{query.urlencode()}", headers={"Vary": "Accept-Language", "Cache-Control": "no-store"}
    )


def notice(request: HttpRequest) -> Notice | None:
    """What a page says that is shown for another language; None on any other page."""
    wanted, shown = languages.of_path(request.GET.get(SHOWN_FOR, "")), languages.active()
    if wanted is None or wanted.is_whole or not shown.is_whole:
        return None
    with override(wanted.code):
        text = gettext("This page has not been translated yet. Language of the page: %(language)s.") % {
            "language": language_name(shown.code)
        }
        return Notice(wanted, text, f"/{wanted.code}/", gettext("Home page"))


def preferred(accept: str, *, among: Sequence[str] = ()) -> str:
    """The best of our languages (or of those `among` them) for an Accept-Language header; the first of them,
    Lithuanian, when it names none.

    Remembers nothing.
    """
    known = among or [row.code for row in languages.public()]
    offered: list[tuple[float, str]] = []
    for part in accept[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        code = tag.lower().split("-")[0]
        if code in known:
            offered.append((_weight(weight), code))
    best = max(offered, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] > 0 else among[0] if among else languages.DEFAULT


def _weight(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0
