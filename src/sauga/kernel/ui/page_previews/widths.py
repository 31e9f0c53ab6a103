"""The preview of a page at the desk: in which width and setting it is shown, and the links to the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from sauga.kernel.ui.page_previews.looks import LABELS, Look

WIDTHS = {
    "wide": gettext_lazy("Fitting"),
    "320": pgettext_lazy("width of a preview", "Phone"),
    "768": pgettext_lazy("width of a preview", "Tablet"),
    "1280": gettext_lazy("Computer"),
}
"""The widths in which pages are looked at, in pixels; "wide" fills the column."""


@dataclass(frozen=True)
class Choice:
    """One way to show the preview."""

    label: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Preview:
    """A preview as its bar and frame show it. `groups` are named rows of choices."""

    src: str
    width: str
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]


def look_of(request: HttpRequest) -> Look | None:
    """The setting that the address of a preview asks for; None: the reader's own."""
    wanted = request.GET.get("look", "")
    return Look(wanted) if wanted in list(Look) else None


def preview(
    request: HttpRequest, src: str, languages: Iterable[tuple[str, str]] = (), language: str = ""
) -> Preview:
    """The preview whose page is at `src`, as the address of this page asks for it; `languages` are codes and
    names of those in which it can be shown.
    """
    width = request.GET.get("width", "")
    chosen = {
        "language": language,
        "width": width if width in WIDTHS else "wide",
        "look": str(look_of(request) or Look.LIGHT),
    }
    rows = (
        ("language", gettext("Language of the preview"), dict(languages)),
        ("width", gettext("Width of the preview"), WIDTHS),
        ("look", gettext("How it is shown"), LABELS),
    )
    return Preview(
        f"{src}?{urlencode({'look': chosen['look']})}",
        chosen["width"],
        tuple(
            (
                label,
                tuple(
                    Choice(str(name), _address(chosen | {key: str(code)}), chosen[key] == code)
                    for code, name in choices.items()
                ),
            )
            for key, label, choices in rows
            if choices
        ),
    )


def _address(chosen: dict[str, str]) -> str:
    held = {name: value for name, value in chosen.items() if value}
    return f"?{urlencode(held)}#preview"
