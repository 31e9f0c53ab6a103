"""The language switch: the same page in the other language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation.trans_real import get_languages

NAMES = {"lt": "Lietuvių", "en": "English"}


@dataclass(frozen=True)
class Switch:
    """One language of the switch; `href` is the address of the same page in it, `whole` the same for
    machines, with the installation's name.

    With `fields` a link would lead to an empty form: they are posted to `href` instead, and the page comes
    again in that language.
    """

    code: str
    name: str
    href: str
    current: bool
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> str:
        return whole(self.href)


def whole(path: str) -> str:
    """An address of this installation in full, with its public name."""
    return f"{settings.ENV.base_url.rstrip('/')}{path}"


def switches(request: HttpRequest) -> list[Switch]:
    """All languages with the address of this page in each. A page without a translation leads to the other
    language's home page.

    A view whose addresses do not follow a pattern says itself where the translations are: `request.twins`,
    language → address. A link away from the answer to a form would lose what it shows (a receipt, perhaps) or
    what was typed: it is not offered, but see `posts_again`.
    """
    here, fields = request.get_full_path(), getattr(request, "posts_again", {})
    twins = getattr(request, "twins", None)
    hrefs = {
        code: _twin(here, code) if twins is None else twins.get(code, f"/{code}/")
        for code, _ in settings.LANGUAGES
    }
    found = [
        Switch(code, NAMES.get(code, code), href, code == get_language(), fields)
        for code, href in hrefs.items()
    ]
    return [switch for switch in found if switch.current or fields or request.method != "POST"]


def posts_again(request: HttpRequest, fields: Mapping[str, str], *, to: str = "") -> None:
    """This page answers a form and comes again, in any language, when `fields` are posted to it (or to the
    view `to`)."""
    request.posts_again = fields  # type: ignore[attr-defined]  # read above
    if to:
        request.twins = {code: _address(to, code) for code, _ in settings.LANGUAGES}  # type: ignore[attr-defined]  # read above


def _address(name: str, code: str) -> str:
    with override(code):
        return reverse(name)


def _twin(here: str, code: str) -> str:
    if here.startswith(f"/{code}/"):
        return here
    there = translate_url(here, code)
    prefixes = tuple(f"/{other}/" for other, _ in settings.LANGUAGES)
    return f"/{code}/" if there == here and here.startswith(prefixes) else there


def preferred(accept: str) -> str:
    """The best of our languages for an Accept-Language header; Lithuanian when it names none of them.

    Remembers nothing.
    """
    offered: list[tuple[float, str]] = []
    for part in accept[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        code = tag.lower().split("-")[0]
        if code in get_languages():
            offered.append((_weight(weight), code))
    best = max(offered, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] > 0 else settings.LANGUAGE_CODE


def _weight(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0
