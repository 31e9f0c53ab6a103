"""Publishing and withdrawing: versions, review dates, withdrawal that stops every deployment, retirement."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, SystemActor, lock
from sauga.repository.effects import resource_withdrawn
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions import audits, search_index
from sauga.repository.resources.actions.resources import copy_belongings
from sauga.repository.resources.actions.transitions import (
    ZONE,
    GateBlocked,
    PublicationObjected,
    locked,
    refuse_objected,
    remark,
    transition,
)
from sauga.repository.resources.models import Resource, ResourceVersion
from sauga.repository.resources.queries.publish_gate import gate_facts, subject_of
from sauga.repository.resources.queries.snapshots import content_of, files_of, snapshot_of
from sauga.repository.resources.rules import publish_gate
from sauga.repository.resources.rules.metadata import OWN
from sauga.repository.states import ResourceState
from sauga.repository.trail import Trail

GATE = SystemActor("repository")


class NotInFuture(ActionRefused):
    """The time is in the past."""

    message = _("Choose a time in the future.")


class FilesNotReady(ActionRefused):
    """A file has not been scanned yet, or was refused by the scanner."""

    message = _("A file has not been checked for viruses yet, or was refused. Look at the list of files.")


def schedule_resource(*, by: Actor, resource: Resource, publish_at: datetime, at: datetime) -> Resource:
    """Publish later. What would be refused then is refused now. Raises GateBlocked, NotInFuture,
    PublicationObjected, MoveNotAllowed.
    """
    require(by, Permission.PUBLISH_RESOURCE)
    if publish_at <= at:
        raise NotInFuture
    with transaction.atomic():
        resource = locked(resource)
        refuse_objected(resource, at)
        if failing := publish_gate.failing(gate_facts(resource, publish_at.astimezone(VILNIUS).date())):
            raise GateBlocked(failing)
        resource.publish_at = publish_at
        resource.save(update_fields=["publish_at"])
        transition(resource, ResourceState.SCHEDULED, by=by, at=at)
        return resource


def publish_resource(*, by: Actor, resource: Resource, at: datetime, note: str = "") -> Resource:
    """Publish an approved or scheduled resource as a new version; a revision becomes the next version
    of its original.

    Returns what is live now. Raises GateBlocked, PublicationObjected, MoveNotAllowed.
    """
    require(by, Permission.PUBLISH_RESOURCE)
    return _publish(by, resource, at, note)


def publish_due(*, by: Actor, at: datetime) -> int:
    """Publish what was scheduled for now; what no longer passes the gate stays and gets a remark."""
    require(by, Permission.SWEEP)
    done = 0
    for resource in Resource.objects.filter(state=ResourceState.SCHEDULED, publish_at__lte=at).order_by(
        "publish_at", "pk"
    ):
        try:
            _publish(by, resource, at, "")
            done += 1
        except FilesNotReady:
            continue
        except PublicationObjected as objected:
            if not resource.remarks.filter(kind="objection", at__gte=resource.publish_at).exists():
                remark(resource, by=by, kind="objection", text=objected.text, at=at)
        except GateBlocked as shut:
            if not resource.remarks.filter(kind="gate", at__gte=resource.publish_at).exists():
                remark(resource, by=by, kind="gate", text=",".join(shut.failing), at=at)
    return done


def _publish(by: Actor, resource: Resource, at: datetime, note: str) -> Resource:
    with transaction.atomic():
        resource = locked(resource)
        refuse_objected(resource, at)
        facts = gate_facts(resource, at.astimezone(VILNIUS).date())
        results = publish_gate.judge(facts)
        if failing := publish_gate.failing(facts, results):
            raise GateBlocked(failing)
        if not all(row.media is None or row.is_sent_out for row in files_of(resource)):
            raise FilesNotReady
        transition(resource, ResourceState.PUBLISHED, by=by, at=at)
        if resource.revision_of_id is None:
            _keep_version(by, resource, at, note)
            _record_result(resource, results, at)
            return resource
        original = lock(Resource(pk=resource.revision_of_id))
        for name, value in content_of(resource).items():
            if name not in OWN:
                setattr(original, name, value)
        original.modified_at = at
        original.save()
        copy_belongings(resource, original, at)
        if original.state == ResourceState.REVIEW_DUE:
            transition(original, ResourceState.PUBLISHED, by=by, at=at)
        _keep_version(by, original, at, note)
        _record_result(original, results, at)
        transition(resource, ResourceState.RETIRED, by=by, at=at, why="merged")
        transition(resource, ResourceState.ARCHIVED, by=by, at=at, why="merged")
        return original


def _record_result(resource: Resource, results: list[publish_gate.Result], at: datetime) -> None:
    """Record what the gate found on what is now published, for the accessibility statement; browser audits
    are recorded where they run.
    """
    findings = {
        one.check: one.findings
        for one in results
        if one.was_made and one.check in publish_gate.ABOUT_ACCESS and one.check not in publish_gate.BROWSER
    }
    audits.record_changes(
        by=GATE,
        subject=subject_of(resource),
        kind="repository.resource",
        language="",
        tool=audits.OURS,
        findings=findings,
        at=at,
    )


def _keep_version(by: Actor, resource: Resource, at: datetime, note: str) -> None:
    resource.version_number += 1
    resource.published_at = resource.published_at or at
    resource.modified_at = at
    resource.publish_at = None
    resource.withdrawn_reason = {}
    resource.save(
        update_fields=["version_number", "published_at", "modified_at", "publish_at", "withdrawn_reason"]
    )
    version = ResourceVersion.objects.create(
        resource=resource,
        number=resource.version_number,
        label=resource.version,
        snapshot=snapshot_of(resource),
        published_at=at,
        note=note[:240],
    )
    resource.renditions.filter(removed_at__isnull=True, version__isnull=True).update(version=version)
    search_index.index_resource(resource)
    audit.record(
        by, Trail.RESOURCE_PUBLISHED, resource, zone=ZONE, at=at, facts={"version": resource.version_number}
    )


def mark_overdue(*, by: Actor, at: datetime) -> int:
    """Mark published resources whose review date has passed; they stay online."""
    require(by, Permission.SWEEP)
    done = 0
    for resource in Resource.objects.overdue(at.astimezone(VILNIUS).date()):
        with transaction.atomic():
            transition(locked(resource), ResourceState.REVIEW_DUE, by=by, at=at)
        done += 1
    return done


def confirm_review(*, by: Actor, resource: Resource, review_by: date, at: datetime) -> Resource:
    """Confirm that it is still correct: published again with a new review date. Raises GateBlocked,
    NotInFuture.
    """
    require(by, Permission.REVIEW_RESOURCE)
    today = at.astimezone(VILNIUS).date()
    if review_by <= today:
        raise NotInFuture
    with transaction.atomic():
        resource = locked(resource)
        resource.review_by = review_by
        resource.modified_at = at
        resource.save(update_fields=["review_by", "modified_at"])
        if failing := publish_gate.failing(gate_facts(resource, today)):
            raise GateBlocked(failing)
        transition(resource, ResourceState.PUBLISHED, by=by, at=at)
        return resource


def withdraw_resource(*, by: Actor, resource: Resource, reason: dict[str, str], at: datetime) -> Resource:
    """Withdraw a resource at once, everywhere. Its page shows the reason. Raises TextMissing,
    MoveNotAllowed.
    """
    require(by, Permission.WITHDRAW_RESOURCE)
    said = _said(reason)
    with transaction.atomic():
        resource = locked(resource)
        resource.withdrawn_reason = said
        resource.save(update_fields=["withdrawn_reason"])
        transition(resource, ResourceState.WITHDRAWN, by=by, at=at)
        stopped = resource_withdrawn(by=by, resource=resource, at=at)
        audit.record(by, Trail.RESOURCE_WITHDRAWN, resource, zone=ZONE, at=at, facts={"deployments": stopped})
        return resource


def rework_resource(*, by: Actor, resource: Resource, at: datetime) -> Resource:
    """Reopen a withdrawn resource as a draft of its next version. Raises MoveNotAllowed."""
    require(by, Permission.EDIT_RESOURCE)
    with transaction.atomic():
        resource = locked(resource)
        transition(resource, ResourceState.DRAFT, by=by, at=at)
        return resource


def retire_resource(
    *,
    by: Actor,
    resource: Resource,
    reason: dict[str, str],
    replaced_by: Resource | None = None,
    at: datetime,
) -> Resource:
    """Retire a resource with a reason and what to use instead. Raises TextMissing, MoveNotAllowed."""
    require(by, Permission.RETIRE_RESOURCE)
    said = _said(reason)
    with transaction.atomic():
        resource = locked(resource)
        resource.withdrawn_reason, resource.replaced_by = said, replaced_by
        resource.save(update_fields=["withdrawn_reason", "replaced_by"])
        transition(resource, ResourceState.RETIRED, by=by, at=at)
        return resource


def archive_due(*, by: Actor, before: datetime, at: datetime) -> int:
    """Archive what was retired before that instant: its page is gone, its versions stay."""
    require(by, Permission.SWEEP)
    done = 0
    for resource in Resource.objects.filter(state=ResourceState.RETIRED, state_since__lt=before):
        with transaction.atomic():
            transition(locked(resource), ResourceState.ARCHIVED, by=by, at=at)
        done += 1
    return done


def _said(reason: dict[str, str]) -> dict[str, str]:
    said = {language: text.strip()[:1200] for language, text in reason.items() if text.strip()}
    if not said:
        raise TextMissing
    return said
