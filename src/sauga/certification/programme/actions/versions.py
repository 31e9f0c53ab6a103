"""Writing a new version of the programme, and putting it into force."""

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from json import loads
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.certification.permissions import Permission
from sauga.certification.programme.models import Criterion, Programme
from sauga.certification.programme.queries import versions
from sauga.certification.programme.rules.criteria import LEVELS
from sauga.certification.states import VersionState
from sauga.certification.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock, move

COPIED = ("position", "code", "kind", "phase", "text_lt", "text_en", "minimums", "valid_days")


class VersionFrozen(ActionRefused):
    """A version that is or was in force is not changed."""

    message = _("A version in force is not changed. Begin a new version.")


class DraftThere(ActionRefused):
    """There is one draft at a time."""

    message = _("There is a draft already. Put it into force or change it.")


class CriterionRefused(ActionRefused):
    """A criterion cannot be so."""

    messages = {
        "texts": _("Write the criterion in both languages."),
        "levels": _("Choose how much at least one level needs."),
        "none": _("A version needs criteria for every level."),
    }
    fields = {"texts": "text_lt", "levels": "minimum_1"}


def begin_version(*, by: Actor, reason: str, at: datetime, months: int = 24) -> Programme:
    """A draft with the criteria of the version in force, whose certifications last so many months.

    Raises PermissionRefused, DraftThere.
    """
    require(by, Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        if Programme.objects.filter(state=VersionState.DRAFT).exists():
            raise DraftThere
        base = Programme.objects.order_by("-version").first()
        made = Programme.objects.create(
            version=(base.version if base else 0) + 1,
            months=months,
            forecast_days=base.forecast_days if base else 90,
            reason=typed_text(reason),
            created_at=at,
        )
        held = versions.criteria_of(base) if base else []
        Criterion.objects.bulk_create(
            Criterion(programme=made, **{name: getattr(one, name) for name in COPIED}) for one in held
        )
        _record(by, Trail.PROGRAMME, made, at, what="begun")
        return made


def change_criterion(*, by: Actor, criterion: Criterion, given: Mapping[str, Any], at: datetime) -> Criterion:
    """Change the words, amounts or validity of a criterion of a draft.

    Raises PermissionRefused, VersionFrozen, CriterionRefused.
    """
    require(by, Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        version = _draft(criterion.programme)
        texts = {name: " ".join(typed_text(given[name]).split()) for name in ("text_lt", "text_en")}
        minimums = {str(level): given[f"minimum_{level}"] for level in LEVELS if given[f"minimum_{level}"]}
        if not all(texts.values()):
            raise CriterionRefused("texts")
        if not minimums:
            raise CriterionRefused("levels")
        row = lock(criterion)
        row.text_lt, row.text_en = texts["text_lt"], texts["text_en"]
        row.minimums, row.valid_days = minimums, given["valid_days"]
        row.save(update_fields=["text_lt", "text_en", "minimums", "valid_days"])
        _record(by, Trail.PROGRAMME, version, at, what="criterion")
        return row


def remove_criterion(*, by: Actor, criterion: Criterion, at: datetime) -> Programme:
    """Take a criterion out of a draft. Raises PermissionRefused, VersionFrozen."""
    require(by, Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        version = _draft(criterion.programme)
        criterion.delete()
        _record(by, Trail.PROGRAMME, version, at, what="removed")
        return version


def put_into_force(*, by: Actor, programme: Programme, decision: str, at: datetime) -> Programme:
    """The draft counts for new applications from now on. Those under way keep their version.

    Raises PermissionRefused, CriterionRefused, MoveNotAllowed.
    """
    require(by, Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        row = lock(programme)
        needed = {level for one in versions.rules_of(row) for level in one.minimums}
        if not set(LEVELS) <= needed:
            raise CriterionRefused("none")
        former = versions.in_force()
        if former is not None and former.pk != row.pk:
            former = lock(former)
            move(former, to=VersionState.REPLACED, by=by, at=at)
            _record(by, Trail.PROGRAMME_MOVED, former, at, to=VersionState.REPLACED)
        move(row, to=VersionState.IN_FORCE, by=by, at=at)
        row.decision, row.decided_by, row.decided_at = typed_text(decision), by.pseudonym, at
        row.save(update_fields=["decision", "decided_by", "decided_at"])
        _record(by, Trail.PROGRAMME_MOVED, row, at, to=VersionState.IN_FORCE)
        return row


def load_programme(at: datetime) -> str:
    """Make the first version from its data file where there is none; a line for `sauga init`."""
    if Programme.objects.exists():
        return "programme of ambassadors: there"
    text = files("sauga.certification.programme").joinpath("data", "programme.json").read_text("utf-8")
    data, by = loads(text), SystemActor("init")
    with transaction.atomic():
        made = Programme.objects.create(
            version=data["version"], months=data["months"], forecast_days=data["forecast_days"], created_at=at
        )
        for position, one in enumerate(data["criteria"]):
            texts = {"text_lt": one["lt"], "text_en": one["en"]}
            plain = {name: one[name] for name in ("code", "kind", "phase", "minimums", "valid_days")}
            Criterion.objects.create(programme=made, position=position, **texts, **plain)
        move(made, to=VersionState.IN_FORCE, by=by, at=at)
        made.decision, made.decided_by, made.decided_at = data["decision"], by.pseudonym, at
        made.save(update_fields=["decision", "decided_by", "decided_at"])
    return f"programme of ambassadors: version {made.version}, {len(data['criteria'])} criteria"


def _draft(programme: Programme) -> Programme:
    row = lock(programme)
    if row.state != VersionState.DRAFT:
        raise VersionFrozen
    return row


def _record(by: Actor, act: Trail, row: Programme, at: datetime, **facts: str) -> None:
    audit.record(by, act, row, zone=ZONE, at=at, facts={"version": row.version, **facts})
    live.signal(CHANNEL)
