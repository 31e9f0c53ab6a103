"""Harvesting: records of other centres become proposals, and an editor accepts one as a draft.

Every connection goes through `kernel.outbound`. Records are stored page by page; the cursor advances only at
the end, so that an interrupted harvest is repeated from where it began.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.outbound import Client, Politeness, ProbePolicy, TooSoon, sync
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, lock, move
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.resources import create_resource, discard_resource
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules.attribution import authors
from sauga.repository.states import EDITABLE, ProposalState
from sauga.repository.syndication.models import HarvestSource, Proposal
from sauga.repository.syndication.rules import harvested_drafts, oai_client
from sauga.repository.trail import Trail

MOST_PAGES = 2_000
RECORDS = UUID("5d2b3f6e-0c0d-5a44-8a1f-6f1f9a3b7c21")
POLICY = ProbePolicy(
    seconds=90,
    body_seconds=60,
    max_bytes=8 * 1024 * 1024,
    follow_refresh=False,
    known_text=True,
    user_agent="Sauga/1.0 (+OAI-PMH harvester)",
    accept="text/xml, application/xml;q=0.9",
    language="en",
)
MANNERS = Politeness(per_host_a_minute=60, per_provider_a_minute=60, burst=30)
FIELDS = ("name", "address", "metadata_prefix", "set_spec", "language", "licence", "is_active")


class NotOpen(ActionRefused):
    """The record's licence does not permit it; `why` is the code of the reason."""

    messages = {
        "none": _("The record states no licence. Ask the centre; without one it cannot be accepted."),
        "reserved": _("All rights reserved. Ask the centre, or link to the original."),
        "version": _(
            "The licence is a version we do not know, so it is a different licence. Ask the centre."
        ),
        "several": _("The record states several licences. Ask the centre which one applies."),
        "unknown": _("The rights statement names no licence that we know. Ask the centre."),
    }


class DraftTouched(ActionRefused):
    """Someone has edited the draft since; it is not discarded with the decision."""

    message = _("Someone has edited the draft since. Delete it on its own page first.")


def save_source(
    *, by: Actor, at: datetime, source: HarvestSource | None = None, **fields: Any
) -> HarvestSource:
    """Create or change a source. Another address, set or format is harvested from the beginning."""
    require(by, Permission.HARVEST)
    with transaction.atomic():
        row = lock(source) if source is not None else HarvestSource()
        for name in FIELDS:
            if name in fields:
                if name in {"address", "metadata_prefix", "set_spec"} and getattr(row, name) != fields[name]:
                    row.cursor = ""
                setattr(row, name, fields[name])
        row.save()
        audit.record(
            by, Trail.SOURCE_CHANGED, row, zone=ZONE, at=at, facts={"what": "changed" if source else "added"}
        )
        return row


def ask_source(*, by: Actor, source: HarvestSource, at: datetime) -> None:
    """Start a harvest job; one that waits already is enough."""
    require(by, Permission.HARVEST)
    try:
        with transaction.atomic():
            mark = f"repository.harvest.{source.pk}"
            app.configure_task(
                "repository.harvest_source", queue="repository", lock=mark, queueing_lock=mark
            ).defer(source_id=source.pk)
    except AlreadyEnqueued:
        pass


def harvest(*, by: Actor, source: HarvestSource, at: datetime) -> Counter[str]:
    """Ask a source for what is new. Never raises for errors of the other system: see `last_outcome`.

    Returns how many records were new, changed, gone and unchanged.
    """
    require(by, Permission.HARVEST)
    found: Counter[str] = Counter()
    cursor, outcome = source.cursor, "ok"
    try:
        with _line() as ask:
            for page in _pages(ask, source):
                cursor = cursor if cursor != source.cursor else page.responded or cursor
                with transaction.atomic():
                    found.update(_take(by, source, record, at) for record in page.records)
                    live.signal("repository.proposals")
    except oai_client.AnswerRefused as refused:
        outcome = refused.why
    with transaction.atomic():
        row = lock(source)
        row.last_asked_at, row.last_outcome, row.last_counts = at, outcome, dict(found)
        row.cursor = cursor if outcome == "ok" else row.cursor
        row.save(update_fields=["last_asked_at", "last_outcome", "last_counts", "cursor"])
        facts: dict[str, str | int | bool] = {name: found[name] for name in ("new", "changed", "gone")}
        audit.record(by, Trail.HARVESTED, row, zone=ZONE, at=at, facts=facts)
        live.signal("repository.proposals")
    return found


def accept_proposal(*, by: Actor, proposal: Proposal, kind: str, at: datetime) -> Resource:
    """Create a draft from a proposal, with its source and credits. Raises NotOpen, MetadataRefused,
    MoveNotAllowed.
    """
    require(by, Permission.HARVEST)
    with transaction.atomic():
        row = lock(proposal)
        if why := row.record.get("licence_why"):
            raise NotOpen(why)
        resource = create_resource(by=by, at=at, uuid=identity_of(row), how="harvest", **fields_of(row, kind))
        row.resource, row.decided, row.decided_at = resource, row.record, at
        row.save(update_fields=["resource", "decided", "decided_at"])
        _decide(by, row, ProposalState.ACCEPTED, at)
        return resource


def refuse_proposal(*, by: Actor, proposal: Proposal, reason: str, at: datetime) -> Proposal:
    """Skip it, with a reason. Raises TextMissing, MoveNotAllowed."""
    require(by, Permission.HARVEST)
    if not reason.strip():
        raise TextMissing
    with transaction.atomic():
        row = lock(proposal)
        row.reason, row.decided, row.decided_at = reason.strip()[:400], row.record, at
        row.save(update_fields=["reason", "decided", "decided_at"])
        _decide(by, row, ProposalState.REFUSED, at)
        return row


def reopen_proposal(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Undo a decision; the draft it made is discarded. Raises DraftTouched, MoveNotAllowed."""
    require(by, Permission.HARVEST)
    with transaction.atomic():
        row = lock(proposal)
        if row.state == ProposalState.ACCEPTED and row.resource_id:
            _throw_away(by, row, at)
        row.resource, row.reason, row.decided, row.decided_at = None, "", {}, None
        row.save(update_fields=["resource", "reason", "decided", "decided_at"])
        _decide(by, row, ProposalState.NEW, at)
        return row


def note_change(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Mark a change of the record as seen."""
    require(by, Permission.HARVEST)
    with transaction.atomic():
        row = lock(proposal)
        if row.state not in {ProposalState.ACCEPTED, ProposalState.REFUSED}:
            return row
        row.decided, row.decided_at = row.record, at
        row.save(update_fields=["decided", "decided_at"])
        audit.record(by, Trail.PROPOSAL_DECIDED, row, zone=ZONE, at=at, facts={"to": "seen"})
        live.signal("repository.proposals")
        return row


def identity_of(proposal: Proposal) -> UUID:
    """The UUID that a record of another system has here, always the same."""
    return uuid5(RECORDS, f"{proposal.source.address}\n{proposal.identifier}")


def fields_of(proposal: Proposal, kind: str) -> dict[str, Any]:
    """What the draft of a proposal would hold."""
    record, source = proposal.record, proposal.source
    names = (
        "title",
        "abstract",
        "keywords",
        "topics",
        "audiences",
        "languages",
        "creators",
        "publisher",
        "age_min",
        "age_max",
    )
    named = authors(record.get("creators") or [], "en") or source.name
    return {
        "type": kind,
        **{name: record[name] for name in (*names, "learning_minutes") if record.get(name) is not None},
        "licence": record["licence"],
        "attribution": ", ".join(dict.fromkeys([named, source.name]))[:240],
        "source": (record.get("address") or proposal.identifier)[:200],
    }


@contextmanager
def _line() -> Iterator[Any]:
    """One HTTP client for a whole harvest; its politeness rules hold from page to page."""
    client = Client(politeness=MANNERS)
    sync.run(client.__aenter__())

    def ask(url: str) -> oai_client.Answer:
        try:
            found = sync.run(client.probe(url, policy=POLICY))
        except TooSoon as soon:
            raise oai_client.AnswerRefused("busy") from soon
        if found.error is not None:
            raise oai_client.AnswerRefused(str(found.error))
        if found.status != 200:
            raise oai_client.AnswerRefused("busy" if found.status in {429, 503} else "status")
        if found.truncated:
            raise oai_client.AnswerRefused("large")
        if not found.text:
            raise oai_client.AnswerRefused("not_oai")
        return oai_client.read(found.text)

    try:
        yield ask
    finally:
        sync.run(client.__aexit__(None, None, None))


def _pages(ask: Any, source: HarvestSource) -> Iterator[oai_client.Answer]:
    """All pages since the last harvest, in order."""
    known = ask(oai_client.question(source.address, "Identify"))
    prefix = source.metadata_prefix
    if not prefix:
        offered = ask(oai_client.question(source.address, "ListMetadataFormats")).formats
        prefix = next((one for one in oai_client.PREFERRED if one in offered), "oai_dc")
    since = oai_client.since(source.cursor, known.granularity)
    page = ask(
        oai_client.question(
            source.address, "ListRecords", metadataPrefix=prefix, set=source.set_spec, from_=since
        )
    )
    seen: set[str] = set()
    while True:
        yield page
        if not page.token:
            return
        if page.token in seen or len(seen) >= MOST_PAGES:
            raise oai_client.AnswerRefused("loop")
        seen.add(page.token)
        page = ask(oai_client.question(source.address, "ListRecords", resumptionToken=page.token))


def _take(by: Actor, source: HarvestSource, record: oai_client.Record, at: datetime) -> str:
    """One record: a new proposal, a changed or a gone one, or nothing new. Part of the caller's
    transaction.
    """
    row = Proposal.objects.select_for_update().filter(source=source, identifier=record.identifier).first()
    if record.metadata is None:
        return _gone(by, row, at)
    held = harvested_drafts.draft_of(record.metadata, language=source.language, licence=source.licence)
    title = next(iter(held["title"].values()), "")
    digest = hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
    given = {
        "title": title[:240],
        "licence": held["licence"],
        "record": held,
        "digest": digest,
        "datestamp": record.datestamp,
    }
    if row is None:
        Proposal.objects.create(source=source, identifier=record.identifier, seen_at=at, **given)
        return "new"
    back = row.state == ProposalState.GONE
    if row.digest == digest and not back and row.gone_at is None:
        return "same"
    for name, value in given.items():
        setattr(row, name, value)
    row.changed_at, row.gone_at = at, None
    row.seen_at = at if row.state in {ProposalState.NEW, ProposalState.GONE} else row.seen_at
    row.decided_at = None if back else row.decided_at
    row.save()
    if back:
        _decide(by, row, ProposalState.NEW, at)
    return "changed"


def _gone(by: Actor, row: Proposal | None, at: datetime) -> str:
    if row is None or row.gone_at is not None:
        return "same"
    row.gone_at = at
    row.decided_at = at if row.state == ProposalState.NEW else row.decided_at
    row.save(update_fields=["gone_at", "decided_at"])
    if row.state == ProposalState.NEW:
        _decide(by, row, ProposalState.GONE, at)
    return "gone"


def _throw_away(by: Actor, row: Proposal, at: datetime) -> None:
    draft = Resource.objects.get(pk=row.resource_id or 0)
    if draft.state not in EDITABLE or draft.modified_at != row.decided_at or draft.renditions.exists():
        raise DraftTouched
    discard_resource(by=by, resource=draft, at=at)


def _decide(by: Actor, row: Proposal, to: ProposalState, at: datetime) -> None:
    move(row, to=to, by=by, at=at)
    audit.record(by, Trail.PROPOSAL_DECIDED, row, zone=ZONE, at=at, facts={"to": str(to)})
    live.signal("repository.proposals")
