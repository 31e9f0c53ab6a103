"""Declares events to the rest of the product."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.activities import measures as activity_measures
from sauga.events.activities import presenters as activity_words
from sauga.events.activities.actions import registrations as activities_registrations
from sauga.events.activities.actions.erasure import forget_member
from sauga.events.activities.queries import activities, member_own
from sauga.events.activities.rules.codes import CHANNEL as ACTIVITIES
from sauga.events.checkin import presenters as checkin
from sauga.events.checkin.actions import attendance as checkin_attendance
from sauga.events.checkin.actions import setup as checkin_setup
from sauga.events.checkin.actions.scans import CHANNEL as CHECK_IN
from sauga.events.checkin.queries import progress as checkin_progress
from sauga.events.effects import (
    asset_replaced,
    asset_taken_off,
    calendar_entries,
    card_facts,
    consent_withdrawn,
    desk_sections,
    event_cancelled,
    event_copied,
    event_moved,
    event_over,
    event_published,
    event_rescheduled,
    own_sections,
    photo_consent_changed,
    public_sections,
    report_sections,
    speaker_removed,
    speaker_sections,
)
from sauga.events.followup import measures as followup_measures
from sauga.events.followup import presenters as followup
from sauga.events.followup import receivers
from sauga.events.followup.actions import certificates as followup_certificates
from sauga.events.followup.queries.attendance import ATTENDANCE
from sauga.events.followup.rules.mailings import CHANNEL as MAILINGS
from sauga.events.guides import GUIDES
from sauga.events.navigation import PARTS
from sauga.events.overview.measures import MEASURES
from sauga.events.permissions import LABELS, ROLES, SYSTEM, WORDING, Permission
from sauga.events.photos import presenters as photos
from sauga.events.photos.actions import withdrawals
from sauga.events.photos.queries import assets
from sauga.events.planning import measures as planning_measures
from sauga.events.planning import presenters as planning
from sauga.events.planning.actions import reports, tasks, team, templates
from sauga.events.planning.queries.tasks import WEEK, due_for
from sauga.events.programme.queries.teams import RULES
from sauga.events.proposals import measures as proposal_measures
from sauga.events.proposals import presenters as proposals
from sauga.events.proposals.actions import calls, own, reminders, reviews
from sauga.events.proposals.actions.calls import CALLS, REVIEWS
from sauga.events.proposals.actions.calls import CHANNEL as PROPOSALS
from sauga.events.proposals.queries import proposals as proposal_queries
from sauga.events.recordings import presenters as recordings
from sauga.events.recordings.actions import handing_on
from sauga.events.recordings.actions import withdrawals as recordings_withdrawals
from sauga.events.recordings.queries.objections import objection
from sauga.events.registration import presenters as registration
from sauga.events.registration.actions import setup, waiting_list
from sauga.events.registration.actions.seats import CHANNEL as REGISTRATIONS
from sauga.events.registration.queries import registrations
from sauga.events.speakers.actions import withdrawal_notices
from sauga.events.speakers.actions.links import forget_speaker
from sauga.events.speakers.queries.links import is_signed
from sauga.events.trail import CHANNEL, FACTS, Trail
from sauga.kernel import members, organisations, vocab
from sauga.kernel.credentials import credential_moved
from sauga.kernel.identity.home import Counter
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.ui.navigation import Feed, Item, Place, PublicEntry
from sauga.repository.effects import publication_objections
from sauga.repository.permissions import Permission as Repository


def _connect() -> None:
    """The register asks how an organisation is used before it closes it. Who is registered is told when an
    event moves or is off; pages of events lead to registration.
    """
    organisations.register_use("events", member_own.use_of)
    credential_moved.connect(ATTENDANCE.code, followup_certificates.follow)
    event_copied.connect("registrations", setup.copy_setup)
    event_cancelled.connect("registrations", waiting_list.cancel_with)
    event_moved.connect("registrations", waiting_list.tell_moved)
    event_copied.connect("planning.team", team.copy_team)
    event_copied.connect("planning.tasks", tasks.copy_tasks)
    event_rescheduled.connect("planning.tasks", tasks.move_tasks)
    event_over.connect("planning.counts", reports.count_over)
    desk_sections.register("planning", planning.desk_section, order=5)
    calendar_entries.register("planning.tasks", planning.calendar)
    event_copied.connect("proposals", calls.copy_call)
    event_cancelled.connect("proposals", calls.close_with)
    public_sections.register("proposals", proposals.public_section, order=5)
    desk_sections.register("proposals", proposals.desk_section, order=20)
    public_sections.register("registrations", registration.public_section, order=10)
    desk_sections.register("registrations", registration.desk_section, order=10)
    event_published.connect("checkin", checkin_setup.add_main_list)
    event_copied.connect("checkin", checkin_setup.copy_setup)
    event_over.connect("checkin", checkin_attendance.settle_when_over)
    desk_sections.register("checkin", checkin.desk_section, order=40)
    consent_withdrawn.connect("speaking", withdrawal_notices.tell_withdrawn)
    speaker_removed.connect("speaking", forget_speaker)
    consent_withdrawn.connect("photos", withdrawals.follow_speaker)
    photo_consent_changed.connect("photos", withdrawals.follow_consent)
    public_sections.register("photos", photos.public_section, order=80)
    desk_sections.register("photos", photos.desk_section, order=40)
    asset_taken_off.connect("recordings", recordings_withdrawals.follow_asset)
    asset_replaced.connect("recordings", recordings_withdrawals.follow_file)
    publication_objections.register("events.recordings", objection)
    public_sections.register("recordings", recordings.public_section, order=70)
    desk_sections.register("recordings", recordings.desk_section, order=45)
    speaker_sections.register("recordings", recordings.speaker_section)
    card_facts.register("recordings", recordings.card_facts)
    desk_sections.register("followup", followup.desk_section, order=80)
    own_sections.register("followup", followup.own_section, order=80)
    report_sections.register("followup", followup.report_section, order=50)
    receivers.register()


def _waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """What waits for a member's answer: seats that are offered, proposals that are accepted."""
    yield from registration.waiting(by, at)
    yield from proposals.waiting(by, at)


SERVICE = Service(
    code="events",
    title=_("Events"),
    operated_by="AWARENESS",
    access=Access(
        permissions=Permission,
        roles=ROLES,
        rules=RULES,
        role_names=LABELS,
        system=SYSTEM,
        wording=WORDING,
        also={"ORGANISER": {Repository.PROPOSE_RESOURCE}},
    ),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="events-desk",
            label=_("Events"),
            icon="calendar",
            order=32,
            permissions=(Permission.SEE, Permission.SEE_FIGURES, Permission.SEE_ACTIVITIES),
            children=PARTS,
        ),
    ),
    public=(
        PublicEntry(
            url="events",
            label=_("Events"),
            icon="calendar",
            places=frozenset({Place.MENU, Place.FOOT}),
            title=_("Events"),
            summary=_("Conferences, seminars and lessons for classes. All free of charge."),
            order=42,
        ),
    ),
    feeds=(Feed(url="events-feed", title=_("Events")),),
    guides=GUIDES,
    channels={
        CHANNEL: (Permission.SEE, Permission.SEE_FIGURES),
        ACTIVITIES: (Permission.SEE_ACTIVITIES,),
        REGISTRATIONS: (Permission.SEE_REGISTRATIONS,),
        CHECK_IN: (Permission.CHECK_IN,),
        checkin_attendance.CHANNEL: (Permission.EDIT_CHECK_IN,),
        CALLS: (Permission.EDIT_CALLS,),
        PROPOSALS: (Permission.KEEP_PROPOSALS,),
        REVIEWS: (Permission.REVIEW_PROPOSALS,),
        MAILINGS: (Permission.WRITE_MAILINGS,),
    },
    notifications={
        reviews.ASSIGNED: _("You were asked to review proposals."),
        team.JOINED["ORGANISER"]: _("Event %(ref)s: you are one of its organisers now."),
        team.JOINED["PROGRAMME_COMMITTEE"]: _("Event %(ref)s: you are on its programme committee now."),
        team.JOINED["DOOR_STAFF"]: _("Event %(ref)s: you admit people at the door."),
        team.JOINED["PHOTOGRAPHER"]: _("Event %(ref)s: you take the photographs."),
        own.CONFIRMED: _("Event %(ref)s: a speaker confirmed. Put the proposal into the programme."),
        activities_registrations.TO_READ: _("Texts of activities of Safer Internet Day wait to be read."),
        tasks.DUE_NEWS: _("Tasks for events that are due soon or overdue: %(n)s"),
        reminders.LAPSED: _(
            "Event %(ref)s: accepted proposals that nobody confirmed in time: %(n)s. Remind the speakers "
            "yourself, or give their places to others."
        ),
        withdrawal_notices.WITHDRAWN: _(
            "Event %(ref)s: a speaker has withdrawn a consent. See what you have to do."
        ),
        withdrawals.WITHDRAWN: _(
            "Event %(ref)s: a consent to pictures was withdrawn. Pictures to deal with: %(number)s."
        ),
        handing_on.HANDED_ON: _(
            "Event %(ref)s: a recording was handed on to the repository. Review it and publish it."
        ),
        recordings_withdrawals.STOPPED: _(
            "Event %(ref)s: a recording was withdrawn and is off all pages. Do not publish its resource."
        ),
    },
    uploads=("/desk/events/",),
    link_uploads=((_("events/speaker/"), is_signed),),
    counters=(
        Counter(
            "events.activities",
            _("Activities to be read"),
            activities.waiting_for_approval,
            Permission.MODERATE_ACTIVITIES,
            "events-activities",
            33,
        ),
        Counter(
            "events.tasks",
            _("My tasks for events"),
            due_for,
            Permission.DO_TASKS,
            "events-tasks",
            34,
            f"view={WEEK}",
        ),
        Counter(
            "events.door",
            _("Events at whose door I am, today or tomorrow"),
            checkin_progress.count_on_the_day,
            Permission.CHECK_IN,
            "events-checkin-events",
            34,
        ),
        Counter(
            "events.checkin_conflicts",
            _("Events with tickets used twice"),
            checkin_progress.count_with_conflicts,
            Permission.CHECK_IN,
            "events-checkin-events",
            35,
            "view=conflicts",
        ),
        Counter(
            "events.withdrawals",
            _("Withdrawals to carry out"),
            assets.tasks_waiting,
            Permission.PUBLISH_PICTURES,
            "events-withdrawals",
            34,
        ),
        Counter(
            "events.reviews",
            _("Proposals to review"),
            proposal_queries.waiting_for_review,
            Permission.REVIEW_PROPOSALS,
            "events-reviews",
            34,
            "view=open",
        ),
    ),
    data=(templates.load_templates,),
    measures=(
        *MEASURES,
        *activity_measures.MEASURES,
        *planning_measures.MEASURES,
        *proposal_measures.MEASURES,
        *followup_measures.MEASURES,
    ),
    breakdowns={
        "kind": ("event_kinds",),
        "format": ("event_formats",),
        "reason": ("event_cancel_reasons",),
        "activity_kind": (activity_measures.KINDS,),
        "age_group": (activity_measures.GROUPS,),
        "head_group": ("headcount_groups", planning_measures.ALONE),
        "proposal_state": (proposal_measures.STATES,),
        "attendee": (followup_measures.WHO,),
    },
    page_types={
        "events": "CollectionPage",
        "events-archive": "CollectionPage",
        "events-series": "CollectionPage",
        "events-programme": "WebPage",
        "events-sid": "CollectionPage",
        "events-sid-year": "CollectionPage",
    },
    page_sources=PageSources({"events", "vocab", "organisations", "media"}),
    member_home=_waiting,
    member_coming=registration.coming,
    member_navigation=(
        members.MemberPage(url="events-mine", label=pgettext_lazy("My Sauga menu", "Events"), order=30),
        members.MemberPage(
            url="events-proposals-mine",
            label=pgettext_lazy("My Sauga menu", "Proposals"),
            order=35,
            is_for=lambda by: by.birth_month is None,
        ),
        members.MemberPage(
            url="events-member-activities",
            label=_("Safer Internet Day"),
            order=40,
            is_for=lambda by: by.birth_month is None,
        ),
    ),
    member_suggestions=(
        members.Suggestion(
            url="events-member-activity-new",
            title=_("Register an activity of Safer Internet Day"),
            text=_(
                "It is on the map, and you get materials and a poster with the name of your organisation."
            ),
            icon="map-pin",
            order=40,
            is_for=lambda by: by.birth_month is None,
        ),
    ),
    member_data=(
        members.Holding(
            code="events",
            title=_("Registrations for events"),
            export=registrations.export,
            codes={code: mark.text for code, mark in registration.STATES.items()},
            reads={"photographs": partial(vocab.label, "photo_consent")},
            kept=registration.kept,
        ),
        members.Holding(
            code="events.pictures",
            title=_("Pictures that show you at events"),
            export=assets.export,
            reads={"agreed_to": partial(vocab.label, "photo_consent")},
        ),
        members.Holding(
            code="events.proposals",
            title=_("Proposals for sessions"),
            export=proposal_queries.export,
            codes={code: mark.text for code, mark in proposals.STATES.items()},
            kept=proposals.kept,
        ),
        members.Holding(
            code="events.activities",
            title=_("Activities of Safer Internet Day"),
            export=member_own.export,
            codes={code: mark.text for code, mark in activity_words.STATES.items()},
            kept=member_own.kept,
            erase=forget_member,
        ),
    ),
    credentials=(ATTENDANCE,),
    connect=_connect,
)
