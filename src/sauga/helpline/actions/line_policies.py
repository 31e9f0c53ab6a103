"""Changing a setting of the line: a new version of its policy, with who, when and why; every earlier one stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.rules import settings_of_line as rules
from sauga.helpline.rules.permissions import Permission
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile, NothingChanged
from sauga.kernel.vocab.models import Policy

ZONE = sealed.Zone.HELPLINE
REASONS = "line_policy_reason"


class NotOurs(ActionRefused):
    """Not one of the policies whose settings are changed here."""

    message = _("There are no such settings.")


def change_settings(*, by: PersonActor, policy: str, given: Mapping[str, Any], why: str, based_on: int, at: datetime) -> Policy:
    """Write the next version. `based_on` is the version the editor saw.

    Raises NotOurs, ChangedMeanwhile, NothingChanged, SettingUnfit (from the rules), UnknownTerm.
    """
    require(by, Permission.EDIT_POLICY)
    if policy not in rules.GROUPS:
        raise NotOurs(policy)
    vocab.term(REASONS, why)
    with transaction.atomic():
        newest = Policy.objects.select_for_update().filter(name=policy).order_by("-version").first()
        if newest is None:
            raise NotOurs(policy)
        if newest.version != based_on:
            raise ChangedMeanwhile
        made = rules.changed(policy, newest.value, given, why)
        if all(setting.of(made) == setting.of(newest.value) for setting in rules.of_group(policy)):
            raise NothingChanged
        written = vocab.set_policy(by=by, name=policy, value=made, at=at, status="confirmed")
        facts: dict[str, str | int | bool] = {"policy": policy, "version": written.version, "why": why}
        audit.record(by, Trail.LINE_POLICY_CHANGED, written, zone=ZONE, at=at, facts=facts)
        live.signal("helpline.queue")
        live.signal("helpline.rota")
    return written
