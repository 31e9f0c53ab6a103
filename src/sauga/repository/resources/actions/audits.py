"""Keeping what a browser said of a page, and settling the gate that waited for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions import browser_audit
from sauga.repository.resources.actions.review import settle_gate
from sauga.repository.resources.actions.transitions import ZONE, locked, tell
from sauga.repository.resources.models import Audit, Resource
from sauga.repository.resources.queries.publish_gate import digest_of, page_of, spoken, subject_of
from sauga.repository.resources.rules.gate_facts import Finding, Outcome
from sauga.repository.states import ResourceState
from sauga.repository.trail import Trail

OURS = "Sauga"
"""The tool behind the checks that are made from the markup and the files."""


def record_look(
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
    """Keep what one look found, a row a check."""
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


def keep_newest(
    *, by: Actor, subject: str, kind: str, language: str, tool: str, findings: Mapping[str, Sequence[Finding]], at: datetime
) -> list[Audit]:
    """Keep what checks from the markup and the files found of what is published; only where it differs from what was kept before.

    These rows have no digest: they speak of what is published, and the gate asks its checks anew each time.
    """
    require(by, Permission.CHECK_GATE)
    kept = Audit.objects.filter(subject=subject, language=language, tool=tool, digest="")
    before = {row.check_code: row.findings for row in kept.order_by("at", "pk")}
    changed = {check: found for check, found in findings.items() if before.get(check) != _written(found)}
    if not changed:
        return []
    return record_look(by=by, subject=subject, kind=kind, language=language, digest="", tool=tool, findings=changed, at=at)


def _written(found: Sequence[Finding]) -> list[dict[str, str]]:
    return [{"why": one.why, "where": one.where, "text": one.text} for one in found]


def audit_resource(*, by: Actor, resource: Resource, at: datetime) -> Resource:
    """Let the browser look at each language of the page; where the gate waited for it, settle it. Raises looking.NoBrowser."""
    require(by, Permission.CHECK_GATE)
    for language in spoken(resource):
        html = page_of(resource, language)
        if not html:
            continue
        seen = browser_audit.look(html)
        record_look(
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
        tell(resource)
        if resource.state == ResourceState.GATE_CHECK:
            return settle_gate(by=by, resource=resource, at=at)
    return resource
