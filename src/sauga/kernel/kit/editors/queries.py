"""Lists, policies and settings as their editors see them: what came with the program, what staff made of it,
and when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.http import Http404

from sauga.kernel.clock import local_day
from sauga.kernel.i18n import fold
from sauga.kernel.identity import PersonActor, names_of, require
from sauga.kernel.kit.editors.declared import TO_CONFIRM, Editor
from sauga.kernel.kit.editors.shape import changes
from sauga.kernel.vocab.models import Policy, Term, Vocabulary


@dataclass(frozen=True)
class Version:
    """One version of a policy, who wrote it, and the version before.

    `author` is empty for what came with the program.
    """

    policy: Policy
    author: str
    is_in_force: bool
    before: Policy | None

    @property
    def changed(self) -> int:
        """How many lines differ from the version before."""
        return sum(sign in "-+" for sign, _line in self.changes())

    def changes(self) -> list[tuple[str, str]]:
        """The lines that differ from the version before."""
        return changes(self.before.value, self.policy.value) if self.before else []


def lists(
    editor: Editor, *, by: PersonActor, at: datetime, find: str = "", only: str = ""
) -> list[Vocabulary]:
    """The lists by code, with `all_terms`, `over`, `open_terms` and `edited_terms` counted.

    `find` looks in code and titles without regard to case and marks; `only`: confirm, edited.
    """
    require(by, editor.permission)
    rows = (
        Vocabulary.objects.filter(code__in=editor.shipped.lists)
        .annotate(
            all_terms=Count("terms"),
            over=Count("terms", filter=Q(terms__valid_to__lt=local_day(at))),
            open_terms=Count("terms", filter=Q(terms__status=TO_CONFIRM)),
            edited_terms=Count("terms", filter=Q(terms__edited_at__isnull=False)),
        )
        .order_by("code")
    )
    if only == "confirm":
        rows = rows.filter(Q(status=TO_CONFIRM) | Q(open_terms__gt=0))
    elif only == "edited":
        rows = rows.filter(edited_terms__gt=0)
    return [row for row in rows if _matches(find, row.code, row.title_lt, row.title_en)]


def list_for(editor: Editor, by: PersonActor, code: str) -> Vocabulary:
    """One of the service's lists, for those who may edit it.

    Raises Http404 for others and for lists of other services.
    """
    ours = code in editor.shipped.lists and by.can(editor.permission)
    row = Vocabulary.objects.filter(code=code).first() if ours else None
    if row is None:
        raise Http404
    return row


def term_for(editor: Editor, by: PersonActor, vocabulary: str, code: str) -> Term:
    """One term of a list of the service. Raises Http404."""
    row = (
        Term.objects.select_related("vocabulary")
        .filter(vocabulary=list_for(editor, by, vocabulary), code=code)
        .first()
    )
    if row is None:
        raise Http404
    return row


def terms_of(vocabulary: Vocabulary, *, at: datetime, find: str = "", only: str = "") -> list[Term]:
    """The terms of a list in their order. `only`: valid, retired, confirm, edited."""
    rows = vocabulary.terms.order_by("position", "id")
    if only == "confirm":
        rows = rows.filter(Q(status=TO_CONFIRM) | Q(lt_status="draft"))
    elif only == "edited":
        rows = rows.exclude(edited_at=None)
    elif only:
        rows = rows.filter(pk__in=[row.pk for row in rows if validity(row, local_day(at)) == only])
    return [row for row in rows if _matches(find, row.code, row.label_lt, row.label_en)]


def validity(term: Term, day: date) -> str:
    """Whether a term is valid on the day, retired, or coming."""
    if term.valid_to is not None and term.valid_to < day:
        return "retired"
    return "coming" if term.valid_from is not None and term.valid_from > day else "valid"


def policies(
    editor: Editor, *, by: PersonActor, at: datetime, find: str = "", only: str = ""
) -> list[list[Version]]:
    """The policies by name, each with its versions, the one in force first.

    `find` looks in names and notes; `only`: confirm, edited.
    """
    require(by, editor.permission)
    found = []
    for name, versions in versions_of(editor.shipped.policies, at).items():
        current = next(one for one in versions if one.is_in_force)
        fits = {"confirm": current.policy.status == TO_CONFIRM, "edited": bool(current.author)}.get(
            only, True
        )
        if fits and _matches(find, name, str(current.policy.value.get("note", ""))):
            found.append([current, *(one for one in versions if one is not current)])
    return found


def policy_for(editor: Editor, by: PersonActor, name: str, at: datetime) -> list[Version]:
    """Every version of a policy, newest first.

    Raises Http404 for others and for policies of other services.
    """
    ours = name in editor.shipped.policies and by.can(editor.permission)
    versions = versions_of([name], at).get(name) if ours else None
    if not versions:
        raise Http404
    return versions


def versions_of(names: Collection[str], at: datetime) -> Mapping[str, list[Version]]:
    """Every version of the policies, newest first; two queries.

    In force is the newest whose first day has come, otherwise the oldest.
    """
    rows: dict[str, list[Policy]] = {}
    for row in Policy.objects.filter(name__in=names).order_by("name", "-version"):
        rows.setdefault(row.name, []).append(row)
    people = names_of({row.made_by for found in rows.values() for row in found})
    return {name: _versions(found, local_day(at), people) for name, found in rows.items()}


def _versions(rows: list[Policy], day: date, people: Mapping[str, str]) -> list[Version]:
    current = next((row for row in rows if row.valid_from is None or row.valid_from <= day), rows[-1])
    return [
        Version(
            row,
            "" if row.made_by.startswith("data:") else people.get(row.made_by, row.made_by),
            row is current,
            before,
        )
        for row, before in zip(rows, [*rows[1:], None], strict=True)
    ]


def _matches(find: str, *texts: str) -> bool:
    wanted = fold(find.strip())
    return not wanted or any(wanted in fold(text) for text in texts)
