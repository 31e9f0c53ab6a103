"""Reads of retention for its desk pages: periods with what they govern, holds, and who the second people
are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import QuerySet

from sauga.kernel.identity import NotFound, PersonActor, home
from sauga.kernel.identity.models import Person
from sauga.kernel.permissions import allowed, service_title
from sauga.kernel.refusals import Text
from sauga.kernel.retention import registry
from sauga.kernel.retention.models import Hold, RetentionTerm, TermChange
from sauga.kernel.retention.permissions import Permission, closed_services, is_bound, service_of
from sauga.kernel.retention.purge import due_rows
from sauga.kernel.retention.registry import KeepTerm, Rule
from sauga.kernel.retention.second_people import holders

MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Period:
    """One retention period as it is now: the default, staff's decision, the change that waits, and the rules
    that it governs."""

    term: KeepTerm
    days: int
    decided: RetentionTerm | None
    waiting: TermChange | None
    rules: tuple[Rule, ...]

    @property
    def ref(self) -> str:
        """How its page is addressed."""
        return self.term.code

    @property
    def service(self) -> str:
        """The label of the service whose records it is about."""
        return service_of(self.rules[0].model if self.rules else self.term.code)


def periods(at: datetime) -> dict[str, Period]:
    """Every period that a rule uses, by code; two queries."""
    decided = {row.code: row for row in RetentionTerm.objects.all()}
    waiting = {row.code: row for row in TermChange.objects.waiting(at)}
    found = {}
    for term in registry.terms():
        rules = tuple(registry.rules_of(term.code))
        if rules:
            row = decided.get(term.code)
            days = row.days if row else term.default.days
            found[term.code] = Period(term, days, row, waiting.get(term.code), rules)
    return found


def period_for(code: str, at: datetime) -> Period:
    """One of them. Raises NotFound."""
    found = periods(at).get(code)
    if found is None:
        raise NotFound
    return found


def changes_of(code: str) -> list[TermChange]:
    """What was proposed for a period, the newest first."""
    return list(TermChange.objects.filter(code=code).order_by("-asked_at", "-pk"))


def past_period(period: Period, days: int, at: datetime) -> int | None:
    """How many records would be past their period with so many days, counted up to MOST_COUNTED for each
    rule.

    None where a rule's own function decides, so that they cannot be counted.
    """
    if not all(rule.can_be_held for rule in period.rules):
        return None
    before = at - timedelta(days=days)
    return sum(due_rows(rule, before).order_by()[: MOST_COUNTED + 1].count() for rule in period.rules)


def seconds_for_term(change: TermChange, at: datetime) -> list[Person]:
    """Who may confirm a proposed period, by name."""
    people = holders((Permission.EDIT_TERMS, Permission.HOLD), service_of(change.code), at)
    return [person for person in people if person.pseudonym != change.asked_by]


def seconds_for_hold(hold: Hold, at: datetime) -> list[Person]:
    """Who may confirm a hold, by name."""
    people = holders((Permission.HOLD,), service_of(hold), at)
    return [person for person in people if person.pseudonym != hold.asked_by]


def holds_seen(by: PersonActor) -> QuerySet[Hold]:
    """The holds on records of the services that this person decides about."""
    rows = Hold.objects.all()
    for service in closed_services(by.services_for(Permission.HOLD)):
        rows = rows.exclude(object_kind__startswith=f"{service}.")
    return rows


def holds_in_force(at: datetime) -> QuerySet[Hold]:
    """The holds that keep records from deletion at this moment, of every service."""
    return Hold.objects.in_force(at)


def person_id(pseudonym: str) -> int | None:
    """The id of the member of staff with this pseudonym, or None."""
    found = Person.objects.filter(pseudonym=pseudonym).values_list("pk", flat=True).first()
    return int(found) if found is not None else None


def hold_for(by: PersonActor, ref: str) -> Hold:
    """One of them. Raises NotFound."""
    row = Hold.objects.filter(ref=ref).first()
    if row is None or not allowed(by, Permission.HOLD, row):
        raise NotFound
    return row


def hold_on(kind: str, ref: str, at: datetime) -> Hold | None:
    """What protects a record at `at`: the confirmed hold that lasts longest, else one that waits."""
    rows = Hold.objects.in_force(at).filter(object_kind=kind, object_ref=ref)
    return max(rows, key=lambda row: (row.confirmed_at is not None, row.expires_at), default=None)


def offered_kinds(by: PersonActor) -> dict[str, Rule]:
    """The kinds of records on which this person may place a hold by number."""
    services = by.services_for(Permission.HOLD)
    return {
        model: rule
        for model, rule in registry.holdable().items()
        if not is_bound(service_of(model)) or service_of(model) in services
    }


def holds_to_confirm(by: PersonActor, at: datetime) -> QuerySet[Hold]:
    """Holds that another person asked for and this person may confirm."""
    return holds_seen(by).filter(pk__in=Hold.objects.waiting(at).values("pk")).exclude(asked_by=by.pseudonym)


def changes_to_confirm(by: PersonActor, at: datetime) -> list[TermChange]:
    """Changes of periods that another person proposed and this person may confirm."""
    changes = TermChange.objects.waiting(at).exclude(asked_by=by.pseudonym).order_by("pk")
    used = {term.code for term in registry.terms() if registry.rules_of(term.code)}
    return [row for row in changes if row.code in used and allowed(by, Permission.HOLD, row.code)]


def count_holds(by: PersonActor, at: datetime) -> int:
    """How many holds wait for this person."""
    return home.count_of(holds_to_confirm(by, at))


def count_changes(by: PersonActor, at: datetime) -> int:
    """How many changes of periods wait for this person."""
    return len(changes_to_confirm(by, at))


def title_of(service: str) -> str:
    """The name of a service, or of the application whose tables a kernel package keeps."""
    title = service_title(service)
    return "" if title == service else title


def what_of(model: str, said: Text = "") -> str:
    """Which records a model holds, in words; the model's own name where the declaration says nothing."""
    return str(said) or str(apps.get_model(model)._meta.verbose_name_plural)


def kind_words(kind: str) -> str:
    """What one kind of held record is called."""
    rule = registry.holdable().get(kind)
    known: Iterable[Rule] = (one for one in registry.rules() if one.model == kind)
    found = rule or next(iter(known), None)
    return what_of(found.model, found.what) if found else kind
