"""What people do with tools: register them, change them, switch them on and off, delete what no course
used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import PermissionRefused, PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed.signatures.web_tokens import Jwk, KeysUnreadable, read_keys
from sauga.kernel.states import Actor, SystemActor, lock, move
from sauga.training.effects import tool_uses
from sauga.training.permissions import Permission
from sauga.training.states import ToolState
from sauga.training.tools.actions.keys import fetch_keys
from sauga.training.tools.models import Tool
from sauga.training.tools.queries import tools as queries
from sauga.training.tools.rules.registration import is_address
from sauga.training.trail import ZONE, Trail

CHANNEL = "training.tools"
JOBS = SystemActor("training")


class ToolRefused(ActionRefused):
    """What cannot be registered or done with a tool."""

    messages = {
        "name": _("Write what the tool is called and who provides it."),
        "address": _("This is no address that can be used. It begins with https:// and has no spaces."),
        "redirects": _("Write at least one address to which a launch is sent."),
        "keys": _("Give the address of the tool’s keys, or paste its public key."),
        "keys_form": _(
            "This is no key that can be read. Paste a JSON Web Key Set, or a block that begins with "
            "-----BEGIN PUBLIC KEY-----."
        ),
        "keys_weak": _("This key is too short. An RSA key of at least 2048 bits is needed."),
        "keys_none": _("There is no RSA key for RS256 in it. Ask the tool’s provider for one."),
        "keys_size": _("This is too long for a set of keys."),
        "unread": _("The keys of the tool cannot be read yet. The log below says why."),
        "on": _("Switch the tool off first."),
        "used": _("A course uses this tool, so it cannot be deleted. It can be switched off."),
        "reason": _("Write a sentence for learners: why the tool cannot be opened, and what they can do."),
    }
    fields = {
        "name": "name",
        "redirects": "redirect_urls",
        "keys": "keys_url",
        "keys_form": "keys_text",
        "keys_weak": "keys_text",
        "keys_none": "keys_text",
        "keys_size": "keys_text",
        "reason": "reason_lt",
    }


@dataclass(frozen=True, kw_only=True)
class ToolGiven:
    """A tool as the form has it. `keys_text` is what was pasted; empty leaves pasted keys as they are."""

    name: str
    maker: str
    login_url: str
    target_url: str
    redirect_urls: Sequence[str]
    keys_url: str = ""
    keys_text: str = ""
    privacy_url: str = ""
    contact: str = ""
    may_ask_name: bool = False


def register_tool(*, by: PersonActor, given: ToolGiven, at: datetime) -> Tool:
    """Register a tool for the person's organisation; it is off. Raises ToolRefused."""
    require(by, Permission.KEEP_TOOLS)
    row = Tool(organisation_id=min(by.organisations_for(Permission.KEEP_TOOLS)), created_at=at)
    _fill(row, given)
    with transaction.atomic():
        row.save()
        _record(by, row, "registered", at)
    return row


def edit_tool(*, by: PersonActor, tool: Tool, given: ToolGiven, at: datetime) -> Tool:
    """Change a registration. Client, deployment and what learners were told stay. Raises ToolRefused."""
    _require(by, tool)
    with transaction.atomic():
        row = lock(tool)
        _fill(row, given)
        row.save()
        _record(by, row, "details", at)
    return row


def _fill(row: Tool, given: ToolGiven) -> None:
    allows = queries.allows_local()
    if not given.name.strip() or not given.maker.strip():
        raise ToolRefused("name")
    needed = (given.login_url, given.target_url, *given.redirect_urls)
    others = tuple(one for one in (given.keys_url, given.privacy_url) if one)
    if not all(is_address(one, allows_local=allows) for one in (*needed, *others)):
        raise ToolRefused("address")
    if not given.redirect_urls:
        raise ToolRefused("redirects")
    keys = _pasted(given.keys_text)
    if given.keys_url:
        if given.keys_url != row.keys_url:
            row.keys, row.keys_at, row.keys_tried_at = [], None, None
    elif keys:
        row.keys, row.keys_at = keys, None
    elif row.keys_url or not row.keys:
        raise ToolRefused("keys")
    row.name, row.maker = given.name.strip(), given.maker.strip()
    row.login_url, row.target_url = given.login_url, given.target_url
    row.redirect_urls, row.keys_url = list(given.redirect_urls), given.keys_url
    row.privacy_url, row.contact = given.privacy_url, given.contact.strip()
    row.may_ask_name = given.may_ask_name


def _pasted(text: str) -> list[Jwk]:
    if not text.strip():
        return []
    try:
        return read_keys(text)
    except KeysUnreadable as unfit:
        raise ToolRefused(f"keys_{unfit}") from None


def read_tool_keys(*, by: PersonActor, tool: Tool, at: datetime) -> Tool:
    """Ask the tool for its keys now. Raises ToolRefused where they cannot be read."""
    _require(by, tool)
    row = fetch_keys(by=JOBS, tool=tool, at=at)
    live.signal(CHANNEL)
    if row.keys_at != at:
        raise ToolRefused("unread")
    return row


def switch_on(*, by: PersonActor, tool: Tool, at: datetime) -> Tool:
    """Let courses open the tool. Raises MoveNotAllowed."""
    _require(by, tool)
    with transaction.atomic():
        row = _move(by, tool, ToolState.ON, at)
        row.off_text = {}
        row.save(update_fields=["off_text"])
    return row


def switch_off(*, by: PersonActor, tool: Tool, reason: Mapping[str, str], at: datetime) -> Tool:
    """Open it nowhere any more, at once; learners read `reason`. Tokens that were given end. Raises
    ToolRefused, MoveNotAllowed."""
    _require(by, tool)
    if not any(text.strip() for text in reason.values()):
        raise ToolRefused("reason")
    with transaction.atomic():
        row = _move(by, tool, ToolState.OFF, at)
        row.off_text = {code: text.strip() for code, text in reason.items() if text.strip()}
        row.save(update_fields=["off_text"])
        row.tokens.update(expires_at=at)
    return row


def delete_tool(*, by: PersonActor, tool: Tool, at: datetime) -> None:
    """Delete a tool that is off and that no course names. Raises ToolRefused."""
    _require(by, tool)
    with transaction.atomic():
        row = lock(tool)
        if row.state != ToolState.OFF:
            raise ToolRefused("on")
        if any(tool_uses(tool=row).values()):
            raise ToolRefused("used")
        _record(by, row, "deleted", at)
        row.delete()


def _require(by: PersonActor, tool: Tool) -> None:
    """Return if the actor keeps tools for the organisation of this one; raise PermissionRefused otherwise."""
    require(by, Permission.KEEP_TOOLS)
    if tool.organisation_id not in by.organisations_for(Permission.KEEP_TOOLS):
        raise PermissionRefused(Permission.KEEP_TOOLS)


def _move(by: Actor, tool: Tool, to: ToolState, at: datetime) -> Tool:
    row = lock(tool)
    move(row, to=to, by=by, at=at)
    audit.record(by, Trail.TOOL_MOVED, row, zone=ZONE, at=at, facts={"to": str(to)})
    live.signal(CHANNEL)
    return row


def _record(by: Actor, row: Tool, what: str, at: datetime) -> None:
    audit.record(by, Trail.TOOL_CHANGED, row, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
