"""What the school label declares to the rest of the product; the service's declaration puts it together."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel import members
from sauga.kernel.identity.home import Counter
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.school import measures, presenters
from sauga.selfcheck.school.actions.erasure import forget_member
from sauga.selfcheck.school.actions.questionnaires import load_questionnaires
from sauga.selfcheck.school.queries import reviews
from sauga.selfcheck.school.rules.credential import LABEL
from sauga.selfcheck.trail import LABEL_CHANNEL

DESK = (
    Item(
        url="selfcheck-assessments",
        label=_("School label"),
        icon="school",
        order=38,
        permissions=(Permission.SEE_LABELS, Permission.SEE_FIGURES),
        children=(
            Item(
                url="selfcheck-assessments",
                label=pgettext_lazy("school label", "Schools"),
                icon="school",
                order=1,
                permissions=(Permission.SEE_LABELS,),
                pages=("selfcheck-assessment",),
            ),
            Item(
                url="selfcheck-assessors",
                label=_("Assessors"),
                icon="users",
                order=2,
                permissions=(Permission.GRANT_ASSESSORS,),
                pages=("selfcheck-assessor",),
            ),
            Item(
                url="selfcheck-country-desk",
                label=_("National picture"),
                icon="map-pin",
                order=3,
                permissions=(Permission.SEE_FIGURES,),
            ),
            Item(
                url="selfcheck-figures",
                label=_("Figures"),
                icon="chart-column",
                order=4,
                permissions=(Permission.SEE_FIGURES,),
            ),
        ),
    ),
)
PUBLIC = (
    PublicEntry(
        url="selfcheck-about",
        label=_("School label"),
        icon="school",
        places=frozenset({Place.FOOT}),
        title=_("School label for online safety"),
        summary=_("A team of the school answers thirty questions within an hour and gets a plan at once."),
        order=47,
    ),
)
COUNTERS = (
    Counter(
        "selfcheck.assessors",
        _("Ambassadors who ask to review schools"),
        reviews.count_asking,
        Permission.GRANT_ASSESSORS,
        "selfcheck-assessors",
        40,
    ),
    Counter(
        "selfcheck.reviews",
        _("Schools that wait for a reviewer"),
        reviews.count_waiting,
        Permission.SEE_LABELS,
        "selfcheck-assessments",
        41,
        "view=waiting",
    ),
)
CHANNELS = {LABEL_CHANNEL: (Permission.SEE_LABELS, Permission.GRANT_ASSESSORS)}
CREDENTIALS = (LABEL,)
DATA = (load_questionnaires,)
MEASURES = measures.MEASURES
BREAKDOWNS = {"label_level": (measures.LEVEL_NAMES,)}
MEMBER_NAVIGATION = (
    members.MemberPage(
        url="selfcheck-labels", label=_("School label"), order=46, is_for=presenters.is_of_school
    ),
    members.MemberPage(
        url="selfcheck-reviews",
        label=pgettext_lazy("member", "Reviews of schools"),
        order=47,
        is_for=presenters.is_assessor,
    ),
)
MEMBER_SUGGESTIONS = (
    members.Suggestion(
        url="selfcheck-labels",
        title=_("School label for online safety"),
        text=_("Answer with colleagues within an hour; the plan is ready at once."),
        icon="school",
        order=40,
        is_for=presenters.is_of_school,
    ),
)
MEMBER_UPLOADS = (pgettext_lazy("address", "my/label/"),)
MEMBER_DATA = (
    members.Holding(
        code="selfcheck",
        title=_("School label"),
        export=presenters.export,
        codes={code: mark.text for code, mark in presenters.ASSESSOR_STATES.items()},
        kept=presenters.kept,
        erase=forget_member,
    ),
)
MEMBER_HOME = presenters.waiting
