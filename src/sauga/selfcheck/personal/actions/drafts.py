"""Writing a version: a new draft, its questions, agreement and sources. A version that is not a draft is
never changed."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock, move
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.personal.models import BankVersion
from sauga.selfcheck.personal.rules.bank import Audience
from sauga.selfcheck.states import BankState
from sauga.selfcheck.trail import BANK_CHANNEL, ZONE, Trail

NO_DRAFT_BESIDE = (BankState.DRAFT, BankState.IN_REVIEW)


class DraftExists(ActionRefused):
    """There is one draft at a time."""

    message = _("There is a draft already. Finish or discard it first.")


class VersionFrozen(ActionRefused):
    """Only a draft is changed."""

    message = _("Only a draft can be changed. Begin a new version.")


class CodeUsed(ActionRefused):
    """A question's code names it within its audience."""

    message = _("There is a question with this code already.")
    field = "code"


class NoSuchItem(ActionRefused):
    """The question is not there (any more)."""

    message = _("This question is no longer in the draft.")


def load_bank(at: datetime) -> str:
    """Publish the first version from the data file where there is none; a line for `sauga init`."""
    if BankVersion.objects.exists():
        return "personal test: there"
    by = SystemActor("init")
    with transaction.atomic():
        row = BankVersion.objects.create(number=1, content=_shipped(), created_at=at, published_at=at)
        move(row, to=BankState.IN_REVIEW, by=by, at=at)
        move(row, to=BankState.PUBLISHED, by=by, at=at)
    return "personal test: version 1"


def _shipped() -> dict[str, Any]:
    text = files("sauga.selfcheck.personal").joinpath("data", "bank.json").read_text("utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def begin_version(*, by: Actor, note: str, at: datetime) -> BankVersion:
    """A new draft with everything that the published version holds. Raises DraftExists."""
    require(by, Permission.EDIT_BANK)
    with transaction.atomic():
        rows = list(BankVersion.objects.select_for_update().order_by("-number"))
        if any(one.state in NO_DRAFT_BESIDE for one in rows):
            raise DraftExists
        from_ = next((one for one in rows if one.state == BankState.PUBLISHED), rows[0] if rows else None)
        row = BankVersion.objects.create(
            number=rows[0].number + 1 if rows else 1,
            content=from_.content if from_ else _shipped(),
            note=note,
            created_at=at,
        )
        _record(by, row, at, what="begun")
        return row


def save_item(
    *, by: Actor, version: BankVersion, audience: Audience, code: str, given: Mapping[str, Any], at: datetime
) -> BankVersion:
    """Change a question of a draft. Raises VersionFrozen, NoSuchItem."""

    def change(content: dict[str, Any]) -> None:
        held = _item(content, audience, code)
        held |= dict(given)

    return _changed(by, version, at, change, what="item", item=code)


def add_item(
    *, by: Actor, version: BankVersion, audience: Audience, code: str, given: Mapping[str, Any], at: datetime
) -> BankVersion:
    """Add a question to the end of a draft. Raises VersionFrozen, CodeUsed."""

    def change(content: dict[str, Any]) -> None:
        items = content["audiences"][audience]["items"]
        if any(one["code"] == code for one in items):
            raise CodeUsed
        items.append({"code": code, **given})

    return _changed(by, version, at, change, what="item_added", item=code)


def set_aside(
    *, by: Actor, version: BankVersion, audience: Audience, code: str, is_off: bool, at: datetime
) -> BankVersion:
    """Set a question of a draft aside, or take it back. Raises VersionFrozen, NoSuchItem."""

    def change(content: dict[str, Any]) -> None:
        _item(content, audience, code)["off"] = is_off

    return _changed(by, version, at, change, what="set_aside" if is_off else "taken_back", item=code)


def move_item(
    *, by: Actor, version: BankVersion, audience: Audience, code: str, up: bool, at: datetime
) -> BankVersion:
    """Ask a question of a draft one place earlier or later. Raises VersionFrozen, NoSuchItem."""

    def change(content: dict[str, Any]) -> None:
        items = content["audiences"][audience]["items"]
        place = items.index(_item(content, audience, code))
        other = max(0, place - 1) if up else min(len(items) - 1, place + 1)
        items[place], items[other] = items[other], items[place]

    return _changed(by, version, at, change, what="order", item=code)


def save_details(*, by: Actor, version: BankVersion, given: Mapping[str, Any], at: datetime) -> BankVersion:
    """Change the introductions, the family agreement, the sources and the note of a draft. Raises
    VersionFrozen."""

    def change(content: dict[str, Any]) -> None:
        for audience in Audience:
            content["audiences"][audience]["intro"] = given["intro"][audience]
        content["agreement"], content["sources"] = given["agreement"], given["sources"]
        content["embedded_as"] = given["embedded_as"]

    return _changed(by, version, at, change, what="details", note=given.get("note", ""))


def _changed(
    by: Actor,
    version: BankVersion,
    at: datetime,
    change: Callable[[dict[str, Any]], None],
    note: str | None = None,
    **facts: str,
) -> BankVersion:
    require(by, Permission.EDIT_BANK)
    with transaction.atomic():
        row = lock(version)
        if row.state != BankState.DRAFT:
            raise VersionFrozen
        change(row.content)
        if note is not None:
            row.note = note
        row.save(update_fields=["content", "note"])
        _record(by, row, at, **facts)
        return row


def _item(content: dict[str, Any], audience: Audience, code: str) -> dict[str, Any]:
    for one in content["audiences"][audience]["items"]:
        if one["code"] == code:
            held: dict[str, Any] = one
            return held
    raise NoSuchItem


def _record(by: Actor, row: BankVersion, at: datetime, **facts: str) -> None:
    audit.record(by, Trail.BANK_CHANGED, row, zone=ZONE, at=at, facts={"number": row.number, **facts})
    live.signal(BANK_CHANNEL)
