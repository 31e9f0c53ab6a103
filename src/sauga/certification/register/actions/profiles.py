"""Writing one's profile, consenting to be listed, and taking the consent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.certification.applications.actions.transitions import record, require_own
from sauga.certification.applications.models import Ambassador
from sauga.certification.applications.queries import protection
from sauga.certification.register.models import RegisterEntry
from sauga.certification.register.rules.shown import (
    CONSENT_VERSION,
    MOST_A_MONTH,
    MOST_PLACES,
    MOST_TOPICS,
    Field,
)
from sauga.certification.states import CERTIFIED
from sauga.certification.trail import Trail
from sauga.kernel import vocab
from sauga.kernel.i18n import typed_text
from sauga.kernel.organisations.places import is_municipality
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

MATCH = "certification.match_again"


@dataclass(frozen=True)
class Profile:
    """What an ambassador says of their work. `shown` are the fields that everybody may see; with `is_listed`
    the ambassador consents to stand in the register.
    """

    municipalities: Sequence[str]
    topics: Sequence[str]
    languages: Sequence[str]
    audiences: Sequence[str]
    about: str = ""
    most_a_month: int = 3
    takes_requests: bool = True
    is_listed: bool = False
    shown: Sequence[str] = ()


class ListingRefused(ActionRefused):
    """The entry cannot be shown so."""

    messages = {
        "age": _("Nobody under 18 is listed."),
        "state": _("Only certified ambassadors are listed."),
        "places": _("Choose one to %(most)s municipalities."),
        "topics": _("Choose one to %(most)s topics."),
        "languages": _("Choose at least one language."),
        "audiences": _("Choose at least one audience."),
        "load": _("Choose a number from 1 to %(most)s."),
        "consent": _("Fields can be shown only with the consent to be listed."),
    }
    fields = {
        "places": "municipalities",
        "topics": "topics",
        "languages": "languages",
        "audiences": "audiences",
        "load": "most_a_month",
        "consent": "is_listed",
    }


def save_profile(*, by: Actor, ambassador: Ambassador, profile: Profile, at: datetime) -> RegisterEntry:
    """Save the profile; it is listed from now on, or no longer, and requests that wait are matched with it.
    Raises PermissionRefused, ListingRefused."""
    if getattr(by, "birth_month", None) is not None:
        raise ListingRefused("age")
    require_own(by, ambassador)
    _check(profile)
    with transaction.atomic():
        row = lock(ambassador)
        if row.state not in CERTIFIED:
            raise ListingRefused("state")
        was = RegisterEntry.objects.select_for_update().filter(ambassador=row).first()
        entry = was or RegisterEntry(ambassador=row)
        entry.municipalities, entry.topics = list(profile.municipalities), list(profile.topics)
        entry.languages, entry.audiences = list(profile.languages), list(profile.audiences)
        entry.about = " ".join(typed_text(profile.about).split())
        entry.most_a_month, entry.takes_requests = profile.most_a_month, profile.takes_requests
        entry.changed_at = at
        if profile.is_listed:
            entry.shown = [one for one in Field.values if one in set(profile.shown)]
            entry.name = protection.text_of(row, row, "name")
            entry.consent_version, entry.consented_at = CONSENT_VERSION, at
        else:
            _unlist(entry)
        entry.save()
        if profile.takes_requests:
            app.configure_task(MATCH, queue="certification").defer(ambassador_id=row.pk)
        if profile.is_listed:
            record(by, Trail.LISTED, row, at, fields=len(entry.shown))
        elif was is not None:
            record(by, Trail.UNLISTED, row, at)
        return entry


def withdraw_consent(*, by: Actor, ambassador: Ambassador, at: datetime) -> RegisterEntry | None:
    """Out of the register in one step, whatever the state. Raises PermissionRefused."""
    require_own(by, ambassador)
    with transaction.atomic():
        entry = RegisterEntry.objects.select_for_update().filter(ambassador=ambassador).first()
        if entry is not None and entry.consented_at is not None:
            _unlist(entry)
            entry.changed_at = at
            entry.save()
            record(by, Trail.UNLISTED, ambassador, at)
        return entry


def carry_entry(earlier: Ambassador, row: Ambassador) -> None:
    """The profile of an ambassador whom another file certifies now, with the consent as it was given: it is
    the person's, not the level's."""
    if not RegisterEntry.objects.filter(ambassador=row).exists():
        RegisterEntry.objects.filter(ambassador=earlier).update(ambassador=row)


def rename_entry(row: Ambassador, name: str) -> None:
    """A corrected name is shown in the register at once, if its holder consents to showing it."""
    RegisterEntry.objects.filter(ambassador=row, consented_at__isnull=False).update(name=name)


def _unlist(entry: RegisterEntry) -> None:
    entry.shown, entry.name, entry.consent_version, entry.consented_at = [], "", None, None


def _check(profile: Profile) -> None:
    known = {name: {one.code for one in vocab.terms(name)} for name in ("topics", "languages", "audiences")}
    if not 1 <= len(profile.municipalities) <= MOST_PLACES or not all(
        map(is_municipality, profile.municipalities)
    ):
        raise ListingRefused("places", most=MOST_PLACES)
    if not 1 <= len(profile.topics) <= MOST_TOPICS or not set(profile.topics) <= known["topics"]:
        raise ListingRefused("topics", most=MOST_TOPICS)
    if not profile.languages or not set(profile.languages) <= known["languages"]:
        raise ListingRefused("languages")
    if not profile.audiences or not set(profile.audiences) <= known["audiences"]:
        raise ListingRefused("audiences")
    if not 1 <= profile.most_a_month <= MOST_A_MONTH:
        raise ListingRefused("load", most=MOST_A_MONTH)
    if profile.shown and not profile.is_listed:
        raise ListingRefused("consent")
