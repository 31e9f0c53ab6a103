"""Criteria and questions of a call."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.proposals.actions.calls import CALLS
from sauga.events.proposals.actions.scores import recount
from sauga.events.proposals.models import ACCEPTANCE, SUBMISSION, Call, CallQuestion, Criterion, Review
from sauga.events.proposals.rules.scores import MOST_WEIGHT
from sauga.events.registration.actions.setup import KINDS, QuestionRefused, can_be_chosen
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock


class CriterionRefused(ActionRefused):
    """A criterion that cannot be, or on which reviews rest."""

    messages = {
        "name": _("Write the name in the language of the site."),
        "weight": _("The weight is a number from 1 to 10."),
        "used": _("Reviews have been given: criteria can be renamed and weighed anew, not added or removed."),
    }
    fields = {"name": f"name_{languages.DEFAULT}", "weight": "weight"}


def put_criterion(
    *,
    by: Actor,
    call: Call,
    name: Mapping[str, str],
    weight: int,
    at: datetime,
    criterion: Criterion | None = None,
) -> Criterion:
    """Add a criterion, or change one; scores follow its weight. Raises PermissionRefused,
    CriterionRefused."""
    require(by, Permission.EDIT_CALLS, call)
    kept = {code: text.strip() for code, text in name.items() if text.strip()}
    if not kept.get(languages.DEFAULT):
        raise CriterionRefused("name")
    if not 0 < weight <= MOST_WEIGHT:
        raise CriterionRefused("weight")
    with transaction.atomic():
        held = lock(call)
        if criterion is None:
            _refuse_used(held)
        row = lock(criterion) if criterion else Criterion(call=held, place=held.criteria.count())
        is_new_weight = row.pk is not None and row.weight != weight
        row.name, row.weight = kept, weight
        row.save()
        if is_new_weight:
            recount(held.proposals.filter(reviewed__gt=0), at)
        _changed(by, held, "criterion", at)
        return row


def remove_criterion(*, by: Actor, criterion: Criterion, at: datetime) -> None:
    """Remove a criterion by which nothing was scored yet. Raises PermissionRefused, CriterionRefused."""
    require(by, Permission.EDIT_CALLS, criterion.call)
    with transaction.atomic():
        held = lock(criterion.call)
        _refuse_used(held)
        criterion.delete()
        _changed(by, held, "criterion_removed", at)


def _refuse_used(call: Call) -> None:
    if Review.objects.filter(proposal__call=call, given_at__isnull=False).exists():
        raise CriterionRefused("used")


def put_question(
    *, by: Actor, call: Call, given: Mapping[str, Any], at: datetime, question: CallQuestion | None = None
) -> CallQuestion:
    """Add a question, or change its words: `given` has phase, kind, text, choices, is_required,
    is_for_reviewers. Raises PermissionRefused, QuestionRefused."""
    require(by, Permission.EDIT_CALLS, call)
    choices = dict(given["choices"]) if given["kind"] == "CHOICE" else {}
    is_known = given["kind"] in KINDS and given["phase"] in (SUBMISSION, ACCEPTANCE)
    if not is_known or (given["kind"] == "CHOICE" and not can_be_chosen(choices)):
        raise QuestionRefused
    with transaction.atomic():
        held = lock(call)
        row = lock(question) if question else CallQuestion(call=held, place=held.questions.count())
        for name in ("phase", "kind", "text", "is_required", "is_for_reviewers"):
            setattr(row, name, given[name])
        row.choices = choices
        row.save()
        _changed(by, held, "question", at)
        return row


def remove_question(*, by: Actor, question: CallQuestion, at: datetime) -> None:
    """Ask it no longer; answers that were given stay with their proposals. Raises PermissionRefused."""
    require(by, Permission.EDIT_CALLS, question.call)
    with transaction.atomic():
        held = lock(question.call)
        question.delete()
        _changed(by, held, "question_removed", at)


def _changed(by: Actor, call: Call, what: str, at: datetime) -> None:
    audit.record(by, Trail.CALL_CHANGED, call, zone=ZONE, at=at, facts={"what": what})
    live.signal(CALLS)
