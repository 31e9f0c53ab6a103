"""Declares certification to the rest of the product."""

from django.utils.translation import gettext_lazy as _

from sauga.certification import effects, receivers
from sauga.certification.applications.actions.board import TO_DECIDE
from sauga.certification.applications.queries import ambassadors
from sauga.certification.applications.rules.credential import AMBASSADOR
from sauga.certification.guides import GUIDES
from sauga.certification.navigation import PARTS
from sauga.certification.overview import measures, presenters
from sauga.certification.overview.actions.erasure import forget_member
from sauga.certification.permissions import LABELS, ROLES, SYSTEM, TWO_PEOPLE, WORDING, Permission
from sauga.certification.programme.actions.versions import load_programme
from sauga.certification.programme.rules.codes import level_name
from sauga.certification.register.actions.profiles import carry_entry, rename_entry
from sauga.certification.sessions.queries import bookings
from sauga.certification.trail import CHANNEL, FACTS, SESSIONS, Trail
from sauga.kernel import members
from sauga.kernel.identity.home import Counter
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.selfcheck import effects as selfcheck

HOSTS = frozenset({"teachers", "public_librarians"})
"""Whose landing pages offer a session."""


def _connect() -> None:
    """Sessions say what their hosts confirmed, the register follows people and names, training says who
    completed a course; selfcheck asks who is an ambassador."""
    effects.count_sessions_by(bookings.confirmed_sessions)
    effects.follow_certifications(carry_entry)
    effects.follow_names(rename_entry)
    selfcheck.ambassador_level.connect(ambassadors.level_of_member)
    receivers.register()


SERVICE = Service(
    code="certification",
    title=_("Ambassadors"),
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
            url="certification-ambassadors",
            label=_("Ambassadors"),
            icon="users",
            order=34,
            permissions=(Permission.SEE, Permission.SEE_SESSIONS, Permission.SEE_FIGURES),
            children=PARTS,
        ),
    ),
    public=(
        PublicEntry(
            url="certification-register",
            label=_("Ambassadors"),
            icon="users",
            places=frozenset({Place.FOOT}),
            title=_("Safer Internet Ambassadors"),
            summary=_("Who comes to your municipality, about which topics and in which language."),
            audiences=HOSTS,
            order=46,
        ),
        PublicEntry(
            url="certification-ask",
            label=_("Ask for a session"),
            icon="school",
            places=frozenset(),
            title=_("Ask for a session with an ambassador"),
            summary=_("Somebody comes to your class, library or parents' evening, free of charge."),
            audiences=HOSTS,
            order=45,
        ),
    ),
    guides=GUIDES,
    notifications={TO_DECIDE: _("Case %(ref)s waits for a decision of the board.")},
    channels={CHANNEL: (Permission.SEE,), SESSIONS: (Permission.SEE_SESSIONS,)},
    counters=(
        Counter(
            "certification.to_check",
            _("Applications of ambassadors to check"),
            ambassadors.to_check,
            Permission.DECIDE_CRITERIA,
            "certification-ambassadors",
            38,
        ),
        Counter(
            "certification.cases",
            _("Board cases to decide"),
            ambassadors.cases_waiting,
            Permission.BOARD,
            "certification-cases",
            38,
            "view=mine",
        ),
        Counter(
            "certification.sessions",
            _("Sessions that need somebody"),
            bookings.waiting,
            Permission.KEEP_SESSIONS,
            "certification-sessions",
            39,
            f"view={bookings.ALONE}",
        ),
    ),
    credentials=(AMBASSADOR,),
    data=(load_programme,),
    measures=measures.MEASURES,
    breakdowns={
        "ambassador_level": (measures.LEVELS,),
        "session_group": (measures.GROUPS,),
    },
    page_types={
        "certification-register": "CollectionPage",
    },
    page_sources=PageSources({"certification", "vocab"}),
    member_home=presenters.waiting,
    member_navigation=(
        members.MemberPage(
            url="certification-mine", label=_("Ambassador"), order=45, is_for=presenters.is_ambassador
        ),
    ),
    member_suggestions=(
        members.Suggestion(
            url="certification-apply",
            title=_("Become a Safer Internet Ambassador"),
            text=_("A course of 40 hours, an exam, and schools near you that ask for a session."),
            icon="users",
            order=60,
            is_for=presenters.may_become_one,
        ),
    ),
    member_data=(
        members.Holding(
            code="certification",
            title=_("Certification as an ambassador"),
            export=presenters.export,
            codes=presenters.CODES,
            reads={"level": level_name},
            kept=presenters.kept,
            erase=forget_member,
        ),
    ),
    connect=_connect,
)
