"""Editing the hotline's code lists and policies: in one transaction with the line in the trail, and never over a colleague's edit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.queries import lists as queries
from sauga.hotline.rules import lists as rules
from sauga.hotline.rules import policies
from sauga.hotline.rules.permissions import Permission
from sauga.hotline.trail import Trail
from sauga.kernel import audit, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile, NothingChanged
from sauga.kernel.vocab.models import Policy, Term

ZONE = sealed.Zone.HOTLINE


class NotOurs(ActionRefused):
    """The hotline has no list, term or policy of this name."""

    message = _("There is no such term in the list.")


class CodeUnfit(ActionRefused):
    """A code is an upper-case symbol of at most 16 letters, digits and underscores; of a country, two letters."""

    message = _("Write the code in capital letters, digits and underscores, at most 16 characters; for a country its two letters.")


class LabelMissing(ActionRefused):
    """A term needs its name in both languages."""

    message = _("Write the name in both languages.")


class DaysReversed(ActionRefused):
    """The last day lies before the first."""

    message = _("The last day lies before the first. Change one of them.")


class PolicyFixed(ActionRefused):
    """The program itself knows this policy; another one comes with a release."""

    message = _("The program itself knows this policy; another one comes with a release.")


class StateStays(ActionRefused):
    """States cannot be retired and have no days: rows stand in them."""

    message = _("A state has no days and cannot be retired, because cases stand in it. Its names may be changed.")


class LastTerm(ActionRefused):
    """The list would be left without a valid term."""

    message = _("The list would have no valid term left. Add another term first.")


@dataclass(frozen=True)
class Wording:
    """What staff may say of a term. Both days are inclusive; None: open."""

    label_lt: str
    label_en: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    status: str = "confirmed"
    lt_status: str = ""

    def check(self) -> None:
        """Raise LabelMissing or DaysReversed."""
        if not self.label_lt.strip() or not self.label_en.strip():
            raise LabelMissing
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            raise DaysReversed


def _own(vocabulary: str) -> None:
    if vocabulary not in queries.shipped().lists:
        raise NotOurs(vocabulary)


def _held(vocabulary: str, code: str, seen: datetime | None) -> Term:
    """The term, locked, as the editor saw it: `seen` is when it had last been edited then."""
    _own(vocabulary)
    term = Term.objects.select_for_update().filter(vocabulary__code=vocabulary, code=code).first()
    if term is None:
        raise NotOurs(f"{vocabulary} {code}")
    if term.edited_at != seen:
        raise ChangedMeanwhile
    return term


def _record(by: PersonActor, term: Term, vocabulary: str, act: str, at: datetime) -> None:
    audit.record(by, Trail.TERM_CHANGED, term, zone=ZONE, at=at, facts={"list": vocabulary, "code": term.code, "act": act})


def edit_term(*, by: PersonActor, vocabulary: str, code: str, wording: Wording, seen: datetime | None, at: datetime) -> Term:
    """Change labels, days, source or status of a term, never its code.

    Raises NotOurs, ChangedMeanwhile, NothingChanged, LabelMissing, DaysReversed, StateStays for the days of a state, LastTerm.
    """
    require(by, Permission.EDIT_POLICY)
    wording.check()
    with transaction.atomic():
        term = _held(vocabulary, code, seen)
        changes = {name: value for name, value in asdict(wording).items() if getattr(term, name) != value}
        if not changes:
            raise NothingChanged
        if {"valid_from", "valid_to"} & changes.keys():
            if not rules.may_retire(vocabulary):
                raise StateStays
            _keep_one(term, wording.valid_from, wording.valid_to, at)
        term = vocab.edit_term(by=by, vocabulary=vocabulary, code=code, at=at, **changes)
        _record(by, term, vocabulary, "edited", at)
        return term


def add_term(*, by: PersonActor, vocabulary: str, code: str, wording: Wording, at: datetime, default_priority: str = "") -> Term:
    """Add a term at the end of a list that staff may add to. `default_priority` (P1–P5) is for a category of reports.

    Raises NotOurs, vocab.VocabularyClosed, vocab.CodeTaken, CodeUnfit, LabelMissing, DaysReversed.
    """
    require(by, Permission.EDIT_POLICY)
    _own(vocabulary)
    wording.check()
    if not rules.is_fit_code(vocabulary, code):
        raise CodeUnfit(code)
    if not rules.may_add(vocabulary, is_open=True):
        raise vocab.VocabularyClosed(vocabulary)
    extra = {"default_priority": default_priority} if vocabulary == rules.CATEGORIES and default_priority else {}
    with transaction.atomic():
        term = vocab.add_term(by=by, vocabulary=vocabulary, code=code, at=at, extra=extra, **asdict(wording))
        _record(by, term, vocabulary, "added", at)
        return term


def retire_term(
    *, by: PersonActor, vocabulary: str, code: str, last_date: date, seen: datetime | None, at: datetime, replaced_by: str = ""
) -> Term:
    """Offer a term no longer after `last_date`; old cases still read it. `replaced_by` is the code to use instead.

    Raises NotOurs (also for an unknown replacement), ChangedMeanwhile, StateStays, DaysReversed, LastTerm.
    """
    require(by, Permission.EDIT_POLICY)
    if not rules.may_retire(vocabulary):
        raise StateStays
    with transaction.atomic():
        term = _held(vocabulary, code, seen)
        if replaced_by and (replaced_by == code or not vocab.has_term(vocabulary, replaced_by)):
            raise NotOurs(f"{vocabulary} {replaced_by}")
        if term.valid_from is not None and last_date < term.valid_from:
            raise DaysReversed
        _keep_one(term, term.valid_from, last_date, at)
        term = vocab.retire_term(by=by, vocabulary=vocabulary, code=code, last_date=last_date, at=at, replaced_by=replaced_by)
        _record(by, term, vocabulary, "retired", at)
        return term


def _keep_one(term: Term, valid_from: date | None, valid_to: date | None, at: datetime) -> None:
    """Raise LastTerm when no other term of the list would be valid for good and this one ends or has not begun."""
    day = at.astimezone(VILNIUS).date()
    if valid_to is None and (valid_from is None or valid_from <= day):
        return
    others = Term.objects.filter(vocabulary_id=term.vocabulary_id, valid_to=None).exclude(pk=term.pk).exclude(valid_from__gt=day)
    if not others.exists():
        raise LastTerm


def write_policy(
    *, by: PersonActor, name: str, value: Mapping[str, Any], based_on: int, at: datetime, valid_from: date | None = None
) -> Policy:
    """Write the next version of a policy; every earlier one stays and cases keep the one that decided them.

    `based_on` is the newest version the editor saw; `valid_from` the first day, None: at once. Going back to an old version is writing
    its value anew. Raises NotOurs, PolicyFixed, ChangedMeanwhile, NothingChanged, policies.PolicyUnfit.
    """
    require(by, Permission.EDIT_POLICY)
    shipped = queries.shipped().policies.get(name)
    if shipped is None:
        raise NotOurs(name)
    if name in policies.FIXED:
        raise PolicyFixed(name)
    if found := policies.faults(name, shipped, value, queries.known_codes()):
        raise policies.PolicyUnfit(found)
    with transaction.atomic():
        newest = Policy.objects.select_for_update().filter(name=name).order_by("-version").first()
        if newest is None:
            raise NotOurs(name)
        if newest.version != based_on:
            raise ChangedMeanwhile
        if newest.value == value and newest.valid_from == valid_from:
            raise NothingChanged
        made = vocab.set_policy(by=by, name=name, value=value, at=at, valid_from=valid_from, status=value["status"])
        audit.record(by, Trail.POLICY_CHANGED, made, zone=ZONE, at=at, facts={"policy": name, "version": made.version})
        return made
