"""Declares the helpline: permissions, audit names, pages, alerts; and connects its subdomains."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.helpline import receivers
from sauga.helpline.audit_values import VALUES
from sauga.helpline.calls import queries as call_queries
from sauga.helpline.calls.actions.calls import close_with_record as close_call
from sauga.helpline.chat.actions.timestamp_minimisation import close_with_record as close_conversation
from sauga.helpline.chat.queries import queue as chat
from sauga.helpline.chat.rules import safeguarding_provider
from sauga.helpline.chat.rules.safeguarding_provider import Safeguarding
from sauga.helpline.guides import GUIDES
from sauga.helpline.letters.actions.letters import close_with_record as close_letter
from sauga.helpline.letters.queries import letters
from sauga.helpline.line.actions.hours import load_hours
from sauga.helpline.line.actions.texts import load_texts
from sauga.helpline.overview.figures import BREAKDOWNS, MEASURES, unfinished
from sauga.helpline.overview.queries import my_day
from sauga.helpline.overview.rules.notifications import ALERTS, COVER, NEWS, ON_DUTY_LEADS
from sauga.helpline.overview.views.my_day import CARDS
from sauga.helpline.permissions import (
    DEFAULT_ROLES,
    EVERYWHERE,
    LABELS,
    SYSTEM,
    TWO_PEOPLE,
    WORDING,
    Permission,
)
from sauga.helpline.records.rules import channels, ownership
from sauga.helpline.records.rules.channels import Channel
from sauga.helpline.rota.presenters import opening_hours as opening_words
from sauga.helpline.rota.queries.duty import leads_present
from sauga.helpline.rota.queries.opening_hours import openings, plan, week
from sauga.helpline.rota.queries.rota import counts_of, last_day_ahead
from sauga.helpline.rota.rules.notifications import NEWS as ROTA_NEWS
from sauga.helpline.safeguarding.actions.concerns import raise_concern
from sauga.helpline.safeguarding.actions.referrals import answer_of_child
from sauga.helpline.safeguarding.queries.referrals import questions_for_child
from sauga.helpline.safeguarding.rules.access import NOTICES as SAFETY_NEWS
from sauga.helpline.safeguarding.rules.access import RULES
from sauga.helpline.trail import FACTS, Trail
from sauga.helpline.volunteers.rules import shifts_worked
from sauga.helpline.volunteers.rules.shifts_worked import Shifts
from sauga.kernel import vocab
from sauga.kernel.identity.home import Counter
from sauga.kernel.notifications import AlertService, Ladder, Target
from sauga.kernel.rate_limits import Lane, LaneRule
from sauga.kernel.services import Access, AuditLog, Service
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.kernel.ui.public_frame import opening_hours, quick_exit
from sauga.kernel.ui.public_frame.help_now import OWN_LINE

CONCERNS = "helpline-concerns"
WORK = (
    Item(
        url="helpline-desk",
        label=_("Conversations"),
        icon="message-circle",
        order=1,
        permissions=(Permission.TALK,),
    ),
    Item(
        url="helpline-letters",
        label=_("Letters"),
        icon="mail",
        order=2,
        permissions=(Permission.ANSWER_LETTER, Permission.REVIEW_LETTER),
    ),
    Item(url="helpline-calls", label=_("Calls"), icon="phone", order=3, permissions=(Permission.TAKE_CALL,)),
    Item(
        url="helpline-board",
        label=_("Shift now"),
        icon="activity",
        order=4,
        permissions=(Permission.LEAD_SHIFT,),
    ),
    Item(url="helpline-rota", label=_("Rota"), icon="calendar", order=5, permissions=(Permission.SEE_ROTA,)),
    Item(
        url="helpline-debriefs",
        label=_("Debriefs"),
        icon="heart",
        order=6,
        permissions=(Permission.LEAD_SHIFT, Permission.EDIT_VOLUNTEERS),
    ),
    Item(
        url="helpline-incoming",
        label=pgettext_lazy("helpline", "From the youth panel"),
        icon="inbox",
        order=6,
        permissions=(Permission.TAKE_INCOMING,),
        pages=("helpline-incoming-one",),
    ),
)
LETTER_NEWS = {
    "helpline.letter_immediate": _("A letter suggests immediate danger: %(ref)s"),
    "helpline.letter_unread": _("Letter %(ref)s has not been screened for risk in time."),
    "helpline.letter_overdue": _("Letter %(ref)s: the answer is overdue."),
}


def _leave(request: Any, response: Any) -> None:
    """Quick exit ends a conversation too. The pages are loaded when a visitor leaves, not at start."""
    from sauga.helpline.chat.views.quick_exit import leave_chat

    leave_chat(request, response)


def _leave_to() -> str:
    """Where quick exit leads."""
    return str(vocab.policy("policy.leaving")["to"])


def _line_now(at: datetime) -> opening_hours.Reach:
    """The line as the rota has it, for every page that names its number or says what works now."""
    made = plan(at)
    found = openings(at, ["PHONE", "CHAT"], made=made)
    said = opening_words.phone(found["PHONE"], at)
    return opening_hours.Reach(
        is_open=found["PHONE"].is_open,
        words=(said.badge, *said.lines),
        url_name="helpline-help",
        hours=opening_words.usual(week(at, ["PHONE"], made=made)),
        is_heard=any(one.is_open for one in found.values()),
        again=opening_words.again(found.values(), at),
    )


def _connect() -> None:
    """What the higher subdomains answer for the lower ones, and what the helpline answers for the kernel."""
    channels.register(
        Channel("conversation", close_conversation, chat.attempts_of, chat.load, chat.in_hand, chat.was_heavy)
    )
    channels.register(
        Channel(
            "call", close_call, call_queries.attempts_of, call_queries.load, was_heavy=call_queries.was_heavy
        )
    )
    channels.register(Channel("letter", close_letter, letters.attempts_of))
    shifts_worked.register(Shifts(counts_of, last_day_ahead))
    safeguarding_provider.register(Safeguarding(raise_concern, questions_for_child, answer_of_child))
    receivers.register()
    quick_exit.on_leave("helpline", _leave)
    quick_exit.lead_to(_leave_to)
    opening_hours.answer_for(OWN_LINE, _line_now)


SERVICE = Service(
    code="helpline",
    title=_("Helpline"),
    operated_by="HELPLINE",
    access=Access(
        permissions=Permission,
        roles=DEFAULT_ROLES,
        role_names=LABELS,
        rules={**RULES, Permission.WRITE_UP: ownership.may_write_up},
        everywhere=EVERYWHERE,
        two_people=TWO_PEOPLE,
        system=SYSTEM,
        wording=WORDING,
        vaults=("helpline",),
    ),
    audit=Trail,
    facts=FACTS,
    audit_log=AuditLog(
        service="helpline",
        zone="helpline",
        title=_("Helpline audit log"),
        permission=Permission.SEE_TRAIL,
        order=19,
        values=VALUES,
    ),
    desk=(
        Item(
            url="helpline-desk",
            label=_("Helpline"),
            icon="message-circle",
            order=10,
            permissions=(
                Permission.TALK,
                Permission.REVIEW_LETTER,
                Permission.SEE_ROTA,
                Permission.TAKE_INCOMING,
            ),
            children=WORK,
        ),
        Item(
            url=CONCERNS,
            label=_("Safeguarding"),
            icon="shield-alert",
            order=11,
            permissions=(Permission.RAISE_CONCERN,),
        ),
        Item(
            url="helpline-cases",
            label=_("Cases"),
            icon="folder",
            order=12,
            permissions=(Permission.KEEP_CASE,),
        ),
        Item(
            url="helpline-referrals",
            label=_("Referrals"),
            icon="send",
            order=13,
            permissions=(Permission.REFER,),
        ),
        Item(
            url="helpline-volunteers",
            label=_("Volunteers"),
            icon="users",
            order=14,
            permissions=(Permission.EDIT_VOLUNTEERS,),
        ),
        Item(
            url="helpline-quality",
            label=_("Quality"),
            icon="list-checks",
            order=15,
            permissions=(Permission.SAMPLE_QUALITY,),
        ),
        Item(
            url="helpline-figures",
            label=_("Helpline figures"),
            icon="chart-column",
            order=16,
            permissions=(Permission.SEE_FIGURES,),
        ),
        Item(
            url="helpline-texts",
            label=_("Helpline texts"),
            icon="scroll-text",
            order=17,
            permissions=(Permission.EDIT_TEXTS,),
        ),
        Item(
            url="helpline-policies",
            label=_("Helpline settings"),
            icon="settings",
            order=18,
            permissions=(Permission.EDIT_POLICY,),
        ),
    ),
    public=(
        PublicEntry(
            url="helpline-help",
            label=pgettext_lazy("child", "Talk"),
            icon="message-circle",
            places=frozenset({Place.BAR, Place.CARD, Place.MENU, Place.FOOT}),
            title=_("I want to talk"),
            summary=_("With a real person, free of charge, without your name. By chat, phone or letter."),
            order=10,
        ),
        PublicEntry(
            url="helpline-return",
            label=_("Return to your chat or message"),
            icon="key-round",
            places=frozenset({Place.RETURN, Place.FOOT}),
            order=31,
        ),
    ),
    journeys={
        "help": ("helpline-help", "helpline-adult"),
        "call": ("helpline-call",),
        "chat": ("helpline-chat",),
        "letter": ("helpline-letter", "helpline-letter-read", "helpline-adult-letter"),
        "return": ("helpline-return",),
    },
    guides=GUIDES,
    counters=(
        Counter(
            "helpline.waiting",
            _("Waiting for a conversation"),
            my_day.people_waiting,
            Permission.TALK,
            "helpline-desk",
            10,
        ),
        Counter(
            "helpline.letters",
            _("Letters to answer"),
            my_day.letters_waiting,
            Permission.ANSWER_LETTER,
            "helpline-letters",
            11,
            "view=untaken",
        ),
        Counter(
            "helpline.review",
            _("Answers to review"),
            my_day.letters_to_review,
            Permission.REVIEW_LETTER,
            "helpline-letters",
            12,
            "view=review",
        ),
        Counter(
            "helpline.concerns",
            _("Proposals for the second person"),
            my_day.concerns_to_decide,
            Permission.APPROVE_BREAK,
            CONCERNS,
            13,
            "view=second",
        ),
        Counter(
            "helpline.incoming",
            _("Young people whom the youth panel told us about"),
            my_day.incoming_waiting,
            Permission.TAKE_INCOMING,
            "helpline-incoming",
            11,
        ),
        Counter(
            "helpline.debriefs",
            _("Debriefs owed"),
            my_day.debriefs_owed,
            Permission.LEAD_SHIFT,
            "helpline-debriefs",
            14,
        ),
        Counter(
            "helpline.debriefs_to_arrange",
            _("Debriefs owed"),
            my_day.debriefs_to_arrange,
            Permission.EDIT_VOLUNTEERS,
            "helpline-debriefs",
            14,
            part_of="helpline.debriefs",
        ),
        Counter(
            "helpline.places",
            _("Free slots in the rota"),
            my_day.free_places,
            Permission.SEE_ROTA,
            "helpline-rota",
            15,
        ),
    ),
    cards=CARDS,
    channels={
        "helpline.chat.*": (Permission.TALK, Permission.LISTEN_IN),
        "helpline.queue": (Permission.BE_ON_DUTY, Permission.LEAD_SHIFT),
        "helpline.letters": (Permission.ANSWER_LETTER, Permission.REVIEW_LETTER),
        "helpline.calls": (Permission.TAKE_CALL, Permission.LEAD_SHIFT),
        "helpline.rota": (Permission.SEE_ROTA, Permission.EDIT_ROTA),
        "helpline.safety": (Permission.RAISE_CONCERN, Permission.APPROVE_BREAK, Permission.PROPOSE_BREAK),
    },
    notifications={**NEWS, **ROTA_NEWS, **SAFETY_NEWS, **LETTER_NEWS},
    alerts=AlertService(
        code="helpline",
        zone="helpline",
        label=_("Helpline"),
        kinds=ALERTS,
        roles=tuple(DEFAULT_ROLES),
        otherwise="SHIFT_LEAD",
        edit=Permission.EDIT_POLICY,
        ladders=(Ladder("cover", _("people are missing"), COVER, "alert_ending"),),
        targets={
            ON_DUTY_LEADS: Target(_("shift leads on duty"), lambda: [duty.person for duty in leads_present()])
        },
    ),
    lanes=(
        LaneRule(Lane.LIVE, ("/chat/", "/desk/helpline/chat/", "/call/", "/desk/helpline/line/")),
        LaneRule(Lane.RETURN, endings=("/grizti/", "/return/")),
    ),
    measures=MEASURES,
    breakdowns=BREAKDOWNS,
    unfinished=unfinished,
    page_types={
        "helpline-help": "ContactPage",
        "helpline-adult": "ContactPage",
    },
    data=(load_hours, load_texts),
    connect=_connect,
)
