"""Codes of the school label with what they are called."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """The levels of the label, the lowest first."""

    IRON = "IRON", pgettext_lazy("school label", "Iron")
    BRONZE = "BRONZE", pgettext_lazy("school label", "Bronze")
    SILVER = "SILVER", pgettext_lazy("school label", "Silver")
    GOLD = "GOLD", pgettext_lazy("school label", "Gold")


LEVELS = tuple(Level)


def rank(level: str) -> int:
    """The place of a level, 0 for iron."""
    return LEVELS.index(Level(level))


class Owner(TextChoices):
    """Who does a task of the plan: a duty at the school, never a name."""

    HEAD = "HEAD", _("Head teacher")
    DEPUTY = "DEPUTY", _("Deputy head")
    CONTACT = "CONTACT", _("Person responsible for online safety")
    SUPPORT = "SUPPORT", _("Support specialists")
    IT = "IT", _("Whoever looks after computers and network")
    CLASS_TEACHERS = "CLASS_TEACHERS", _("Class teachers")
    LIBRARY = "LIBRARY", _("Library")
    PUPILS = "PUPILS", _("Pupils’ council with an adult")


class TaskState(TextChoices):
    """How far a task of the plan is."""

    TODO = "TODO", pgettext_lazy("task", "Not begun")
    STARTED = "STARTED", pgettext_lazy("task", "Begun")
    DONE = "DONE", pgettext_lazy("task", "Done")


class ReturnReason(TextChoices):
    """Why a file is returned; it is deleted at once."""

    FACE = (
        "FACE",
        _("Somebody’s face can be recognised. Cover it, or describe in words what the picture shows."),
    )
    NAME = "NAME", _("A name of a pupil or another person can be read. Cover it and add the file again.")
    MESSAGES = "MESSAGES", _("It shows private messages. Describe in words what you did about them.")
    PLACE = "PLACE", _("The file says where or by whom it was made. Export it again without these details.")
    UNRELATED = "UNRELATED", _("It does not show what the aspect asks about.")
    UNREADABLE = "UNREADABLE", _("It cannot be read. Please add it again.")


class Pledge(TextChoices):
    """What the person adding a file has looked for; without all three it is returned."""

    NO_FACES = "NO_FACES", _("Nobody can be recognised in it")
    NO_NAMES = "NO_NAMES", _("No names of pupils or parents can be read")
    NO_MESSAGES = "NO_MESSAGES", _("It shows no private messages")


MISSING_PLEDGE = {
    Pledge.NO_FACES: ReturnReason.FACE,
    Pledge.NO_NAMES: ReturnReason.NAME,
    Pledge.NO_MESSAGES: ReturnReason.MESSAGES,
}
LONGEST_COMMENT, LONGEST_TASK, LONGEST_REASON = 1500, 200, 600
SHORTEST_COMMENT = 40
"""A comment that a reviewer can judge has at least two short sentences."""
MOST_FILES_AN_ASPECT, MOST_TEAM, MOST_TASKS = 3, 12, 60
