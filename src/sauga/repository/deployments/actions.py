"""Deployments: requested, running with a token of their own, monitored, suspended by the owner, ended."""

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import allowed, require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, lock, move
from sauga.repository.adaptations.actions.partners import TermsOpen, require_editor
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.deployments.models import Deployment, DeploymentDay
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules.channels import MADE, NEEDS_ORIGIN
from sauga.repository.states import DEPLOYABLE, RUNNING, AdaptationState, DeploymentState
from sauga.repository.trail import Trail

QUIET = timedelta(days=30)
MOST_ORIGINS = 20
HOST = re.compile(
    r"(?=.{1,200}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
NO_CONTACT = ("print_order",)
"""Channels whose copies cannot make contact: paper."""


class NotReleased(ActionRefused):
    """Only a released adaptation can be deployed."""

    message = _("Only a released adaptation can be used.")


class ChannelUnknown(ActionRefused):
    """The channel is not supported."""

    message = _("Choose one of the available channels.")


class OriginRefused(ActionRefused):
    """Not the address of a site."""

    message = _("Enter the sites that will show it, one per line, like https://www.mokykla.example.")
    field = "origins"


def request_deployment(
    *,
    by: Actor,
    adaptation: Adaptation,
    channel: str,
    language: str = "",
    origins: Sequence[str] = (),
    update_policy: str = "automatic",
    at: datetime,
) -> Deployment:
    """Request a deployment. Raises NotReleased, ChannelUnknown, OriginRefused."""
    require_editor(by, adaptation.organisation)
    if channel not in MADE or update_policy not in {"automatic", "pinned"}:
        raise ChannelUnknown(channel)
    sites = clean_origins(origins)
    if channel in NEEDS_ORIGIN and not sites:
        raise OriginRefused
    with transaction.atomic():
        adaptation = lock(adaptation)
        if adaptation.state not in DEPLOYABLE:
            raise NotReleased
        row = Deployment.objects.create(
            adaptation=adaptation,
            organisation=adaptation.organisation,
            channel=channel,
            language=language,
            origins=sites if channel in NEEDS_ORIGIN else [],
            update_policy=update_policy,
            pinned_version=adaptation.release_number if update_policy == "pinned" else None,
            requested_at=at,
        )
        _note(by, row, "requested", at)
        return row


def start_deployment(*, by: Actor, deployment: Deployment, at: datetime) -> str:
    """Activate it; returns the token, which is shown once. Raises TermsOpen, MoveNotAllowed."""
    require_editor(by, deployment.organisation)
    with transaction.atomic():
        deployment = lock(deployment)
        if deployment.organisation.terms_accepted_at is None:
            raise TermsOpen
        deployment.terms_accepted_at = at
        token = _issue(deployment)
        _transition(deployment, DeploymentState.ACTIVE, by=by, at=at)
        return token


def renew_token(*, by: Actor, deployment: Deployment, at: datetime) -> str:
    """Issue a new token, which is returned and shown once; the old one is void."""
    require_editor(by, deployment.organisation)
    with transaction.atomic():
        deployment = lock(deployment)
        token = _issue(deployment)
        _note(by, deployment, "token", at)
        return token


def set_origins(*, by: Actor, deployment: Deployment, origins: Sequence[str], at: datetime) -> Deployment:
    """Change the sites that may embed it. Raises OriginRefused."""
    require_editor(by, deployment.organisation)
    sites = clean_origins(origins)
    with transaction.atomic():
        deployment = lock(deployment)
        if deployment.channel in NEEDS_ORIGIN and not sites:
            raise OriginRefused
        deployment.origins = sites
        deployment.save(update_fields=["origins"])
        _note(by, deployment, "origins", at)
        return deployment


def suspend_deployment(*, by: Actor, deployment: Deployment, reason: str, at: datetime) -> Deployment:
    """The owner suspends a deployment. Raises TextMissing, MoveNotAllowed."""
    require(by, Permission.KEEP_DEPLOYMENTS)
    if not reason.strip():
        raise TextMissing
    with transaction.atomic():
        deployment = lock(deployment)
        _transition(deployment, DeploymentState.SUSPENDED, by=by, at=at, why=reason.strip()[:200])
        return deployment


def resume_deployment(*, by: Actor, deployment: Deployment, at: datetime) -> Deployment:
    """The owner resumes a suspended deployment of a released adaptation. Raises NotReleased,
    MoveNotAllowed.
    """
    require(by, Permission.KEEP_DEPLOYMENTS)
    with transaction.atomic():
        deployment = lock(deployment)
        if deployment.adaptation is None or deployment.adaptation.state not in DEPLOYABLE:
            raise NotReleased
        _transition(deployment, DeploymentState.ACTIVE, by=by, at=at)
        return deployment


def end_deployment(*, by: Actor, deployment: Deployment, reason: str, at: datetime) -> Deployment:
    """The partner or the owner ends it. Raises TextMissing, MoveNotAllowed, PermissionRefused."""
    if not allowed(by, Permission.KEEP_DEPLOYMENTS):
        require_editor(by, deployment.organisation)
    if not reason.strip():
        raise TextMissing
    with transaction.atomic():
        deployment = lock(deployment)
        deployment.ended_at = at
        deployment.save(update_fields=["ended_at"])
        _transition(deployment, DeploymentState.ENDED, by=by, at=at, why=reason.strip()[:200])
        return deployment


def end_deployments_of(*, by: Actor, adaptation: Adaptation, at: datetime) -> int:
    """End the deployments of an adaptation that is retired, in that transaction. Returns how many."""
    rows = list(adaptation.deployments.exclude(state=DeploymentState.ENDED).select_for_update())
    for row in rows:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _transition(row, DeploymentState.ENDED, by=by, at=at, why="adaptation_retired")
    return len(rows)


def resume_deployments_of(*, by: Actor, adaptation: Adaptation, at: datetime) -> int:
    """Resume the deployments that a withdrawal of the original had suspended, when the adaptation is
    released. Returns how many.
    """
    rows = list(adaptation.deployments.filter(state=DeploymentState.SUSPENDED).select_for_update())
    resumed = [row for row in rows if _why(row) == "base_withdrawn"]
    for row in resumed:
        _transition(row, DeploymentState.ACTIVE, by=by, at=at, why="released_again")
    return len(resumed)


def note_contact(*, by: Actor, deployment: Deployment, kind: str, at: datetime) -> Deployment:
    """Count that a copy was shown, downloaded or checked, and note when. Nothing else about the contact is
    stored.
    """
    require(by, Permission.CONTACT)
    with transaction.atomic():
        day = at.astimezone(VILNIUS).date()
        row, made = DeploymentDay.objects.get_or_create(
            deployment=deployment, day=day, kind=kind, defaults={"n": 1}
        )
        if not made:
            DeploymentDay.objects.filter(pk=row.pk).update(n=F("n") + 1)
        if deployment.state == DeploymentState.STALE:
            deployment = lock(deployment)
            if deployment.state == DeploymentState.STALE:
                _transition(deployment, DeploymentState.ACTIVE, by=by, at=at, why="contact")
        if deployment.last_seen is None or at - deployment.last_seen > timedelta(minutes=1):
            Deployment.objects.filter(pk=deployment.pk).update(last_seen=at)
        return deployment


def mark_stale(*, by: Actor, at: datetime) -> int:
    """Mark deployments without contact for thirty days. Paper never makes contact and is skipped."""
    require(by, Permission.SWEEP)
    done = 0
    for row in Deployment.objects.filter(state=DeploymentState.ACTIVE).exclude(channel__in=NO_CONTACT):
        heard = row.last_seen or row.terms_accepted_at or row.requested_at
        if at - heard > QUIET:
            with transaction.atomic():
                locked = lock(row)
                if locked.state == DeploymentState.ACTIVE:
                    _transition(locked, DeploymentState.STALE, by=by, at=at, why="no_contact")
                    done += 1
    return done


def token_of(deployment: Deployment) -> str:
    """The token of a package; derived with the key file, so the database alone does not reveal it."""
    mark = sealed.blind(
        sealed.Zone.AWARENESS, "repository.deployment", f"{deployment.ref}:{deployment.token_number}"
    )
    return base64.b32encode(mark[:20]).decode("ascii").lower()


def digest_of(token: str) -> bytes:
    """What the database stores of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def clean_origins(given: Sequence[str]) -> list[str]:
    """Origins as browsers write them, each once: https, a host, a port only when not the default. Raises
    OriginRefused.
    """
    found: list[str] = []
    for text in (line.strip() for line in given):
        if text:
            found.append(_origin(text))
    if len(found) > MOST_ORIGINS:
        raise OriginRefused
    return list(dict.fromkeys(found))


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError:
        raise OriginRefused from None
    local = host in {"localhost", "127.0.0.1"}
    if parts.username or parts.password or not HOST.fullmatch(host) or ("." not in host and not local):
        raise OriginRefused
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise OriginRefused
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != 443 else "")


def _issue(deployment: Deployment) -> str:
    deployment.token_number += 1
    token = token_of(deployment)
    deployment.token = digest_of(token)
    deployment.save(update_fields=["token", "token_number", "terms_accepted_at"])
    return token


def _why(deployment: Deployment) -> str:
    step = deployment.steps.order_by("-pk").first()
    return step.why if step else ""


def _transition(
    deployment: Deployment, to: DeploymentState, *, by: Actor, at: datetime, why: str = ""
) -> None:
    move(deployment, to=to, by=by, at=at, why=why)
    facts = {"to": str(to), "channel": deployment.channel}
    audit.record(by, Trail.DEPLOYMENT_MOVED, deployment, zone=ZONE, at=at, facts=facts)
    live.signal("repository.partners")


def _note(by: Actor, deployment: Deployment, what: str, at: datetime) -> None:
    audit.record(by, Trail.DEPLOYMENT_CHANGED, deployment, zone=ZONE, at=at, facts={"what": what})
    live.signal("repository.partners")


def suspend_deployments_of(*, by: Actor, resource: Resource, at: datetime) -> int:
    """Suspend every deployment of a withdrawn resource and of its adaptations, in that transaction. Returns
    how many.
    """
    for adaptation in Adaptation.objects.filter(
        base=resource, state=AdaptationState.RELEASED
    ).select_for_update():
        move(adaptation, to=AdaptationState.SUSPENDED, by=by, at=at, why="base_withdrawn")
    rows = (
        Deployment.objects.filter(state__in=RUNNING)
        .filter(pk__in=_deployments_of(resource))
        .select_for_update()
    )
    stopped = list(rows)
    for deployment in stopped:
        move(deployment, to=DeploymentState.SUSPENDED, by=by, at=at, why="base_withdrawn")
    return len(stopped)


def _deployments_of(resource: Resource) -> list[int]:
    own = Deployment.objects.filter(resource=resource).values_list("pk", flat=True)
    adapted = Deployment.objects.filter(adaptation__base=resource).values_list("pk", flat=True)
    return [*own, *adapted]
