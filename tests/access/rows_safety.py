"""Rows of safeguarding, cases, referrals, and what goes to the hotline.

The acts: tests/helpline/safeguarding/test_safety_pages.py.
"""

from access.matrix import PUBLIC, SIGN_IN, row

from sauga.helpline.safeguarding.models import Concern, HelpCase, HotlineLink, Referral
from tests.factories.safety import AT

RAISERS = {"COUNSELLOR": 200, "SHIFT_LEAD": 200, "SAFEGUARDING_LEAD": 200}
LEADS = {"SHIFT_LEAD": 200, "SAFEGUARDING_LEAD": 200}
ABOUT = ("conversation", "0000-0000")


def objects() -> dict[str, str]:
    """A concern, a case, a referral and an address that belong to nobody who asks."""
    return {
        "<concern>": Concern.objects.create(raised_at=AT, consult_by=AT, state="CONSULT").ref,
        "<case>": HelpCase.objects.create(opened_at=AT, urgency="URG_URGENT", state="OPEN").ref,
        "<child-referral>": Referral.objects.create(target="RT_SCHOOL", made_at=AT).ref,
        "<link>": HotlineLink.objects.create(suspected="HATE", at=AT, state="SUBMITTED").ref,
    }


row("helpline-concerns", anonymous=SIGN_IN, others=404, **RAISERS)
row(
    "helpline-concern", args=("<concern>",), anonymous=SIGN_IN, others=404, **LEADS
)  # a counsellor raised none
row(
    "helpline-concern-act", args=("<concern>", "nothing"), method="POST", anonymous=SIGN_IN, others=404
)  # no such act
row(
    "helpline-concern-raise", args=ABOUT, method="POST", anonymous=SIGN_IN, others=404
)  # no such conversation
row("helpline-concern-propose", args=("<concern>",), anonymous=SIGN_IN, others=404, SHIFT_LEAD=200)
row("helpline-concern-decide", args=("<concern>",), anonymous=SIGN_IN, others=404, SAFEGUARDING_LEAD=200)
row("helpline-concern-letter", args=("<concern>",), anonymous=SIGN_IN, others=404)  # nobody approved anything
row("helpline-cases", anonymous=SIGN_IN, others=404, **LEADS)
row("helpline-case", args=("<case>",), anonymous=SIGN_IN, others=404, **LEADS)
row("helpline-case-new", anonymous=SIGN_IN, others=404)  # about nothing
row(
    "helpline-case-read",
    args=("<case>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    SHIFT_LEAD=422,
    SAFEGUARDING_LEAD=422,
)
row(
    "helpline-case-act", args=("<case>", "nothing"), method="POST", anonymous=SIGN_IN, others=404
)  # no such act
row("helpline-incoming-words", args=("nothing",), method="POST", anonymous=SIGN_IN, others=404)
row("helpline-referrals", anonymous=SIGN_IN, others=404, **RAISERS)
row("helpline-referral-new", anonymous=SIGN_IN, others=404)  # about nothing
row("helpline-referral", args=("<child-referral>",), anonymous=SIGN_IN, others=404, **LEADS)
row("helpline-referral-send", args=("<child-referral>",), anonymous=SIGN_IN, others=404, **LEADS)
row(
    "helpline-referral-act",
    args=("<child-referral>", "nothing"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)  # no such act
row("helpline-link-new", anonymous=SIGN_IN, others=404)  # about nothing
row("helpline-link", args=("<link>",), anonymous=SIGN_IN, others=404, **LEADS)
row(
    "helpline-link-told",
    args=("<link>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    SHIFT_LEAD=302,
    SAFEGUARDING_LEAD=302,
)
row("helpline-own-picture", anonymous=SIGN_IN, others=404)  # about nothing
row("hotline-own-picture", anonymous=PUBLIC, others=200)
