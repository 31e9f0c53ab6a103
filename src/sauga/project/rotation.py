"""Rotation of key files: step by step; each step may be interrupted and repeated."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

OVERLAP = timedelta(hours=48)
"""How long the former key of forms and visits still opens: longer than any ticket, pass, visit or signed link
lives."""


class TooEarly(Exception):
    """The last rotation of this key has not run out yet; the text says until when."""


def service(zone: Any) -> Iterator[str]:
    """A new version of a zone's machine key, unless one is waiting to be finished; then everything sealed to
    it anew."""
    from sauga.kernel.sealed.rotation import machine_keys

    if machine_keys.waiting(zone):
        yield "An earlier rotation is gone on with."
    else:
        version = machine_keys.rotate_service(zone)
        _written(f"{zone}-service-{version}")
        yield f"{zone}: sealing to version {version} of the machine's key from now on."
    progress = machine_keys.reseal_service(zone)
    yield (
        f"{progress.done} keys sealed anew, {progress.left} left, {progress.unreadable} of them not "
        f"readable here."
    )


def service_retired(zone: Any) -> Iterator[str]:
    """Remove what nothing is sealed to any more."""
    from sauga.kernel.sealed.rotation import machine_keys

    gone = machine_keys.retire(zone)
    yield (
        f"{zone}: removed the files of version {', '.join(map(str, gone))}."
        if gone
        else f"{zone}: there is nothing to remove."
    )


def trail() -> Iterator[str]:
    """A new key under the heads of the audit log; the heads so far are signed with the former one first."""
    from sauga.kernel import audit, clock
    from sauga.kernel.audit import seals

    audit.sign_heads(clock.now(), force=True)
    public = seals.rotate()
    _written("audit")
    audit.sign_heads(clock.now(), force=True)
    yield f"The trail is signed by {public.hex()[:16]}… from now on; former signatures still verify."


def tickets() -> Iterator[str]:
    """Forms, passes and visits: the former key opens for two days more."""
    yield from _with_overlap("tickets")


def signing() -> Iterator[str]:
    """Django's key (sessions, links in mail): the former verifies for two days more."""
    from django.conf import settings

    if settings.ENV.secret_key:
        raise TooEarly("SAUGA_SECRET_KEY is set: change it there. Sessions end with it.")
    import secrets

    yield from _with_overlap("signing", make=secrets.token_urlsafe(64).encode())
    yield "Restart `sauga serve` and `sauga work` now: this key is read at their start."


def factors() -> Iterator[str]:
    """The key of second factors: every kept secret is sealed anew, then the former key goes."""
    from sauga.kernel.identity.signin import mfa
    from sauga.kernel.sealed import files

    files.subkey(mfa.FACTORS, mfa.FACTOR_USE)
    begun = files.rotate(mfa.FACTORS)
    yield "A new key is in place." if begun else "An earlier rotation is gone on with."
    yield f"{mfa.reseal_factors()} second factors sealed anew."
    files.finish(mfa.FACTORS)
    _written(mfa.FACTORS)


def credentials() -> Iterator[str]:
    """Another key signs credentials from now on. The former one stays, to check what it signed."""
    from sauga.kernel import clock
    from sauga.kernel.credentials.issuer import keys
    from sauga.kernel.states import SystemActor

    key = keys.rotate(by=SystemActor("setup"), at=clock.now())
    _written(f"credentials-{key.name}")
    yield (
        f"Credentials are signed with {key.name} from now on. The former keys stay in the DID document: what "
        f"they signed is checked with them."
    )


def tools() -> Iterator[str]:
    """Another key signs launches of external tools from now on. The former public half stays for a week."""
    from django.apps import apps

    if not apps.is_installed("sauga.training"):
        raise TooEarly("training is not installed here, so there is no such key.")
    from sauga.kernel import clock
    from sauga.kernel.states import SystemActor
    from sauga.training.tools.actions import keys

    key = keys.rotate(by=SystemActor("setup"), at=clock.now())
    _written(f"tools-{key.name}")
    yield f"Launches are signed with {key.name} from now on. Tools read it from /lti/keys.json by themselves."


FILES: dict[str, Callable[[], Iterator[str]]] = {
    "trail": trail,
    "tickets": tickets,
    "factors": factors,
    "signing": signing,
    "credentials": credentials,
    "tools": tools,
}


def _with_overlap(name: str, make: bytes | None = None) -> Iterator[str]:
    from sauga.kernel import clock
    from sauga.kernel.sealed import files

    since = files.former_since(name)
    until = datetime.fromtimestamp(since, UTC) + OVERLAP if since is not None else None
    if until is not None and until > clock.now() and not files.is_unfinished(name):
        raise TooEarly(
            f"the key before this one still opens until {until:%Y-%m-%d %H:%M} UTC; rotate again after that."
        )
    if until is not None and until <= clock.now():
        files.finish(name)
    files.rotate(name, make)
    _written(name)
    yield (
        f"A new key is in place; the former one still opens for {OVERLAP.days * 24} hours. Run this again "
        f"then, or let it lie."
    )


def _written(key: str) -> None:
    """The audit log of the installation says which key was replaced, never more."""
    from django.db import transaction

    from sauga.kernel import audit, clock
    from sauga.kernel.audit.trail import Trail
    from sauga.kernel.states import SystemActor

    with transaction.atomic():
        audit.record(
            SystemActor("setup"),
            Trail.KEY_ROTATED,
            None,
            zone=audit.INSTALLATION,
            at=clock.now(),
            facts={"key": key},
        )
