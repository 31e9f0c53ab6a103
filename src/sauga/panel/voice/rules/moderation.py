"""Why something is not published, as a list that members know: each reason says what to do next."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Reasons for returning what a member wrote."""

    RECOGNISABLE = "RECOGNISABLE", _("Somebody could be recognised from it")
    CONTACT = "CONTACT", _("It says how to reach somebody")
    HURTS = "HURTS", _("It may hurt somebody")
    OFF_TOPIC = "OFF_TOPIC", _("It is about something else")
    UNCLEAR = "UNCLEAR", _("It is not clear what is meant")
    NOT_OWN = "NOT_OWN", _("The picture or text is somebody else’s")
    ADVERTISING = "ADVERTISING", _("It advertises something")


NEXT_YOUNGER = {
    Reason.RECOGNISABLE: _("Take out names, the school and the place. Then send it again."),
    Reason.CONTACT: _("Take out numbers and accounts. Then send it again."),
    Reason.HURTS: _("Say the same so that it hurts nobody. We can help: ask at the meeting."),
    Reason.OFF_TOPIC: _("Write it as a topic of its own."),
    Reason.UNCLEAR: _("Say it in other words, as to a friend."),
    Reason.NOT_OWN: _("Use your own picture or words."),
    Reason.ADVERTISING: _("Leave out the shop or the brand."),
}
NEXT_OLDER = {
    Reason.RECOGNISABLE: _("Take out what points to a person, a school or a place, and send it again."),
    Reason.CONTACT: _("Take out numbers, addresses and accounts, and send it again."),
    Reason.HURTS: _("Criticise what was done, not the person, and send it again."),
    Reason.OFF_TOPIC: _("Suggest it as a topic of its own, and it will find its place."),
    Reason.UNCLEAR: _("Say in two or three sentences what you mean, and send it again."),
    Reason.NOT_OWN: _("Replace it by your own picture or words, and send it again."),
    Reason.ADVERTISING: _("Leave out what sells something, and send it again."),
}
RULES = (
    _("A person reads everything before it is published, within four hours between 8:00 and 20:00."),
    _("What is not published comes back to you with the reason, and you can change it."),
    _("We do not publish names, schools, places, numbers or accounts."),
    _("We do not publish what hurts somebody. Disagreeing is fine."),
    _("We do not change your words. Only you do."),
    _("If we are worried about you, a person will write to you. You have done nothing wrong."),
)
"""The public rules of reading before publication."""


class Checklist(TextChoices):
    """What the moderator confirms before something is published."""

    NOBODY = "NOBODY", _("Nobody can be recognised from it")
    NO_CONTACT = "NO_CONTACT", _("It has no way to reach anybody")
    NO_WORRY = "NO_WORRY", _("Nothing in it worries me about the author or somebody else")


def next_step(reason: str, layer: str) -> str:
    """What to do next, in the words of an age layer."""
    words = NEXT_YOUNGER if layer == "12-13" else NEXT_OLDER
    return str(words[Reason(reason)])


class DeclineReason(TextChoices):
    """Why authors do not take an amendment: from a list, so that nothing hurtful is written."""

    ALREADY = "ALREADY", _("The text says this already")
    GOAL = "GOAL", _("It would change what we want")
    UNSURE = "UNSURE", _("We are not sure that it is so")
    OWN = "OWN", _("It deserves a proposal of its own")
    LONG = "LONG", _("The text would become too long")
