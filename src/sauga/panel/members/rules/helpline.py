"""How far a young person's message to the helpline has got, and what it may hold."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SELF, PHONE = "SELF", "PHONE"
LONGEST_WORDS, LONGEST_NAME, LONGEST_PHONE, LONGEST_WHEN = 2000, 60, 40, 200


class Told(StrEnum):
    """The states of the referral, in their order; the codes are those of `kernel.integration`."""

    SENT = "SENT"
    RECEIVED = "RECEIVED"
    IN_WORK = "IN_WORK"
    SETTLED = "SETTLED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


ENDED = (Told.SETTLED, Told.DECLINED, Told.WITHDRAWN)
REACH = {
    SELF: pgettext_lazy("child", "I will call or write to them myself"),
    PHONE: pgettext_lazy("child", "They can call me"),
}
FOR_STAFF = {
    Told.SENT: _("on its way"),
    Told.RECEIVED: _("received, waits for a counsellor"),
    Told.IN_WORK: _("a counsellor has it"),
    Told.SETTLED: _("settled"),
    Told.DECLINED: _("not taken up"),
    Told.WITHDRAWN: _("taken back by the member"),
}
FOR_MEMBER = {
    Told.SENT: pgettext_lazy("child", "On its way to the helpline."),
    Told.RECEIVED: pgettext_lazy("child", "The helpline has it."),
    Told.IN_WORK: pgettext_lazy("child", "A person of the helpline has read it and helps."),
    Told.SETTLED: pgettext_lazy("child", "The helpline has answered."),
    Told.DECLINED: pgettext_lazy("child", "The helpline could not take it. Call 116 111."),
    Told.WITHDRAWN: pgettext_lazy("child", "You took it back. They cannot read it any more."),
}
CAME_OF_IT = {
    "TALKED": pgettext_lazy("child", "They called you and you talked. You can call again: 116 111."),
    "CAME_SELF": pgettext_lazy("child", "You called or wrote to them. You can do it again: 116 111."),
    "NOT_REACHED": pgettext_lazy(
        "child", "They called several times, and nobody answered. Call 116 111 whenever you can."
    ),
    "NOT_NEEDED": pgettext_lazy("child", "For now nothing more is needed. You can always call 116 111."),
}
"""What the helpline answers, by its codes, in words for the young person."""
