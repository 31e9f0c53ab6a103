"""What the voice adds to the members' space: menu, home, what a withdrawal affects, what happens with a
member's things."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import long_datetime
from sauga.panel.effects import MEETING, NEWS, SAID, WAITING, HomePart, MenuPage, Text
from sauga.panel.members.models import Member
from sauga.panel.voice.actions.erasure import forget_member, held_by
from sauga.panel.voice.presenters import PROPOSAL_STATES, news_line
from sauga.panel.voice.queries import cycles
from sauga.panel.voice.queries import proposals as queries
from sauga.panel.voice.rules.states import ASKED

MENU = (
    MenuPage(url="panel-cycle", label=_("This cycle"), order=10),
    MenuPage(url="panel-proposals", label=_("Proposals"), order=20),
    MenuPage(url="panel-topics", label=pgettext_lazy("menu", "Topics and questions"), order=40),
    MenuPage(url="panel-meetings", label=pgettext_lazy("menu", "Meetings"), order=50),
    MenuPage(url="panel-ledger", label=_("What changed"), order=60),
)
ADULT_ACTS = {
    "READ_TEXT": _("Read and published a text"),
    "RETURNED_TEXT": _("Returned a text"),
    "HID_TEXT": _("Hid a text"),
    "ANSWERED_TEXT": _("Answered a question"),
    "PROMISED_REPLY": _("Promised an answer by a day"),
    "ADDED_TOPIC": _("Wrote down a topic of somebody who asks"),
    "OPENED_DISCUSSION": _("Opened the discussion of a proposal"),
    "ENDED_DISCUSSION": _("Ended the discussion of a proposal"),
    "SENT_PROPOSAL": _("Sent a proposal to who must answer"),
    "REPLIED_TO_ADDRESSEE": _("Answered a question of who must answer"),
    "PUBLISHED_ANSWER": _("Published an answer"),
    "REPORTED_BACK": _("Reported what came of a proposal"),
    "MEETING_PLANNED": _("Planned or changed a meeting"),
    "MEETING_HELD": _("Held a meeting"),
    "MEETING_MINUTED": _("Published the minutes of a meeting"),
    "MEETING_CANCELLED": _("Cancelled a meeting"),
    "CYCLE_PLANNED": _("Planned a cycle"),
    "CYCLE_CHANGED": _("Changed a cycle"),
}
"""What adults do here, as the log of adults' acts calls it."""
__all__ = ["ADULT_ACTS", "MENU", "affected", "forget_member", "home_parts", "records"]


def records(member: Member) -> dict[str, list[dict[str, Any]]]:
    """What an inquiry is given: references, states and times, and the words that were published."""
    texts = [
        {"ref": one.ref, "kind": one.kind, "state": one.state, "at": one.written_at.isoformat()}
        | ({"text": one.text} if one.published_at else {})
        for one in queries.written_by(member)
    ]
    proposals = [
        {"ref": one.ref, "number": one.number, "state": one.state, "at": one.created_at.isoformat()}
        for one in queries.mine(member)
    ]
    return {"texts": texts, "proposals": proposals}


def home_parts(member: Member, at: datetime) -> list[HomePart]:
    """The next meeting, what waits for this member, news, and what came of what they said."""
    found: list[HomePart] = []
    meeting = cycles.next_meeting(at)
    if meeting is not None:
        found.append(
            HomePart(
                place=MEETING,
                title=_("Next meeting"),
                text=f"{long_datetime(meeting.starts)}. {meeting.place}",
                url=reverse("panel-meetings"),
                due=meeting.starts,
            )
        )
    for one in queries.invitations(member):
        href = reverse("panel-proposal", args=[one.ref])
        found.append(HomePart(place=WAITING, title=_("Write a proposal together?"), text="", url=href))
    for amendment in queries.waiting_amendments(member):
        href = reverse("panel-proposal", args=[amendment.proposal.ref])
        found.append(
            HomePart(
                place=WAITING,
                title=_("An amendment to your proposal"),
                text=_("Do you accept it?"),
                url=href,
            )
        )
    for news in queries.news_of(member):
        line = news_line(news)
        found.append(HomePart(place=NEWS, title=line["text"], url=line["href"]))
    for row in queries.mine(member):
        if row.state in ASKED:
            href = reverse("panel-proposal", args=[row.ref])
            title = getattr(row, "title", "")
            found.append(HomePart(place=SAID, title=title, text=PROPOSAL_STATES[row.state].text, url=href))
    return found


def affected(member: Member) -> list[Text]:
    """What happens with what the member wrote."""
    drafts, texts, authored = held_by(member)
    said: list[Text] = []
    if drafts:
        said.append(ngettext("%(n)s draft is deleted.", "%(n)s drafts are deleted.", drafts) % {"n": drafts})
    if texts:
        one = ngettext(
            "%(n)s published text stays, without your pseudonym; its picture is deleted.",
            "%(n)s published texts stay, without your pseudonym; their pictures are deleted.",
            texts,
        )
        said.append(one % {"n": texts})
    if authored:
        one = ngettext(
            "%(n)s proposal stays, without your pseudonym.",
            "%(n)s proposals stay, without your pseudonym.",
            authored,
        )
        said.append(one % {"n": authored})
    return said or [gettext("You have not written anything here.")]
