"""Declares training to the rest of the product."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events import effects as events
from sauga.kernel import members, organisations, vocab
from sauga.kernel.identity.home import Counter
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.training import effects
from sauga.training.courses.actions import starter
from sauga.training.courses.actions.drafts import CHANNEL as COURSES
from sauga.training.courses.queries.versions import unproven_count, uses_of_tool, waiting_for_review
from sauga.training.guides import GUIDES
from sauga.training.learning import measures, presenters
from sauga.training.learning.actions.activities import count_hosting
from sauga.training.learning.actions.assignments import HANDED_IN
from sauga.training.learning.actions.certificates import COURSE, certify_completed
from sauga.training.learning.actions.enrolments import TUTOR_NEWS
from sauga.training.learning.actions.erasure import forget_member
from sauga.training.learning.actions.progress import CHANNEL as LEARNERS
from sauga.training.learning.queries import enrolments
from sauga.training.learning.queries.tutor import waiting_for_tutor
from sauga.training.navigation import PARTS
from sauga.training.permissions import LABELS, ROLES, SYSTEM, TWO_PEOPLE, WORDING, Permission
from sauga.training.streaming import presenters as streaming
from sauga.training.streaming.actions.streams import CHANNEL as STREAMS
from sauga.training.tools.actions.tools import CHANNEL as TOOLS
from sauga.training.trail import FACTS, Trail
from sauga.training.viewing import measures as viewing_measures
from sauga.training.viewing.actions import reminders
from sauga.training.viewing.actions.transitions import CHANNEL as SITES
from sauga.training.viewing.presenters import own as viewing_own
from sauga.training.viewing.presenters import sections as viewing
from sauga.training.viewing.queries import sites
from sauga.training.webinars import measures as webinar_measures
from sauga.training.webinars import presenters as webinars
from sauga.training.webinars.actions import presence
from sauga.training.webinars.actions.questions import CHANNEL as QUESTIONS
from sauga.training.webinars.actions.webinars import CHANNEL as WEBINARS
from sauga.training.webinars.queries import webinars as webinar_queries
from sauga.training.webinars.queries.recordings import recordings_of


def _waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """What waits for a member: courses, and counts of evenings that the member hosted."""
    yield from presenters.waiting(by, at)
    yield from viewing_own.waiting(by, at)


def _is_adult(by: members.MemberActor) -> bool:
    return by.birth_month is None


def _connect() -> None:
    """A completed course is certified, hosting counts towards one; libraries are told when their webinar
    moves or is off, and presence counts when it is over; pages of webinars hold what other subdomains add.
    """
    effects.course_completed.connect("certificate", certify_completed)
    effects.tool_uses.connect("courses", uses_of_tool)
    effects.hosting_counted.connect("learning", count_hosting)
    effects.stream_players.register("streaming", streaming.player_section)
    organisations.register_use("training", sites.use_of)
    events.event_moved.connect("training.viewing", reminders.tell_moved)
    events.event_cancelled.connect("training.viewing", reminders.tell_cancelled)
    events.event_over.connect("training.presence", presence.confirm_when_over)
    events.own_sections.register("training.webinars", webinars.registration_section, order=20)
    events.public_sections.register("training.webinars", webinars.event_section, order=15)
    effects.stream_desk_sections.register("training.webinars", webinars.stream_section)
    events.made_recordings.register("training.webinars", recordings_of)
    effects.webinar_sections.register("viewing", viewing.public_section)
    effects.webinar_desk_sections.register("viewing", viewing.desk_section)
    effects.speaker_sections.register("viewing", viewing.speaker_section)


SERVICE = Service(
    code="training",
    title=_("Training"),
    operated_by="AWARENESS",
    access=Access(
        permissions=Permission,
        roles=ROLES,
        role_names=LABELS,
        two_people=TWO_PEOPLE,
        system=SYSTEM,
        wording=WORDING,
    ),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="training-courses",
            label=_("Training"),
            icon="book-open",
            order=36,
            permissions=(
                Permission.SEE_COURSES,
                Permission.SEE_WEBINARS,
                Permission.BROADCAST,
                Permission.SEE_FIGURES,
            ),
            children=PARTS,
        ),
    ),
    public=(
        PublicEntry(
            url="training",
            label=_("Training"),
            icon="book-open",
            places=frozenset({Place.FOOT}),
            title=_("Training"),
            summary=_("Courses for teachers, librarians and others who work with children. Free of charge."),
            audiences=frozenset({"teachers", "public_librarians"}),
            order=44,
        ),
        PublicEntry(
            url="training-webinars",
            label=_("Webinars"),
            icon="video",
            places=frozenset({Place.FOOT}),
            title=_("Webinars"),
            summary=_("For parents, teachers and librarians, at home or in a library near you."),
            audiences=frozenset({"teachers", "public_librarians", "parents_carers"}),
            order=43,
        ),
    ),
    guides=GUIDES,
    channels={
        COURSES: (Permission.SEE_COURSES,),
        LEARNERS: (Permission.TUTOR, Permission.KEEP_COHORTS),
        STREAMS: (Permission.BROADCAST,),
        f"{STREAMS}.*": (Permission.BROADCAST, Permission.CAPTION),
        WEBINARS: (Permission.SEE_WEBINARS,),
        SITES: (Permission.SEE_WEBINARS,),
        QUESTIONS: (Permission.MODERATE_QUESTIONS,),
        TOOLS: (Permission.KEEP_TOOLS,),
    },
    notifications={
        TUTOR_NEWS: _("Group %(ref)s: you are its tutor now."),
        HANDED_IN: _("Group %(ref)s: work of learners waits for a tutor."),
    },
    counters=(
        Counter(
            "training.reviews",
            _("Courses to review"),
            waiting_for_review,
            Permission.PUBLISH_COURSES,
            "training-courses",
            36,
            "view=review",
        ),
        Counter(
            "training.unproven",
            _("Courses that certify without proof"),
            unproven_count,
            Permission.EDIT_COURSES,
            "training-courses",
            39,
            query="view=unproven",
        ),
        Counter(
            "training.work",
            _("Groups of learners with work for me"),
            waiting_for_tutor,
            Permission.TUTOR,
            "training-cohorts",
            37,
            "view=work",
        ),
        Counter(
            "training.questions",
            _("Webinars with questions to be read"),
            webinar_queries.with_questions,
            Permission.MODERATE_QUESTIONS,
            "training-webinars-desk",
            36,
            "view=questions",
        ),
        Counter(
            "training.messages",
            _("Webinars with messages of libraries to be read"),
            webinar_queries.with_messages,
            Permission.COORDINATE_SITES,
            "training-webinars-desk",
            36,
            "view=messages",
        ),
    ),
    credentials=(COURSE,),
    measures=(*measures.MEASURES, *webinar_measures.MEASURES, *viewing_measures.MEASURES),
    breakdowns={
        "learner_role": ("training_roles",),
        "learner_municipality": (measures.MUNICIPALITIES,),
        "webinar_source": (webinar_measures.SOURCES,),
        "site_standing": (viewing_measures.STANDING,),
        "viewing_group": ("headcount_groups",),
    },
    page_types={
        "training": "CollectionPage",
        "training-course": "Course",
        "training-webinars": "CollectionPage",
        "training-webinar": "WebPage",
    },
    page_sources=PageSources({"training", "vocab", "media"}),
    uploads=("/desk/training/",),
    member_uploads=(pgettext_lazy("address", "my/courses/organisation/"),),
    starter=(starter.load_starter,),
    member_home=_waiting,
    member_navigation=(
        members.MemberPage(
            url="training-mine", label=pgettext_lazy("My Sauga menu", "Training"), order=25, is_for=_is_adult
        ),
        members.MemberPage(
            url="training-member-sites",
            label=pgettext_lazy("member", "Webinars I host"),
            order=45,
            is_for=viewing_own.hosts,
        ),
    ),
    member_suggestions=(
        members.Suggestion(
            url="training",
            title=_("Learn with us"),
            text=_("Courses with a tutor, at your own pace, with a certificate."),
            icon="book-open",
            order=30,
            is_for=_is_adult,
        ),
    ),
    member_data=(
        members.Holding(
            code="training",
            title=_("Courses"),
            export=enrolments.export,
            codes={code: mark.text for code, mark in presenters.STATES.items()},
            reads={
                "role": lambda code: vocab.label("training_roles", code),
                "kept_by_the_package": lambda _kept: _("for the package only; whole in the JSON file"),
            },
            kept=presenters.kept,
            erase=forget_member,
        ),
        members.Holding(
            code="training.viewing",
            title=_("Webinars hosted at a library"),
            export=viewing_own.export,
        ),
    ),
    connect=_connect,
)
