"""Themes under which the public page folds the measures away, so that a reader meets a few words before many
tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import service_title
from sauga.statistics.queries import Shown

SPEED = {"removal_buckets", "term_kept", "within_1", "within_2", "within_3", "within_7", "takedown_early"}
QUALITY = {
    "agreement",
    "back_30",
    "back_90",
    "disputes",
    "withdrawn",
    "hold_time",
    "gone_while_held",
    "time_to_decision",
    "time_to_notice",
    "time_to_police",
}
TITLES: dict[str, Promise] = {
    "helpline": _("Talking with children and adults"),
    "hotline": _("Reports of content, and what was done"),
    "speed": _("How soon content was gone"),
    "ec": _("For the European Commission"),
    "inhope": _("For INHOPE, the network of hotlines"),
    "quality": _("How well the hotline works"),
    "repository": _("Resources and classes"),
}
"""In the order of the page; a service that names no theme of its own comes last, under its own name."""


@dataclass(frozen=True)
class Theme:
    """Measures that belong together: single numbers, and those with a breakdown."""

    title: str | Promise
    numbers: list[Shown]
    broken_down: list[Shown]


def themes(measures: Iterable[Shown]) -> Iterator[Theme]:
    """The measures by theme, themes without a number left out."""
    held: dict[str, list[Shown]] = {name: [] for name in TITLES}
    for one in measures:
        held.setdefault(_theme(one), []).append(one)
    for name, ones in held.items():
        full = [one for one in ones if one.totals]
        if full:
            numbers = [one for one in full if not one.measure.breakdown]
            yield Theme(
                TITLES.get(name) or service_title(name),
                numbers,
                [one for one in full if one.measure.breakdown],
            )


def _theme(one: Shown) -> str:
    service, _dot, name = one.measure.code.partition(".")
    if service != "hotline":
        return service
    if name in SPEED:
        return "speed"
    if name in QUALITY:
        return "quality"
    family = name.partition("_")[0]
    return family if family in TITLES else service
