"""Short lists for the counsellor's desk: what to ask when there is risk, and reasons to reopen a closed
contact.
"""

from django.utils.translation import gettext_lazy

RISEN = {"NONE": "HIGH", "SOME": "HIGH", "HIGH": "IMMEDIATE"}
"""What one press of the risk key does."""
SAFETY_QUESTIONS = (
    gettext_lazy("Are you somewhere safe right now?"),
    gettext_lazy("Is somebody threatening you today?"),
    gettext_lazy("Do you have thoughts of hurting yourself?"),
)
"""Asked gently when the risk is high."""
OPENING_REASONS = {
    "FOLLOW_UP": gettext_lazy("The child is back and refers to it"),
    "CORRECTION": gettext_lazy("The record must be corrected"),
    "COMPLAINT": gettext_lazy("There is a complaint"),
    "SUPERVISION": gettext_lazy("For supervision or debrief"),
}
"""Why a closed contact may be opened again; the code goes into the trail."""
