"""What members and their guardians consent to, in words for adults, for 12 and 13, and for 14 to 17."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.members.consents import Purpose
from sauga.kernel.members.models import Member as Account
from sauga.panel.members.actions import membership
from sauga.panel.members.queries.members import member_of
from sauga.panel.members.rules import purposes as codes
from sauga.panel.members.rules.ages import OLDER, YOUNGER
from sauga.panel.states import ENDED


def _is_over(account: Account) -> bool:
    row = member_of(account.pk)
    return row is not None and row.state in ENDED


PURPOSES = (
    Purpose(
        code=codes.TAKE_PART,
        order=10,
        title=_("Taking part in the youth panel"),
        texts={
            1: _(
                "The child writes and votes under a pseudonym. Two adults are at every meeting. Who the "
                "child is, only the adults of the panel can look up, and each time is recorded."
            )
        },
        layers={
            YOUNGER: {
                1: pgettext_lazy(
                    "child",
                    "You write and vote under a made-up name. The other members do not see your real name. "
                    "There are always two adults at a meeting. You can stop at any time. You do not have to "
                    "say why.",
                )
            },
            OLDER: {
                1: pgettext_lazy(
                    "young",
                    "You write and vote under a pseudonym. Only the adults of the panel can look up who you "
                    "are, and each time is recorded. Two adults are at every meeting. You can stop at any "
                    "time without giving a reason.",
                )
            },
        },
        for_young=True,
        touches=membership.affected,
        touches_guardian=membership.affected_for_guardian,
        on_given=membership.consent_given,
        on_withdrawal=membership.consent_withdrawn,
        on_refusal=membership.guardian_refused,
        is_over=_is_over,
    ),
    Purpose(
        code=codes.ONLINE,
        title=_("Meetings online"),
        texts={1: _("The child decides whether the camera is on. We do not record meetings.")},
        layers={
            YOUNGER: {
                1: pgettext_lazy("child", "You decide whether your camera is on. We do not record anything.")
            },
            OLDER: {
                1: pgettext_lazy("young", "You decide whether your camera is on. Meetings are not recorded.")
            },
        },
        for_young=True,
        is_over=_is_over,
    ),
    Purpose(
        code=codes.QUOTES,
        title=_("Public quotes under the pseudonym"),
        texts={1: _("A short thought with the pseudonym and the age group, on our public pages.")},
        layers={
            YOUNGER: {
                1: pgettext_lazy(
                    "child",
                    "We may show a short thought of yours to everybody. Your made-up name and your age group "
                    "stand beside it.",
                )
            },
            OLDER: {
                1: pgettext_lazy(
                    "young",
                    "We may publish a short thought of yours with your pseudonym and your age group.",
                )
            },
        },
        for_young=True,
        is_over=_is_over,
    ),
    Purpose(
        code=codes.PHOTOS,
        title=_("Photographs from events"),
        texts={1: _("Photographs in which the child can be recognised, on our pages. Never with a name.")},
        layers={
            YOUNGER: {
                1: pgettext_lazy("child", "We may take pictures of you at events. We never write your name.")
            },
            OLDER: {
                1: pgettext_lazy(
                    "young",
                    "We may publish pictures from events in which you can be recognised, never with your "
                    "name. Until you are 18 we ask your guardian as well.",
                )
            },
        },
        for_young=True,
        guardian_until_full_age=True,
        is_over=_is_over,
    ),
)
