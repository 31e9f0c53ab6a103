"""The worklist: what to assess next, in the order of urgency.

One page costs the same at a thousand items and at a million.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from sauga.hotline.addresses.rules.addresses import KEY_VERSION, near_key, read_location, registrable_domain
from sauga.hotline.addresses.rules.addresses import Location as Given
from sauga.hotline.content.models import (
    ACTED_ON,
    IN_REVIEW,
    LIVE,
    NOTICE_DUE,
    SECOND_HALF,
    ContentItem,
    ItemSet,
    came_back,
    stands_in,
    still_at_home,
)
from sauga.hotline.content.queries import open_addresses
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.models import Location, Report
from sauga.hotline.states import TO_ASSESS, Handling
from sauga.kernel import sealed, statements
from sauga.kernel.i18n import sort_key
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.identity.models import Grant, Membership, Person
from sauga.kernel.ids import normalise_reference

ZONE = sealed.Zone.HOTLINE
PAGE = 50
MOST_FOUND = 500
FEWEST_SIGNS = 3
PART_OF_NUMBER = re.compile(r"[0-9A-Za-z]{1,4}(?:[- ]?[0-9A-Za-z]{0,4})?")
ORDER = ("priority", "due_at", "pk")
MOST_COUNTED = 999  # beyond this a count says "999+": exact numbers of long lists cost time and are of no use


class View(StrEnum):
    """Saved views, in the order of their number keys."""

    TO_ASSESS = "assess"
    MINE = "mine"
    REVIEW = "review"
    NOTICE_DUE = "notice"
    FOLLOWED = "followed"
    AT_HOME = "home"
    CAME_BACK = "back"
    ALL = "all"


COUNTED = tuple(view for view in View if view is not View.ALL)
VIEW_STATES: Mapping[View, Sequence[Handling]] = {
    View.TO_ASSESS: TO_ASSESS,
    View.REVIEW: IN_REVIEW,
    View.NOTICE_DUE: NOTICE_DUE,
    View.FOLLOWED: (Handling.FOLLOWED,),
}


@dataclass(frozen=True)
class Row:
    """One line of the list. `host` is empty while the vault is locked."""

    item: ContentItem
    host: str
    taken: bool


def worklist(*, by: PersonActor, view: View = View.TO_ASSESS, text: str = "", **narrowed: str) -> ItemSet:
    """The items of a view, or those that `text` names (see `find`), in the order P1…P5, then due time.

    Raises PermissionRefused.

    `narrowed` compares columns: priority, category, hosting_class.
    """
    require(by, Permission.SEE_WORKLIST)
    items = find(by=by, text=text) if text else _view(by.person_id, view)
    given = {name: value for name, value in narrowed.items() if value}
    return items.filter(**given).select_related("taken_by", "provider").order_by(*ORDER)


def counts(*, by: PersonActor) -> dict[View, int]:
    """How many items each view has, up to 1,000 (shown as "999+"). The view of all items is not counted."""
    require(by, Permission.SEE_WORKLIST)
    return _counts(views=COUNTED, person_id=by.person_id)


def waiting_in(view: View, *, by: PersonActor) -> int:
    """How many items one view has, up to 1,000. Raises PermissionRefused."""
    require(by, Permission.SEE_WORKLIST)
    return _counts(views=(view,), person_id=by.person_id)[view]


@statements.counted(MOST_COUNTED + 1)
def _counts(*, views: tuple[View, ...], person_id: int) -> Mapping[View, QuerySet[ContentItem]]:
    return {view: _view(person_id, view) for view in views}


def said_count(count: int) -> str:
    """A count as people read it: exact, or "999+"."""
    return "999+" if count > MOST_COUNTED else str(count)


def items_of(*, by: PersonActor, refs: Sequence[str]) -> list[ContentItem]:
    """The items behind ticked rows, in the order of the list, at most a page of them; unknown references are
    left out."""
    require(by, Permission.SEE_WORKLIST)
    wanted = [normalise_reference(ref) for ref in refs[:PAGE]]
    found = ContentItem.objects.filter(ref__in=wanted).select_related("provider", "taken_by")
    return list(found.order_by("priority", "due_at", "pk"))


def rows_of(*, by: PersonActor, items: Sequence[ContentItem], at: datetime) -> list[Row]:
    """Lines for these items, with their hosts where the vault is open."""
    hosts = _hosts(by, items)
    return [Row(item, hosts.get(item.ref, ""), _taken(item, at)) for item in items]


def analysts(*, by: PersonActor, at: datetime) -> list[Person]:
    """Colleagues to whom an item can be handed: everybody else who may assess today, by name."""
    require(by, Permission.ASSESS)
    granted = Grant.objects.filter(permission=Permission.ASSESS, allowed=True).values("role_id")
    working = Membership.objects.serving("hotline", at).filter(role_id__in=granted).values("person_id")
    return sorted(
        Person.objects.filter(pk__in=working, is_active=True).exclude(pk=by.person_id),
        key=lambda person: sort_key(person.name),
    )


def next_for(*, by: PersonActor, at: datetime) -> ContentItem | None:
    """The most urgent item that waits for this analyst and that is not claimed."""
    require(by, Permission.ASSESS)
    free = Q(taken_by=None) | Q(taken_until__lt=at) | Q(taken_by_id=by.person_id)
    waiting = ContentItem.objects.filter(free, handling=Handling.AWAITING_ASSESSMENT).still_asked()
    return waiting.order_by("priority", "due_at", "pk").first()


def find(*, by: PersonActor, text: str) -> ItemSet:
    """Items that a number or the beginning of one of its halves, an address, a host name or a domain names.

    The most exact answer is given alone: a host, known or not, is not mixed with the other hosts of its
    domain (`wider` offers those). Addresses are compared by blind index, never by text.
    """
    require(by, Permission.SEE_WORKLIST)
    location, ref = read_location(text.strip()), normalise_reference(text)
    # Each question has its own index; put together with OR they would read every item there is.
    exact = [
        Q(ref=ref),
        Q(pk__in=Location.objects.filter(report__ref=ref).values("item")),
        Q(key=sealed.blind(ZONE, "item-key", location.key), key_version=KEY_VERSION),
    ]
    near = [Q(near_index=sealed.blind(ZONE, "item-near", near_key(location)))] if location.host else []
    steps = [[*exact, *near]]
    if is_host(location):
        steps[0].append(Q(host_index=sealed.blind(ZONE, "item-host", location.host)))
        if location.host == registrable_domain(location.host):
            steps[0].append(Q(domain_index=sealed.blind(ZONE, "item-domain", location.host)))
    if len(text.strip()) >= FEWEST_SIGNS and PART_OF_NUMBER.fullmatch(text.strip()):
        steps.append(_part_of_number(ref))
    return next((found for step in steps if (found := _answer(step)).exists()), ContentItem.objects.none())


@dataclass(frozen=True)
class Domain:
    """A domain to look for, and how many items its other hosts have, at most `MOST_FOUND`."""

    name: str
    others: int


def wider(*, by: PersonActor, text: str) -> Domain | None:
    """The domain of the host that was asked for, where its other hosts have items too."""
    require(by, Permission.SEE_WORKLIST)
    location = read_location(text.strip())
    domain = registrable_domain(location.host) if location.host and is_host(location) else ""
    if not domain or domain == location.host:
        return None
    rows = ContentItem.objects.filter(domain_index=sealed.blind(ZONE, "item-domain", domain))
    others = rows.exclude(host_index=sealed.blind(ZONE, "item-host", location.host))[:MOST_FOUND].count()
    return Domain(domain, others) if others else None


def is_host(location: Given) -> bool:
    """Whether no more than a host was typed."""
    return bool(location.host) and location.key.endswith(f"//{location.host}/")


def _part_of_number(ref: str) -> list[Q]:
    """Items and reports whose number begins so, or whose second half does; there is an index for both."""
    asked = [
        Q(ref__startswith=ref),
        Q(pk__in=Location.objects.filter(report__ref__startswith=ref).values("item")),
    ]
    if "-" not in ref:
        asked += [
            Q(second_half__startswith=ref),
            Q(pk__in=Location.objects.filter(report__in=_reports_ending(ref)).values("item")),
        ]
    return asked


def _reports_ending(part: str) -> QuerySet[Report]:
    return Report.objects.annotate(second_half=SECOND_HALF).filter(second_half__startswith=part)


def _answer(questions: list[Q]) -> ItemSet:
    rows = ContentItem.objects.annotate(second_half=SECOND_HALF).order_by()
    pks = {
        pk for question in questions for pk in rows.filter(question).values_list("pk", flat=True)[:MOST_FOUND]
    }
    return ContentItem.objects.filter(pk__in=sorted(pks)[:MOST_FOUND])


def _taken(item: ContentItem, at: datetime) -> bool:
    return item.taken_by_id is not None and item.taken_until is not None and item.taken_until > at


def _view(person_id: int, view: View) -> ItemSet:
    if view is View.ALL:
        return ContentItem.objects.all()
    if view is View.MINE:
        return ContentItem.objects.filter(stands_in(LIVE), taken_by_id=person_id)
    if view is View.AT_HOME:
        return ContentItem.objects.filter(stands_in(ACTED_ON), still_at_home())
    if view is View.CAME_BACK:
        return ContentItem.objects.filter(stands_in(ACTED_ON), came_back())
    items = ContentItem.objects.filter(stands_in(VIEW_STATES[view]))
    return items.still_asked() if view is View.TO_ASSESS else items


def _hosts(by: PersonActor, items: Sequence[ContentItem]) -> dict[str, str]:
    if by.vault is None:
        return {}
    return {
        ref: read_location(address.url).host or address.url[:40]
        for ref, address in open_addresses(items, by.vault).items()
    }
