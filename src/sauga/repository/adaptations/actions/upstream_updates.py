"""Updates of the original: offered to every adaptation by a job, then merged block by block or postponed with
a reason and an end date.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, lock
from sauga.repository.adaptations.actions.adaptations import (
    LicenceRefused,
    chosen_licence,
    store_release,
    transition,
)
from sauga.repository.adaptations.actions.partners import require_editor
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries.lineage import judged
from sauga.repository.adaptations.queries.upstream_updates import merge_rows
from sauga.repository.adaptations.rules.licences import Answer
from sauga.repository.effects import adaptation_released
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.publication import NotInFuture
from sauga.repository.resources.models import Resource, ResourceVersion
from sauga.repository.resources.rules.upstream_diff import Take, merged
from sauga.repository.states import LIVE, AdaptationState

AT_ONCE = 100


class NothingOffered(ActionRefused):
    """The original has no newer version than the one this is based on."""

    message = _("The original has no newer version.")


def offer_updates(*, by: Actor, at: datetime) -> int:
    """Offer the newest version of the original to all adaptations based on an older one. Idempotent."""
    require(by, Permission.SWEEP)
    day = at.astimezone(VILNIUS).date()
    newer = Q(base__version_number__gt=F("base_version__number"))
    over = Q(pinned_until__lte=day) | Q(offered_version__number__lt=F("base__version_number"))
    waiting = Adaptation.objects.filter(base__state__in=LIVE).filter(
        Q(state=AdaptationState.RELEASED) & newer
        | Q(state=AdaptationState.PINNED) & newer & over
        | Q(state=AdaptationState.SUSPENDED)
        | Q(state=AdaptationState.MERGE_OFFERED) & Q(offered_version__number__lt=F("base__version_number"))
    )
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    newest = _newest(keys)
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            rows = Adaptation.objects.select_for_update(of=("self",)).filter(
                pk__in=keys[start : start + AT_ONCE]
            )
            for row in rows.select_related("base", "base_version"):
                _offer(row, newest[row.base_id], by, at)
    return len(keys)


def _newest(keys: list[int]) -> dict[int, ResourceVersion]:
    bases = Resource.objects.filter(adaptations__in=keys).distinct()
    rows = ResourceVersion.objects.filter(resource__in=bases).order_by("number")
    return {row.resource_id: row for row in rows}


def _offer(row: Adaptation, version: ResourceVersion, by: Actor, at: datetime) -> None:
    if row.state == AdaptationState.SUSPENDED:
        transition(row, AdaptationState.RELEASED, by=by, at=at, why="base_published_again")
    if version.number <= row.base_version.number:
        adaptation_released(by=by, adaptation=row, at=at)
        return
    row.offered_version = version
    row.save(update_fields=["offered_version"])
    if row.state != AdaptationState.MERGE_OFFERED:
        transition(row, AdaptationState.MERGE_OFFERED, by=by, at=at, why=f"version_{version.number}")


def merge_adaptation(
    *, by: Actor, adaptation: Adaptation, choices: Mapping[tuple[str, str], Mapping[int, Take]], at: datetime
) -> Adaptation:
    """Merge the new original, block by block per section and language. Raises ChoiceMissing, LicenceRefused,
    NothingOffered.
    """
    require_editor(by, adaptation.organisation)
    with transaction.atomic():
        adaptation = lock(adaptation)
        version = adaptation.offered_version
        if version is None or version.number <= adaptation.base_version.number:
            raise NothingOffered
        verdict = judged(
            adaptation.base,
            adaptation.kind,
            version=version,
            parent=adaptation.parent,
            commercial=adaptation.is_commercial,
        )
        if verdict.answer is Answer.REFUSED:
            raise LicenceRefused(verdict)
        body: dict[str, dict[str, object]] = {}
        for (section, language), rows in merge_rows(adaptation).items():
            body.setdefault(section, {})[language] = merged(rows, choices.get((section, language), {}))
        adaptation.body = body
        adaptation.title = {
            ref: said for ref, said in adaptation.title.items() if ref in body or ref == adaptation.base.ref
        }
        adaptation.licence = chosen_licence(verdict, adaptation.licence, "")
        adaptation.base_version, adaptation.offered_version = version, None
        adaptation.pin_reason, adaptation.pinned_until = "", None
        adaptation.save()
        store_release(adaptation, by=by, at=at)
        adaptation_released(by=by, adaptation=adaptation, at=at)
        return adaptation


def pin_adaptation(
    *, by: Actor, adaptation: Adaptation, reason: str, until: date, at: datetime
) -> Adaptation:
    """Keep the old original until a date, with a reason. Raises TextMissing, NotInFuture, MoveNotAllowed."""
    require_editor(by, adaptation.organisation)
    if not reason.strip():
        raise TextMissing
    if until <= at.astimezone(VILNIUS).date():
        raise NotInFuture
    with transaction.atomic():
        adaptation = lock(adaptation)
        adaptation.pin_reason, adaptation.pinned_until = reason.strip()[:240], until
        adaptation.save(update_fields=["pin_reason", "pinned_until"])
        transition(adaptation, AdaptationState.PINNED, by=by, at=at, why="pinned")
        return adaptation
