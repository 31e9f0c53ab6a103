"""Code lists and policies of the hotline as their editors see them: what came with the program, what staff made of it, and when."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from sauga.hotline.rules import lists as rules
from sauga.hotline.rules import policies
from sauga.hotline.rules.permissions import Permission
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import fold
from sauga.kernel.identity import PersonActor, names_of, require
from sauga.kernel.vocab.models import Policy, Term, Vocabulary

DATA = Path(__file__).parents[1] / "data"
TO_CONFIRM = "provisional"
AROUND = 2  # unchanged lines shown around a change
OWN_PAGE = "policy.alerts_"
"""Edited on the page of alerts (`kernel.notices`), which checks whom a step may call."""


@dataclass(frozen=True)
class Shipped:
    """What came with the program: the codes of the hotline's lists, and its policies by name."""

    lists: frozenset[str]
    policies: Mapping[str, Mapping[str, Any]]


@lru_cache(maxsize=1)
def shipped() -> Shipped:
    """Lists and policies in the hotline's own data files."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*_vocabularies.json"))]
    policies = {name: value for file in files for name, value in file.get("policy_defaults", {}).items() if not name.startswith(OWN_PAGE)}
    lists = {code for file in files for section in ("vocabularies", "state_machines") for code in file.get(section, {})}
    return Shipped(frozenset(lists), policies)


@dataclass(frozen=True)
class ListLine:
    """One code list. `to_confirm` counts the terms that somebody still has to confirm."""

    code: str
    title: str
    status: str
    source: str
    terms: int
    retired: int
    to_confirm: int
    edited: int

    @property
    def is_provisional(self) -> bool:
        return self.status == TO_CONFIRM


def code_lists(*, by: PersonActor, at: datetime, find: str = "", only: str = "", language: str = "lt") -> list[ListLine]:
    """The hotline's lists by code. `find` looks in code and titles without regard to case and marks; `only`: confirm, edited."""
    require(by, Permission.EDIT_POLICY)
    day = at.astimezone(VILNIUS).date()
    rows = (
        Vocabulary.objects.filter(code__in=shipped().lists)
        .annotate(
            all_terms=Count("terms"),
            over=Count("terms", filter=Q(terms__valid_to__lt=day)),
            open_terms=Count("terms", filter=Q(terms__status=TO_CONFIRM)),
            changed=Count("terms", filter=Q(terms__edited_at__isnull=False)),
        )
        .order_by("code")
    )
    lines = [
        ListLine(row.code, _title(row, language), row.status, row.source, row.all_terms, row.over, row.open_terms, row.changed)
        for row in rows
        if _matches(find, row.code, row.title_lt, row.title_en)
    ]
    if only == "confirm":
        return [line for line in lines if line.is_provisional or line.to_confirm]
    return [line for line in lines if line.edited] if only == "edited" else lines


def _title(row: Vocabulary, language: str) -> str:
    first, second = (row.title_en, row.title_lt) if language == "en" else (row.title_lt, row.title_en)
    return first or second or row.code


def _matches(find: str, *texts: str) -> bool:
    wanted = fold(find.strip())
    return not wanted or any(wanted in fold(text) for text in texts)


def list_for(actor: PersonActor, code: str) -> Vocabulary:
    """One of the hotline's lists, for whoever may edit it. Raises Http404 for others and for lists of other services."""
    row = Vocabulary.objects.filter(code=code).first() if code in shipped().lists and actor.can(Permission.EDIT_POLICY) else None
    if row is None:
        raise Http404
    return row


def term_for(actor: PersonActor, vocabulary: str, code: str) -> Term:
    """One term of a list of the hotline. Raises Http404."""
    row = Term.objects.select_related("vocabulary").filter(vocabulary=list_for(actor, vocabulary), code=code).first()
    if row is None:
        raise Http404
    return row


@dataclass(frozen=True)
class TermLine:
    """One term as its editors see it."""

    term: Term
    validity: str
    editor: str

    @property
    def is_provisional(self) -> bool:
        return self.term.status == TO_CONFIRM

    @property
    def is_draft(self) -> bool:
        """The Lithuanian wording waits for an editor of the language."""
        return self.term.lt_status == "draft"

    @property
    def marks(self) -> set[str]:
        """The filters that show this term."""
        open_work = {"confirm"} if self.is_provisional or self.is_draft else set()
        return {self.validity} | open_work | ({"edited"} if self.term.edited_at is not None else set())


def terms_of(vocabulary: Vocabulary, *, at: datetime, find: str = "", only: str = "") -> list[TermLine]:
    """The terms of a list in their order. `only`: valid, retired, confirm, edited."""
    day = at.astimezone(VILNIUS).date()
    rows = list(vocabulary.terms.order_by("position", "id"))
    names = names_of({row.edited_by for row in rows if row.edited_by})
    lines = [
        TermLine(row, validity(row, day), names.get(row.edited_by, row.edited_by))
        for row in rows
        if _matches(find, row.code, row.label_lt, row.label_en)
    ]
    return [line for line in lines if not only or only in line.marks]


def validity(term: Term, day: date) -> str:
    """Whether a term is offered on the day: valid, retired, or coming."""
    if term.valid_to is not None and term.valid_to < day:
        return "retired"
    return "coming" if term.valid_from is not None and term.valid_from > day else "valid"


def may_add(vocabulary: Vocabulary) -> bool:
    """Whether staff may add a term to this list."""
    return rules.may_add(vocabulary.code, is_open=vocabulary.open)


@dataclass(frozen=True)
class Version:
    """One version of a policy: who wrote it when, and what it changed against the version before."""

    policy: Policy
    author: str
    is_in_force: bool
    changed: int

    @property
    def is_shipped(self) -> bool:
        return self.policy.made_by.startswith("data:")


@dataclass(frozen=True)
class PolicyLine:
    """One policy of the overview: the version in force, and how many there are."""

    name: str
    current: Version
    versions: int

    @property
    def is_provisional(self) -> bool:
        return self.current.policy.status == TO_CONFIRM


def policy_lines(*, by: PersonActor, at: datetime, find: str = "", only: str = "") -> list[PolicyLine]:
    """The hotline's policies by name. `find` looks in names and notes; `only`: confirm, edited."""
    require(by, Permission.EDIT_POLICY)
    by_name: dict[str, list[Policy]] = {}
    for row in Policy.objects.filter(name__in=shipped().policies).order_by("name", "-version"):
        by_name.setdefault(row.name, []).append(row)
    names = names_of({row.made_by for rows in by_name.values() for row in rows})
    lines = []
    for name, rows in by_name.items():
        version = next(one for one in _versions(rows, at, names) if one.is_in_force)
        if _matches(find, name, str(version.policy.value.get("note", ""))):
            lines.append(PolicyLine(name, version, len(rows)))
    if only == "confirm":
        return [line for line in lines if line.is_provisional]
    return [line for line in lines if not line.current.is_shipped] if only == "edited" else lines


def policy_for(actor: PersonActor, name: str, at: datetime) -> list[Version]:
    """Every version of a policy, newest first. Raises Http404 for others and for policies of other services."""
    known = name in shipped().policies and actor.can(Permission.EDIT_POLICY)
    rows = list(Policy.objects.filter(name=name).order_by("-version")) if known else []
    if not rows:
        raise Http404
    return _versions(rows, at, names_of({row.made_by for row in rows}))


def _versions(rows: list[Policy], at: datetime, names: Mapping[str, str]) -> list[Version]:
    """Rows newest first. In force is the newest whose first day has come; the oldest, should none have."""
    day = at.astimezone(VILNIUS).date()
    current = next((row for row in rows if row.valid_from is None or row.valid_from <= day), rows[-1])
    before = [*rows[1:], None]
    return [
        Version(
            row,
            names.get(row.made_by, row.made_by),
            row is current,
            sum(sign in "-+" for sign, _ in changes(old.value, row.value)) if old else 0,
        )
        for row, old in zip(rows, before, strict=True)
    ]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The lines that differ between two versions with a little around them: "-" gone, "+" new, " " as before, "…" left out."""
    old, new = policies.write(before).splitlines(), policies.write(after).splitlines()
    shown: list[tuple[str, str]] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        if shown or group[0][1]:
            shown.append(("…", ""))
        for what, old_from, old_to, new_from, new_to in group:
            if what == "equal":
                shown += [(" ", line) for line in old[old_from:old_to]]
                continue
            shown += [("-", line) for line in old[old_from:old_to]] + [("+", line) for line in new[new_from:new_to]]
    return shown


def known_codes() -> dict[str, Collection[str]]:
    """The codes of every list that a policy may name."""
    found: dict[str, list[str]] = {code: [] for code in policies.LISTS.values()}
    for code, term in Term.objects.filter(vocabulary__code__in=found).order_by("position").values_list("vocabulary__code", "code"):
        found[code].append(term)
    return dict(found)
