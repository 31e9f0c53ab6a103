"""Adaptations: begun as the licence engine permits, changed only while being edited, released by the
partner.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, vocab
from sauga.kernel.identity import allowed, require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, lock, move
from sauga.repository.adaptations.actions.partners import require_editor
from sauga.repository.adaptations.models import Adaptation, AdaptationRelease, Partner
from sauga.repository.adaptations.queries.composition import compose, credits_of, sections_of, slots_of
from sauga.repository.adaptations.queries.lineage import judged, latest
from sauga.repository.adaptations.rules import slots as slot_rules
from sauga.repository.adaptations.rules.licence_explanations import said
from sauga.repository.adaptations.rules.licences import Answer, Verdict
from sauga.repository.effects import adaptation_retired
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.resources.models import Resource, ResourceVersion
from sauga.repository.states import AdaptationState
from sauga.repository.trail import Trail

BUNDLES = ("toolkit", "campaign_kit")


class LicenceRefused(ActionRefused):
    """The licence does not permit it; `verdict` says why and what is possible instead."""

    message = "%(reasons)s"

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(
            ", ".join(verdict.reasons),
            reasons=lambda: " ".join([*(words := said(verdict)).why, *words.instead]),
        )
        self.verdict = verdict


class NotOffered(ActionRefused):
    """The resource is not live, or was never published."""

    message = _("The resource is no longer available.")


class NotEditing(ActionRefused):
    """The adaptation is not being edited now."""

    message = _("This adaptation is not being edited now.")


class SlotsMissing(ActionRefused):
    """Required slots are empty; `codes` names them."""

    message = _("Required slots are still empty.")

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class Unknown(ActionRefused):
    """No such kind, language, slot or section."""

    message = _("Choose one of the options and enter a title.")


def begin_adaptation(
    *,
    by: Actor,
    partner: Partner,
    base: Resource,
    kind: str,
    language: str,
    name: str = "",
    commercial: bool = False,
    wanted: str = "",
    parent: Adaptation | None = None,
    at: datetime,
) -> Adaptation:
    """Begin an adaptation of a live resource, or of an earlier adaptation. A refused one is kept with its
    reason.

    Raises NotOffered, Unknown, LineageCycle.
    """
    require_editor(by, partner)
    if parent is not None:
        require_editor(by, parent.organisation)
    if not vocab.has_term("adaptation_kinds", kind) or not vocab.has_term("languages", language):
        raise Unknown
    version = _offered_version(base)
    verdict = judged(base, kind, version=version, parent=parent, commercial=commercial, wanted=wanted)
    licence = chosen_licence(verdict, base.licence, wanted)
    with transaction.atomic():
        row = Adaptation.objects.create(
            base=base,
            base_version=version,
            parent=parent,
            kind=kind,
            organisation=partner,
            language=language,
            name=" ".join(name.split())[:200],
            is_commercial=commercial,
            licence=licence,
            licence_outcome=_outcome(verdict),
            created_at=at,
            changed_at=at,
            **(_belongings(parent) if parent is not None else {}),
        )
        refused = verdict.answer is Answer.REFUSED
        to = AdaptationState.LICENCE_REFUSED if refused else AdaptationState.EDITING
        transition(row, to, by=by, at=at, why=",".join(verdict.reasons))
        if parent is not None:
            _copy_added_parts(parent, row)
        row.attribution = " ".join(credits_of(row, language))[:400]
        row.save(update_fields=["attribution"])
        return row


def _offered_version(base: Resource) -> ResourceVersion:
    """The version of a live resource that adaptations begin from. Raises NotOffered."""
    version = latest(base)
    if version is None or not base.is_live():
        raise NotOffered
    return version


def _outcome(verdict: Verdict) -> dict[str, Any]:
    """The answer about the licence, as it is kept."""
    kept = asdict(verdict).items()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept}


def _copy_added_parts(parent: Adaptation, row: Adaptation) -> None:
    for part in parent.added_parts.order_by("position", "pk"):
        row.added_parts.create(
            position=part.position,
            language=part.language,
            title=part.title,
            body=part.body,
            licence=part.licence,
        )


def chosen_licence(verdict: Verdict, base: str, wanted: str) -> str:
    """The licence of the result: the wanted one, else the original's where it may stay, else the freest."""
    if verdict.answer is Answer.ASK_OWNER:
        return "custom"
    if wanted in verdict.licences:
        return wanted
    return base if base in verdict.licences else (verdict.licences or ("",))[0]


def send_to_review(*, by: Actor, adaptation: Adaptation, at: datetime) -> Adaptation:
    """Send it to the partner's own check. Raises SlotsMissing, MoveNotAllowed."""
    require_editor(by, adaptation.organisation)
    with transaction.atomic():
        adaptation = lock(adaptation)
        empty = slot_rules.missing(slots_of(adaptation.base_version), adaptation.slot_values)
        if empty:
            raise SlotsMissing(empty)
        transition(adaptation, AdaptationState.PARTNER_REVIEW, by=by, at=at)
        return adaptation


def back_to_editing(*, by: Actor, adaptation: Adaptation, comment: str, at: datetime) -> Adaptation:
    """Return it to editing with a comment. Raises TextMissing, MoveNotAllowed."""
    require_editor(by, adaptation.organisation)
    if not comment.strip():
        raise TextMissing
    with transaction.atomic():
        adaptation = lock(adaptation)
        transition(adaptation, AdaptationState.EDITING, by=by, at=at, why=comment.strip()[:200])
        return adaptation


def release_adaptation(*, by: Actor, adaptation: Adaptation, at: datetime) -> Adaptation:
    """Release it, or send it to the owner where approval is needed. Raises MoveNotAllowed."""
    require_editor(by, adaptation.organisation)
    with transaction.atomic():
        adaptation = lock(adaptation)
        reasons = owner_reasons(adaptation)
        if reasons and adaptation.state == AdaptationState.PARTNER_REVIEW:
            transition(adaptation, AdaptationState.OWNER_APPROVAL, by=by, at=at, why=",".join(reasons))
            return adaptation
        return store_release(adaptation, by=by, at=at)


def approve_adaptation(*, by: Actor, adaptation: Adaptation, at: datetime) -> Adaptation:
    """The owner approves, and it is released. Raises MoveNotAllowed."""
    require(by, Permission.APPROVE_ADAPTATION)
    with transaction.atomic():
        adaptation = lock(adaptation)
        adaptation.owner_words = ""
        adaptation.save(update_fields=["owner_words"])
        return store_release(adaptation, by=by, at=at)


def object_to(*, by: Actor, adaptation: Adaptation, words: str, at: datetime) -> Adaptation:
    """The owner objects with a reason; it stays unreleased. The partner changes a copy. Raises TextMissing,
    NotEditing.
    """
    require(by, Permission.APPROVE_ADAPTATION)
    if not words.strip():
        raise TextMissing
    with transaction.atomic():
        adaptation = lock(adaptation)
        if adaptation.state != AdaptationState.OWNER_APPROVAL:
            raise NotEditing
        adaptation.owner_words = words.strip()[:600]
        changed(adaptation, by=by, at=at, what="objection", fields=["owner_words"])
        return adaptation


def owner_reasons(adaptation: Adaptation) -> list[str]:
    """Why the owner must approve: the centre's logo stays on it, the topic is sensitive, the terms are
    custom.
    """
    sections = sections_of(adaptation.base_version)
    found = ["logo"] if adaptation.keeps_our_logo else []
    found += (
        ["sensitive"]
        if any(snapshot.get("sensitivity", "normal") != "normal" for _ref, snapshot, _resource in sections)
        else []
    )
    found += ["custom"] if adaptation.licence_outcome.get("answer") == Answer.ASK_OWNER else []
    return found


def store_release(adaptation: Adaptation, *, by: Actor, at: datetime) -> Adaptation:
    """Move a locked adaptation to released and store its content as a release."""
    transition(adaptation, AdaptationState.RELEASED, by=by, at=at)
    adaptation.release_number += 1
    adaptation.released_at = at
    adaptation.save(update_fields=["release_number", "released_at"])
    AdaptationRelease.objects.create(
        adaptation=adaptation,
        number=adaptation.release_number,
        base_number=adaptation.base_version.number,
        content=compose(adaptation),
        released_at=at,
    )
    return adaptation


def locked_for_editing(by: Actor, adaptation: Adaptation) -> Adaptation:
    """The row, locked for editing. Raises PermissionRefused, NotEditing."""
    require_editor(by, adaptation.organisation)
    adaptation = lock(adaptation)
    if adaptation.state != AdaptationState.EDITING:
        raise NotEditing
    return adaptation


def seen_of(adaptation: Adaptation) -> str:
    """The state a page has shown, to detect concurrent changes."""
    return adaptation.changed_at.isoformat()


def changed(adaptation: Adaptation, *, by: Actor, at: datetime, what: str, fields: list[str]) -> None:
    """Save a change, write the audit entry, signal to the pages."""
    adaptation.changed_at = at
    adaptation.save(update_fields=[*fields, "changed_at"])
    audit.record(by, Trail.ADAPTATION_CHANGED, adaptation, zone=ZONE, at=at, facts={"what": what})
    live.signal(f"repository.adaptation.{adaptation.ref}")


def transition(
    adaptation: Adaptation, to: AdaptationState, *, by: Actor, at: datetime, why: str = ""
) -> None:
    """Move a locked adaptation, write the audit entry, signal to the pages. Raises MoveNotAllowed."""
    move(adaptation, to=to, by=by, at=at, why=why)
    adaptation.changed_at = at
    adaptation.save(update_fields=["changed_at"])
    facts = {"to": str(to), "kind": adaptation.kind, "licence": adaptation.licence}
    audit.record(by, Trail.ADAPTATION_MOVED, adaptation, zone=ZONE, at=at, facts=facts)
    live.signal("repository.partners")
    live.signal(f"repository.adaptation.{adaptation.ref}")


def _belongings(parent: Adaptation) -> dict[str, Any]:
    names = ("title", "slot_values", "body", "order")
    return {name: getattr(parent, name) for name in names} if parent.base_version_id else {}


def retire_adaptation(*, by: Actor, adaptation: Adaptation, reason: str, at: datetime) -> Adaptation:
    """Retire an adaptation; its deployments end with it. Raises TextMissing, MoveNotAllowed."""
    if not allowed(by, Permission.KEEP_DEPLOYMENTS):
        require_editor(by, adaptation.organisation)
    if not reason.strip():
        raise TextMissing
    with transaction.atomic():
        adaptation = lock(adaptation)
        transition(adaptation, AdaptationState.RETIRED, by=by, at=at, why=reason.strip()[:200])
        adaptation_retired(by=by, adaptation=adaptation, at=at)
        return adaptation
