"""What the repository puts on “My Sauga” of members who act for a partner, and into their “my data”."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.i18n import long_date
from sauga.kernel.members import Holding, MemberActor, MemberPage, Suggestion, Waiting
from sauga.kernel.members.models import Member
from sauga.repository.adaptations import presenters as words
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries import approvals as waiting_queries
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.deployments.queries import deployments
from sauga.repository.overview import queries as overview
from sauga.repository.states import AdaptationState

MOST_EACH = 3
"""More adaptations of one kind are one line that leads to the list."""

PAGES = (
    MemberPage(
        url="repository-own",
        label=pgettext_lazy("My Sauga menu", "Adaptations"),
        order=30,
        is_for=queries.has_partner,
    ),
)
SUGGESTIONS = (
    Suggestion(
        url="repository-choose",
        title=_("Adapt a resource for your organisation"),
        text=_("Names, places, a logo, another language. The licence is checked before you begin."),
        icon="copy",
        order=10,
        is_for=lambda by: bool(queries.own_partners(by)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """Adaptations that wait for the same thing; `together` names many of them in one line."""

    find: Callable[[MemberActor], list[Adaptation]]
    together: Callable[[int], str]
    text: Promise
    action: Promise
    icon: str
    page: str = "repository-adaptation"


KINDS = (
    _Kind(
        find=lambda by: waiting_queries.waiting_in(by, AdaptationState.MERGE_OFFERED),
        together=lambda n: ngettext(
            "The originals of %(n)d adaptation have changed",
            "The originals of %(n)d adaptations have changed",
            n,
        ),
        text=_("The original has changed. Take over what is new, or keep your version for now."),
        action=_("Compare"),
        icon="refresh-cw",
        page="repository-update",
    ),
    _Kind(
        find=waiting_queries.objected,
        together=lambda n: ngettext(
            "The owner objects to %(n)d adaptation", "The owner objects to %(n)d adaptations", n
        ),
        text=_("The owner objects. Read why, and change a new version of it."),
        action=_("Read"),
        icon="message-circle",
    ),
    _Kind(
        find=lambda by: waiting_queries.waiting_in(by, AdaptationState.PARTNER_REVIEW),
        together=lambda n: ngettext(
            "%(n)d adaptation waits for its last check", "%(n)d adaptations wait for their last check", n
        ),
        text=_("Look at the whole, then release it."),
        action=_("Check and release"),
        icon="eye",
    ),
    _Kind(
        find=lambda by: waiting_queries.waiting_in(by, AdaptationState.EDITING),
        together=lambda n: ngettext(
            "%(n)d adaptation is not finished", "%(n)d adaptations are not finished", n
        ),
        text=_("Started, not released yet."),
        action=_("Continue"),
        icon="pencil",
    ),
)


def waiting(by: MemberActor, at: datetime) -> Iterable[Waiting]:
    """New versions of originals, objections, adaptations to finish, deployments that were suspended."""
    for kind in KINDS:
        yield from _lines(kind, kind.find(by))
    yield from _suspended(by)


def _lines(kind: _Kind, rows: Sequence[Adaptation]) -> Iterable[Waiting]:
    """A line for each, or one for all where there are many."""
    if len(rows) > MOST_EACH:
        title = kind.together(len(rows)) % {"n": len(rows)}
        lines = [(title, reverse("repository-own"))]
    else:
        lines = [(words.name(row), reverse(kind.page, args=[row.ref])) for row in rows]
    for title, href in lines:
        yield Waiting(title=title, text=kind.text, href=href, action=kind.action, icon=kind.icon)


def _suspended(by: MemberActor) -> Iterable[Waiting]:
    """What the awareness centre suspended: one line, the list says which."""
    count = len(deployments.suspended(by))
    if count:
        yield Waiting(
            title=ngettext("%(n)d deployment is suspended", "%(n)d deployments are suspended", count)
            % {"n": count},
            text=gettext("Readers do not see it at present. The list shows which."),
            href=reverse("repository-own"),
            action=gettext("View"),
            icon="pause",
        )


def _export(member: Member, _at: datetime) -> list[dict[str, Any]]:
    """What the member did to which adaptation: the steps that carry the member's pseudonym."""
    return [
        {
            "adaptation": words.name(step.subject),
            "state": vocab.label("state.adaptation", step.after),
            "at": step.at.isoformat(),
        }
        for step in overview.steps_by(member.pseudonym)
    ]


def _lines_of(member: Member, _at: datetime) -> list[tuple[str, str]]:
    """The same in words."""
    return [
        (
            words.name(step.subject),
            f"{vocab.label('state.adaptation', step.after)} · {long_date(localtime(step.at))}",
        )
        for step in overview.steps_by(member.pseudonym)
    ]


def _kept(member: Member) -> Sequence[str | Promise]:
    if not overview.steps_by(member.pseudonym):
        return ()
    return (_("Adaptations stay with your organisation: they are its work, and other people use them."),)


HOLDING = Holding(code="repository", title=_("Adaptations"), export=_export, lines=_lines_of, kept=_kept)
