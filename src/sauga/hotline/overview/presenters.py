"""What the hotline puts on “My day” and counts in the menu: what waits, the most urgent work of the person,
and what an analyst has viewed today."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauga.hotline.assessment import queries as welfare
from sauga.hotline.handovers.queries import records
from sauga.hotline.handovers.rules import RECIPIENTS, permission_for
from sauga.hotline.items import presenters
from sauga.hotline.items.queries.worklist import View, rows_of, waiting_in, worklist
from sauga.hotline.notices.queries import notices
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.queries import messages
from sauga.kernel import vocab
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.home import DUE, FACTS, Card, Counter, Due, due
from sauga.kernel.vocab import UnknownPolicy

MOST = 4


def to_do(by: PersonActor, at: datetime) -> Mapping[str, Any] | None:
    """First what one has claimed, then the most urgent of what one may claim: assess, review, send."""
    wanted = [
        (View.MINE, Permission.ASSESS, _("claimed by me")),
        (View.REVIEW, Permission.REVIEW, _("second review")),
        (View.TO_ASSESS, Permission.ASSESS, _("assess")),
        (View.NOTICE_DUE, Permission.SEND_NOTICE, _("a notice is due")),
    ]
    lines: dict[str, Due] = {}
    for view, permission, doing in wanted:
        if by.can(permission):
            for row in rows_of(by=by, items=list(worklist(by=by, view=view)[: MOST - len(lines)]), at=at):
                lines.setdefault(row.item.ref, _due(presenters.line(row, at), doing))
    return due(
        _("Hotline"), list(lines.values())[:MOST], url_name="hotline-worklist", more=_("The whole worklist")
    )


def _due(line: presenters.Line, doing: str) -> Due:
    return Due(
        title=f"{line.ref} · {doing}",
        href=line.href,
        note=", ".join(part for part in (line.category, str(line.hosting.text), line.host) if part),
        mark=line.urgency,
        left=line.left,
        share=line.share,
        left_tone=line.left_tone,
    )


def my_load(by: PersonActor, at: datetime) -> Mapping[str, Any] | None:
    """Beside what a day should hold, so that a break is taken in time.

    The welfare lead sees these numbers and nothing more.

    None in an installation whose code lists are not loaded yet: the desk opens there, too.
    """
    try:
        own = welfare.today(by=by, at=at)
    except UnknownPolicy:
        return None
    of = _("%(n)s of at most %(most)s")
    return {
        "title": _("What I viewed today"),
        "rows": [
            (_("Assessed"), of % {"n": own.items, "most": own.most_items}),
            (_("Severe cases"), of % {"n": own.severe, "most": own.most_severe}),
        ],
        "note": _("The welfare lead sees these numbers, and no case."),
    }


CARDS = (
    Card("hotline.to_do", DUE, to_do, permission=Permission.SEE_WORKLIST, order=20),
    Card("hotline.my_load", FACTS, my_load, permission=Permission.ASSESS, order=20, side=True),
)


def _items(order: int, view: View, label: Any, permission: Permission, part_of: str = "") -> Counter:
    """Items of a view of the worklist."""
    return Counter(
        f"hotline.{view}",
        label,
        lambda by, _at: waiting_in(view, by=by),
        permission,
        "hotline-worklist",
        order,
        f"view={view}",
        part_of,
    )


def _notices(order: int, view: str, label: Any, permission: Permission) -> Counter:
    """Notices of a view of their list."""
    return Counter(
        f"hotline.notices_{view}",
        label,
        lambda _by, _at: notices.waiting_in(view=view),
        permission,
        "hotline-notices",
        order,
        f"view={view}",
    )


def _handed_to(recipient: str) -> str:
    return _("Hand-overs: %(to)s") % {"to": vocab.label("rrt.route", recipient)}


_handed_to_lazy = lazy(_handed_to, str)


def _handover(recipient: str) -> Counter:
    """Items that wait to be handed over to a recipient."""
    return Counter(
        f"hotline.handover_{recipient.lower()}",
        _handed_to_lazy(recipient),
        lambda _by, _at: records.waiting_for(recipient=recipient),
        permission_for(recipient),
        "hotline-handovers",
        24,
        f"to={recipient}",
    )


COUNTERS = (
    _items(20, View.TO_ASSESS, gettext_lazy("To assess"), Permission.ASSESS),
    _items(21, View.REVIEW, gettext_lazy("Second review"), Permission.REVIEW, "hotline.assess"),
    _items(22, View.MINE, gettext_lazy("Claimed by me"), Permission.ASSESS, "hotline.assess"),
    _notices(23, "contact", gettext_lazy("Notices that need a contact"), Permission.SEND_NOTICE),
    _notices(23, "approve", gettext_lazy("Notices to approve"), Permission.SEND_NOTICE),
    _notices(23, "disputed", gettext_lazy("Disputed notices"), Permission.REVIEW),
    Counter(
        "hotline.messages",
        gettext_lazy("Messages of reporters to read"),
        lambda by, _at: messages.unread_count(by),
        Permission.WRITE_TO_REPORTER,
        "hotline-messages",
        24,
        query="view=unread",
    ),
    *(_handover(recipient) for recipient in RECIPIENTS),
)
