"""Every change by staff. A term remembers who edited it last; a policy keeps every version. The calling
service writes the audit entry."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile
from sauga.kernel.vocab.memory import announce_change
from sauga.kernel.vocab.models import Policy, Term, Vocabulary
from sauga.kernel.vocab.views import UnknownTerm, UnknownVocabulary

EDITABLE = frozenset(
    {
        "label_lt",
        "label_en",
        "valid_from",
        "valid_to",
        "source",
        "status",
        "lt_status",
        "parent",
        "position",
        "extra",
    }
)


class Author(Protocol):
    """Who changes a list; any actor of the installation."""

    @property
    def pseudonym(self) -> str: ...


class CodeTaken(ActionRefused):
    """The vocabulary already has this code, perhaps retired: codes are never used again."""

    message = _(
        "The list has this code already, perhaps retired. Codes are never used again: choose another."
    )


class VocabularyClosed(ActionRefused):
    """The program's own rules use these codes; a new one comes only with a release."""

    message = _("The rules of the program use these codes; a new one comes with a release.")


@transaction.atomic
def edit_term(*, by: Author, vocabulary: str, code: str, at: datetime, **changes: Any) -> Term:
    """Change labels, validity, order or notes of a term, never its code. A later load leaves the term alone.

    `changes` are names from EDITABLE, else TypeError. Raises UnknownTerm; IntegrityError when valid_to is
    before valid_from.
    """
    if unknown := changes.keys() - EDITABLE:
        raise TypeError(f"a term has no {sorted(unknown)[0]} to edit")
    term = Term.objects.select_for_update().filter(vocabulary__code=vocabulary, code=code).first()
    if term is None:
        raise UnknownTerm(f"{vocabulary} has no {code}")
    for name, value in changes.items():
        setattr(term, name, value)
    term.edited_at, term.edited_by = at, by.pseudonym
    term.save(update_fields=[*changes, "edited_at", "edited_by"])
    announce_change()
    return term


@transaction.atomic
def add_term(
    *, by: Author, vocabulary: str, code: str, label_lt: str, label_en: str, at: datetime, **more: Any
) -> Term:
    """Add a term at the end of an open vocabulary.

    Raises UnknownVocabulary, VocabularyClosed or CodeTaken.
    """
    if unknown := more.keys() - EDITABLE:
        raise TypeError(f"a term has no {sorted(unknown)[0]}")
    row = Vocabulary.objects.select_for_update().filter(code=vocabulary).first()
    if row is None:
        raise UnknownVocabulary(vocabulary)
    if not row.open:
        raise VocabularyClosed(vocabulary)
    if row.terms.filter(code=code).exists():
        raise CodeTaken(code)
    last = row.terms.order_by("-position").values_list("position", flat=True).first()
    more.setdefault("position", 0 if last is None else last + 1)
    more.setdefault("status", "provisional")
    term = row.terms.create(
        code=code, label_lt=label_lt, label_en=label_en, edited_at=at, edited_by=by.pseudonym, **more
    )
    announce_change()
    return term


def seen_policy(name: str, version: int) -> Policy | None:
    """The newest version of a policy, locked until the transaction ends, when it is the one that its editor
    saw (0: there was none).

    Raises ChangedMeanwhile for another one; None where there is no version at all.
    """
    newest = Policy.objects.select_for_update().filter(name=name).order_by("-version").first()
    if newest is not None and newest.version != version:
        raise ChangedMeanwhile
    return newest


@transaction.atomic
def set_policy(
    *,
    by: Author,
    name: str,
    value: Mapping[str, Any],
    at: datetime,
    valid_from: date | None = None,
    status: str = "confirmed",
) -> Policy:
    """Write the next version of a policy; earlier versions stay.

    A later load leaves an edited policy alone.
    """
    # The lock on the newest row makes two editors follow one another; the first version of a name is guarded
    # by the unique constraint.
    newest = Policy.objects.select_for_update().filter(name=name).order_by("-version").first()
    row = Policy.objects.create(
        name=name,
        version=newest.version + 1 if newest else 1,
        value=dict(value),
        valid_from=valid_from,
        status=status,
        made_at=at,
        made_by=by.pseudonym,
        edited_at=at,
    )
    announce_change()
    return row
