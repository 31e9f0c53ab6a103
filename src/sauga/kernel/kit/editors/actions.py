"""Changing lists, policies and settings: each in one transaction with its audit entry, and never over a
colleague's edit."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.kit.editors.declared import DaysReversed, Editor, Settings, Wording
from sauga.kernel.kit.editors.shape import PolicyUnfit
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile, NothingChanged
from sauga.kernel.vocab.models import Policy, Term


class NotOurs(ActionRefused):
    """The service has no list, term, policy or settings of this name."""

    message = _("There is no such term in the list.")


class PolicyFixed(ActionRefused):
    """The program itself knows this policy; another one comes with a release."""

    message = _("The program itself knows this policy; another one comes with a release.")


class StateStays(ActionRefused):
    """States cannot be retired and have no days: rows stand in them."""

    message = _(
        "A state has no days and cannot be retired, because cases stand in it. Its names may be changed."
    )


class LastTerm(ActionRefused):
    """The list would be left without a valid term."""

    message = _("The list would have no valid term left. Add another term first.")


def edit_term(
    editor: Editor,
    *,
    by: PersonActor,
    vocabulary: str,
    code: str,
    wording: Wording,
    seen: datetime | None,
    at: datetime,
) -> Term:
    """Change labels, days, source or status of a term, never its code. `seen` is when it had last been edited
    when its editor opened it.

    Raises NotOurs, ChangedMeanwhile, NothingChanged, LabelMissing, DaysReversed, StateStays for the days of a
    state, LastTerm.
    """
    require(by, editor.permission)
    wording.check()
    with transaction.atomic():
        term = _locked(editor, vocabulary, code, seen)
        changes = {name: value for name, value in asdict(wording).items() if getattr(term, name) != value}
        if not changes:
            raise NothingChanged
        if {"valid_from", "valid_to"} & changes.keys():
            _check_days(editor, term, wording.valid_from, wording.valid_to, at)
        term = vocab.edit_term(by=by, vocabulary=vocabulary, code=code, at=at, **changes)
        return _record(editor, by, term, "edited", at)


def add_term(
    editor: Editor,
    *,
    by: PersonActor,
    vocabulary: str,
    code: str,
    wording: Wording,
    at: datetime,
    extra: Mapping[str, str] | None = None,
) -> Term:
    """Add a term at the end of a list that staff may add to. `extra` has the values that the list's terms
    have besides (`Extra`).

    Raises NotOurs, vocab.VocabularyClosed, vocab.CodeTaken, CodeUnfit, LabelMissing, DaysReversed.
    """
    require(by, editor.permission)
    if vocabulary not in editor.shipped.lists:
        raise NotOurs(vocabulary)
    wording.check()
    editor.check_code(vocabulary, code)
    if not editor.may_add(vocabulary):
        raise vocab.VocabularyClosed(vocabulary)
    with transaction.atomic():
        term = vocab.add_term(
            by=by, vocabulary=vocabulary, code=code, at=at, extra=dict(extra or {}), **asdict(wording)
        )
        return _record(editor, by, term, "added", at)


def retire_term(
    editor: Editor,
    *,
    by: PersonActor,
    vocabulary: str,
    code: str,
    last_date: date,
    seen: datetime | None,
    at: datetime,
    replaced_by: str = "",
) -> Term:
    """Offer a term no longer after `last_date`; old cases still read it. `replaced_by` is the code to use
    instead.

    Raises NotOurs (also for an unknown replacement), ChangedMeanwhile, StateStays, DaysReversed, LastTerm.
    """
    require(by, editor.permission)
    with transaction.atomic():
        term = _locked(editor, vocabulary, code, seen)
        if replaced_by and (replaced_by == code or not vocab.has_term(vocabulary, replaced_by)):
            raise NotOurs(f"{vocabulary} {replaced_by}")
        _check_days(editor, term, term.valid_from, last_date, at)
        heir = {"extra": {**term.extra, "replaced_by": replaced_by}} if replaced_by else {}
        term = vocab.edit_term(by=by, vocabulary=vocabulary, code=code, at=at, valid_to=last_date, **heir)
        return _record(editor, by, term, "retired", at)


def write_policy(
    editor: Editor,
    *,
    by: PersonActor,
    name: str,
    value: Mapping[str, Any],
    based_on: int,
    at: datetime,
    valid_from: date | None = None,
) -> Policy:
    """Write the next version of a policy; every earlier one stays and cases keep the one that decided them.

    `based_on` is the newest version the editor saw; `valid_from` the first day, None: at once. Going back to
    an old version is writing its value anew. Raises NotOurs, PolicyFixed, ChangedMeanwhile, NothingChanged,
    PolicyUnfit.
    """
    require(by, editor.permission)
    shipped = editor.shipped.policies.get(name)
    if shipped is None:
        raise NotOurs(name)
    if name in editor.fixed:
        raise PolicyFixed(name)
    if found := editor.faults(name, shipped, value):
        raise PolicyUnfit(found)
    with transaction.atomic():
        seen = _seen(name, based_on)
        if seen.value == value and seen.valid_from == valid_from:
            raise NothingChanged
        made = vocab.set_policy(
            by=by, name=name, value=value, at=at, valid_from=valid_from, status=value["status"]
        )
        facts: dict[str, str | int | bool] = {"policy": name, "version": made.version}
        audit.record(by, editor.policy_changed, made, zone=editor.zone, at=at, facts=facts)
        return made


def change_settings(
    declared: Settings,
    *,
    by: PersonActor,
    policy: str,
    given: Mapping[str, Any],
    why: str,
    based_on: int,
    at: datetime,
) -> Policy:
    """Write the next version of a policy with other settings and the reason. `based_on` is the version the
    editor saw.

    Raises NotOurs, ChangedMeanwhile, NothingChanged, SettingUnfit, UnknownTerm.
    """
    require(by, declared.permission)
    if policy not in declared.groups:
        raise NotOurs(policy)
    vocab.term(declared.reasons, why)
    with transaction.atomic():
        seen = _seen(policy, based_on)
        value = declared.next_value(policy, seen.value, given, why)
        if all(setting.of(value) == setting.of(seen.value) for setting in declared.of_group(policy)):
            raise NothingChanged
        made = vocab.set_policy(by=by, name=policy, value=value, at=at)
        facts: dict[str, str | int | bool] = {"policy": policy, "version": made.version, "why": why}
        audit.record(by, declared.changed, made, zone=declared.zone, at=at, facts=facts)
        for channel in declared.signals:
            live.signal(channel)
        return made


def _seen(name: str, version: int) -> Policy:
    seen = vocab.seen_policy(name, version)
    if seen is None:
        raise NotOurs(name)
    return seen


def _locked(editor: Editor, vocabulary: str, code: str, seen: datetime | None) -> Term:
    """The term, locked, as its editor saw it."""
    ours = vocabulary in editor.shipped.lists
    term = (
        Term.objects.select_for_update().filter(vocabulary__code=vocabulary, code=code).first()
        if ours
        else None
    )
    if term is None:
        raise NotOurs(f"{vocabulary} {code}")
    if term.edited_at != seen:
        raise ChangedMeanwhile
    return term


def _check_days(
    editor: Editor, term: Term, valid_from: date | None, valid_to: date | None, at: datetime
) -> None:
    """Raise StateStays, DaysReversed, or LastTerm when this term ends or has not begun and no other of the
    list is valid for good."""
    if not editor.may_retire(term.vocabulary.code):
        raise StateStays
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise DaysReversed
    day = at.astimezone(VILNIUS).date()
    if valid_to is None and (valid_from is None or valid_from <= day):
        return
    others = (
        Term.objects.filter(vocabulary_id=term.vocabulary_id, valid_to=None)
        .exclude(pk=term.pk)
        .exclude(valid_from__gt=day)
    )
    if not others.exists():
        raise LastTerm


def _record(editor: Editor, by: PersonActor, term: Term, act: str, at: datetime) -> Term:
    facts = {"list": term.vocabulary.code, "code": term.code, "act": act}
    audit.record(by, editor.term_changed, term, zone=editor.zone, at=at, facts=facts)
    return term
