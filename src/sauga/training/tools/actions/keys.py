"""The keys with which launches are signed, and the public keys of a tool, read from its address."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from sauga.kernel import audit
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.ids import new_reference
from sauga.kernel.outbound import options, sync
from sauga.kernel.sealed import web_tokens
from sauga.kernel.sealed.signatures.web_tokens import KeysUnreadable, TokenSigner
from sauga.kernel.states import Actor
from sauga.training.permissions import Permission
from sauga.training.tools.actions.log import note
from sauga.training.tools.models import PlatformKey, Tool
from sauga.training.tools.rules.log import GOOD, What
from sauga.training.trail import ZONE, Trail

FILE = "tools-{name}"
ASK_AGAIN, KEEP_FOR = timedelta(minutes=1), timedelta(days=1)
"""Keys are asked for again at most once a minute, and once a day at least when they are needed."""
KEY_SET = options(
    seconds=6.0, body_seconds=3.0, max_bytes=web_tokens.LONGEST_KEYS, max_redirects=1, known_text=True,
    follow_refresh=False, user_agent="Sauga/1.0 (+LTI 1.3 platform)", accept="application/json",
)  # fmt: skip


def signer(*, by: Actor, at: datetime) -> TokenSigner:
    """The present key for launches; the key is made at first use. Raises KeyNotAvailable."""
    row = PlatformKey.objects.filter(ended_at__isnull=True).first()
    if row is None:
        try:
            with transaction.atomic():
                row = _add(by, at)
        except IntegrityError:  # another process was quicker
            row = PlatformKey.objects.get(ended_at__isnull=True)
    return web_tokens.token_signer(FILE.format(name=row.name), row.name)


def rotate(*, by: Actor, at: datetime) -> PlatformKey:
    """Sign with a fresh key from now on; the former public half stays in our key set for a week.

    For the command line: its operator holds the key files anyway.
    """
    with transaction.atomic():
        list(PlatformKey.objects.select_for_update().all())
        PlatformKey.objects.filter(ended_at__isnull=True).update(ended_at=at)
        return _add(by, at)


def _add(by: Actor, at: datetime) -> PlatformKey:
    name = f"{at.astimezone(VILNIUS):%Y-%m-%d}-{new_reference(4).lower()}"
    made = web_tokens.make_token_signer(FILE.format(name=name), name)
    row = PlatformKey.objects.create(name=name, public=made.jwk, since=at)
    audit.record(by, Trail.TOOL_KEY_ADDED, None, zone=ZONE, at=at, facts={"name": name})
    return row


def fresh_keys(*, by: Actor, tool: Tool, wanted: str, at: datetime) -> Tool:
    """The tool with its keys, asked for again where they are old or lack the key named `wanted`. Nothing of
    the database is locked while we wait for the tool's server."""
    require(by, Permission.SERVE_TOOLS)
    if not tool.keys_url:
        return tool
    known = {key.get("kid", "") for key in tool.keys}
    is_old = tool.keys_at is None or tool.keys_at < at - KEEP_FOR
    is_missing = bool(wanted) and wanted not in known
    is_soon = tool.keys_tried_at is not None and at - ASK_AGAIN < tool.keys_tried_at <= at
    return fetch_keys(by=by, tool=tool, at=at) if (is_old or is_missing) and not is_soon else tool


def fetch_keys(*, by: Actor, tool: Tool, at: datetime) -> Tool:
    """Ask a tool for its keys now. What cannot be used is noted in its log, and the former keys stay."""
    require(by, Permission.SERVE_TOOLS)
    Tool.objects.filter(pk=tool.pk).update(keys_tried_at=at)
    found = sync.probe(tool.keys_url, policy=KEY_SET)
    refused = GOOD
    if found.error is not None or found.status != 200:
        refused = "unreachable"
    else:
        try:
            keys = web_tokens.read_keys(found.text)
            Tool.objects.filter(pk=tool.pk).update(keys=keys, keys_at=at)
        except KeysUnreadable as unfit:
            refused = f"keys_{unfit}"
    note(by=by, tool=tool, what=What.KEYS, refused=refused, at=at)
    tool.refresh_from_db(fields=["keys", "keys_at", "keys_tried_at"])
    return tool
