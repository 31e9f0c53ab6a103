"""The mails to members and guardians, as subject and text. No subject says more than “Sauga”; no text names
a person or a case; a guardian reads the first letter and the year of birth of the child."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext, pgettext

from sauga.kernel.members.home import Waiting
from sauga.kernel.members.protection import Child
from sauga.kernel.ui.public_frame.language import whole

type Written = tuple[str, str]


def signin(address: str) -> Written:
    """The link to sign in: the same words for everybody."""
    return gettext("Your link to Sauga"), gettext(
        "Hello,\n\nthis link opens My Sauga:\n\n{link}\n\nIt works once and for 15 minutes. In the "
        "browser in which it was asked for it signs in at once; elsewhere, press the button on the page that "
        "opens.\n\nIf nobody here asked for it, nothing needs to be done: without the link nobody can "
        "sign in."
    ).format(link=address)


def decision(outcome: str, organisation: str, address: str, *, is_child: bool = False) -> Written:
    """What became of a request to act for an organisation; `outcome` is the code of its state."""
    said = {
        "CONFIRMED": gettext("Confirmed: you act for {organisation} in Sauga."),
        "REFUSED": gettext("Your request to act for {organisation} was not confirmed. The page says why."),
        "ENDED": gettext("You no longer act for {organisation} in Sauga."),
    }[outcome].format(organisation=organisation)
    return gettext("Your organisation in Sauga"), gettext("Hello,\n\n{said}\n\n{link}").format(
        said=said, link=address
    )


def partnership(organisation: str, address: str, *, is_partner: bool) -> Written:
    """What became of a request to become a partner."""
    said = (
        gettext(
            "{organisation} is a partner of Sauga now, and you act for it. Here you adapt materials for it."
        )
        if is_partner
        else gettext(
            "{organisation} does not become a partner of Sauga for now. You still act for it. If you have "
            "questions, please write to us."
        )
    ).format(organisation=organisation)
    return gettext("Your organisation in Sauga"), gettext("Hello,\n\n{said}\n\n{link}").format(
        said=said, link=address
    )


def invitation(organisation: str, address: str) -> Written:
    """Tells a person who gets an account as a member, acting for an organisation, where to sign in."""
    return gettext("Your organisation in Sauga"), gettext(
        "Hello,\n\nyou act for {organisation} in Sauga. What you do for it is in My Sauga: enter this "
        "email address there, and a link to sign in comes by email. No password is needed.\n\n{link}"
    ).format(organisation=organisation, link=address)


def guardian(address: str, child: Child, *, decides_alone: bool) -> Written:
    """The link to the page on which a guardian consents, says no, or withdraws. It names the child by the
    first letter and the year of birth, and who invited it."""
    if decides_alone:
        return gettext("Sauga asks for your consent"), gettext(
            "Hello,\n\n{inviter} invited a child in your care ({initial}., born in {year}) to take part in "
            "Sauga, the Safer Internet Centre. From 14 on young people decide alone; for photographs we ask "
            "you as well, until 18. This page has a button for yes and one for no:\n\n{link}\n\nThe link is "
            "personal. Please do not pass it on."
        ).format(link=address, inviter=child.inviter, initial=child.initial, year=child.year)
    if child.initial and child.inviter:
        return gettext("Sauga asks for your consent"), gettext(
            "Hello,\n\n{inviter} invited a child in your care ({initial}., born in {year}) to take part in "
            "Sauga, the Safer Internet Centre. Under 14 both the guardian and the child decide. This page "
            "says what for, and has a button for yes and one for no; later you can withdraw there:\n\n"
            "{link}\n\nThe link is personal. Please do not pass it on."
        ).format(link=address, inviter=child.inviter, initial=child.initial, year=child.year)
    return gettext("Sauga asks for your consent"), gettext(
        "Hello,\n\na child in your care was invited to take part in Sauga, the Safer Internet Centre. "
        "Under 14 both the guardian and the child decide. This page says what for, and lets you agree or "
        "refuse; later you can withdraw there:\n\n{link}\n\nThe link is personal. Please do not pass it on."
    ).format(link=address)


def guardian_at_14(address: str, day: str) -> Written:
    """Tells a guardian, before the child is 14, who decides from then on."""
    return gettext("Sauga: your child turns 14 soon"), gettext(
        "Hello,\n\nyou agreed that a child in your care takes part in Sauga, the Safer Internet Centre. "
        "From {day} on the child decides about it alone, as the law says, and we ask the child again. Your "
        "consent counts until then. For photographs we still need yours, until the child is 18.\n\nYou need "
        "not do anything. What you agreed to, and how to withdraw it, is here:\n\n{link}\n\nThe link is "
        "personal. Please do not pass it on."
    ).format(link=address, day=day)


def withdrawal(address: str) -> Written:
    """Tells a young member that the guardian withdrew."""
    return gettext("News from Sauga"), pgettext(
        "child",
        "Hi,\n\nyour guardian has withdrawn a consent. What that means for you is on your page:\n\n{link}\n\n"
        "If you would like to talk about it: 116 111, free of charge.",
    ).format(link=address)


def copied_passkey(address: str, *, is_child: bool) -> Written:
    """Tells a member that a copy of a passkey tried to sign in, and what to do."""
    if is_child:
        return gettext("Your Sauga account"), pgettext(
            "child",
            "Hi,\n\nsomeone tried to get into your account with a copy of your passkey. We did not let them "
            "in. Sign in with your card or with a link by email, and remove that passkey here:\n\n{link}",
        ).format(link=address)
    return gettext("Your Sauga account"), gettext(
        "Hello,\n\nsomeone tried to sign in to your account with a copy of your passkey. They were refused. "
        "Sign in with a link by email, remove that passkey and add a new one:\n\n{link}"
    ).format(link=address)


def reminder(waiting: Sequence[Waiting], address: str, account: str, *, is_child: bool) -> Written:
    """What waits, by its titles."""
    lines = "\n".join(f"– {one.title}: {whole(one.href)}" for one in waiting)
    count = len(waiting)
    if is_child:
        text = pgettext(
            "child",
            "Hi,\n\nthis is waiting for you in Sauga:\n\n{lines}\n\n{link}\n\nNo more emails: {account}",
        )
    else:
        text = ngettext(
            "Hello,\n\nthis is waiting for you in My Sauga:\n\n{lines}\n\n{link}\n\nNo more emails: "
            "{account}",
            "Hello,\n\nthese are waiting for you in My Sauga:\n\n{lines}\n\n{link}\n\n"
            "No more emails: {account}",
            count,
        )
    return gettext("Waiting for you in Sauga"), text.format(lines=lines, link=address, account=account)


def warning(address: str, day: str, *, is_child: bool) -> Written:
    """An unused account is deleted on a day."""
    if is_child:
        text = pgettext(
            "child",
            "Hi,\n\nyou have not used your Sauga account for a long time. We will delete it on {day}. "
            "If you want to keep it, sign in once:\n\n{link}",
        )
    else:
        text = gettext(
            "Hello,\n\nyour Sauga account has not been used for a long time. It will be deleted on "
            "{day}. To keep it, sign in once:\n\n{link}"
        )
    return gettext("Your Sauga account"), text.format(day=day, link=address)
