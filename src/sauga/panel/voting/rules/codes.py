"""Kinds of ballots, outcomes, and the limits of what may be asked."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """How a ballot is filled in and counted."""

    YES_NO = "YES_NO", pgettext_lazy("ballot", "Yes, no or abstain")
    APPROVAL = "APPROVAL", pgettext_lazy("ballot", "Mark all that you support")
    RANKED = "RANKED", pgettext_lazy("ballot", "Put in order")
    ELECTION = "ELECTION", pgettext_lazy("ballot", "Election with several seats")
    OPINION = "OPINION", pgettext_lazy("ballot", "Opinions on statements")


class Outcome(TextChoices):
    """What came out. The first two say nothing about how anybody voted."""

    TOO_FEW = "TOO_FEW", _("Too few votes to show anything")
    NO_QUORUM = "NO_QUORUM", _("Not enough people voted")
    ACCEPTED = "ACCEPTED", _("Accepted")
    NOT_ACCEPTED = "NOT_ACCEPTED", pgettext_lazy("ballot", "Not accepted")
    CHOSEN = "CHOSEN", pgettext_lazy("ballot", "Chosen")
    ELECTED = "ELECTED", pgettext_lazy("ballot", "Elected")
    NOBODY = "NOBODY", _("Nothing was chosen")
    GROUPS = "GROUPS", _("There are groups of opinion")
    NO_GROUPS = "NO_GROUPS", _("There are no separate groups of opinion")


class Detail(TextChoices):
    """How much of a result is published."""

    FULL = "FULL"
    ORDER = "ORDER"
    NONE = "NONE"


YES, NO, ABSTAIN = "YES", "NO", "ABSTAIN"
FEWEST_VOTES = 5
"""Below, nothing is published and nobody may even set a quorum."""
FEWEST_FOR_COUNTS = 10
"""Below, only the outcome or the order is published."""
HIDDEN_REST = 3
"""Counts are published only where at least so many did not vote for the option that most voted for."""
FEWEST_FOR_COMMON = 12
"""Answers to statements from which it is said with what most agree: three quarters of twelve leave
HIDDEN_REST who may not."""
FEWEST_IN_GROUP = 5
LONGEST_QUESTION = 160
LONGEST_TEXT = 1500
LONGEST_OPTION = 120
LONGEST_NOTE = 300
MOST_OPTIONS = 12
MOST_STATEMENTS = 30
FEWEST_STATEMENTS = 5
