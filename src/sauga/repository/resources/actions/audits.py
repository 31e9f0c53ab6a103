"""Recording what a browser found on a page, and running the gate that waited for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions import browser_audit
from sauga.repository.resources.actions.review import settle_gate
from sauga.repository.resources.actions.transitions import ZONE, locked, signal_change
from sauga.repository.resources.models import Audit, Resource
from sauga.repository.resources.queries.publish_gate import digest_of, page_of, spoken, subject_of
from sauga.repository.resources.rules.gate_facts import Finding, Outcome
from sauga.repository.states import ResourceState
from sauga.repository.trail import Trail

OURS = "Sauga"
"""The name under which checks made from markup and files are recorded."""


def record_audit(
    *,
    by: Actor,
    subject: str,
    kind: str,
    language: str,
    digest: str,
    tool: str,
    findings: Mapping[str, Sequence[Finding]],
    at: datetime,
) -> list[Audit]:
    """Record what one audit found, one row per check."""
    require(by, Permission.CHECK_GATE)
    with transaction.atomic():
        rows = [
            Audit(
                subject=subject,
                kind=kind,
                language=language,
                check_code=check,
                tool=tool,
                outcome=str(Outcome.FAIL if found else Outcome.PASS),
                findings=_written(found),
                digest=digest,
                at=at,
            )
            for check, found in findings.items()
        ]
        Audit.objects.bulk_create(rows)
        facts = {"checks": len(rows), "findings": sum(len(found) for found in findings.values())}
        audit.record(by, Trail.PAGE_AUDITED, subject, zone=ZONE, at=at, facts=facts)
    return rows


def record_changes(
    *,
    by: Actor,
    subject: str,
    kind: str,
    language: str,
    tool: str,
    findings: Mapping[str, Sequence[Finding]],
    at: datetime,
) -> list[Audit]:
    """Record what checks of the markup and files found on published pages, only where it differs from the
    last record.

    These rows have no digest: they describe what is published, and the gate repeats its checks each time.
    """
    require(by, Permission.CHECK_GATE)
    kept = Audit.objects.filter(subject=subject, language=language, tool=tool, digest="")
    before = {row.check_code: row.findings for row in kept.order_by("at", "pk")}
    changed = {check: found for check, found in findings.items() if before.get(check) != _written(found)}
    if not changed:
        return []
    return record_audit(
        by=by, subject=subject, kind=kind, language=language, digest="", tool=tool, findings=changed, at=at
    )


def _written(found: Sequence[Finding]) -> list[dict[str, str]]:
    return [{"why": one.why, "where": one.where, "text": one.text} for one in found]


def audit_resource(*, by: Actor, resource: Resource, at: datetime) -> Resource:
    """Audit the page in each language with the browser, and run the gate if it waited. Raises NoBrowser."""
    require(by, Permission.CHECK_GATE)
    for language in spoken(resource):
        html = page_of(resource, language)
        if not html:
            continue
        seen = browser_audit.audit_page(html)
        record_audit(
            by=by,
            subject=subject_of(resource),
            kind="repository.resource",
            language=language,
            digest=digest_of(html),
            tool=seen.tool,
            findings=seen.findings,
            at=at,
        )
    with transaction.atomic():
        resource = locked(resource)
        signal_change(resource)
        if resource.state == ResourceState.GATE_CHECK:
            return settle_gate(by=by, resource=resource, at=at)
    return resource
