"""Labels of a resource's fields, for its form and for messages that refer to a field."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELD_LABELS: dict[str, Any] = {
    "type": pgettext_lazy("resource", "Kind"),
    "title_lt": _("Title in Lithuanian"),
    "title_en": _("Title in English"),
    "abstract_lt": _("Summary in Lithuanian"),
    "abstract_en": _("Summary in English"),
    "keywords_lt": _("Keywords in Lithuanian"),
    "keywords_en": _("Keywords in English"),
    "slug_lt": _("Address in Lithuanian"),
    "slug_en": _("Address in English"),
    "audiences": pgettext_lazy("audience", "For"),
    "topics": _("Topics"),
    "age_min": _("Learners from age"),
    "age_max": _("Learners to age"),
    "stages": _("Stages"),
    "about_age_min": _("About children from age"),
    "about_age_max": _("About children to age"),
    "vulnerable_groups": _("Vulnerable groups"),
    "reading_level": _("Reading level"),
    "learning_minutes": _("Duration in minutes"),
    "teaches_digcomp": _("DigComp 2.2"),
    "teaches_curriculum": _("Curriculum: digital competence"),
    "languages": _("Languages"),
    "sensitivity": _("Sensitivity"),
    "help_services": _("Where to get help"),
    "licence": _("Licence"),
    "licence_note_lt": _("Note on rights in Lithuanian"),
    "licence_note_en": _("Note on rights in English"),
    "attribution": _("Attribution"),
    "creators": _("Made by"),
    "publisher_lt": _("Publisher in Lithuanian"),
    "publisher_en": _("Publisher in English"),
    "funder_lt": _("Funder in Lithuanian"),
    "funder_en": _("Funder in English"),
    "grant": _("Grant"),
    "source": _("Source"),
    "features": _("Accessibility features"),
    "access_modes": _("Access modes"),
    "hazards": _("Hazards"),
    "summary_lt": _("Accessibility summary in Lithuanian"),
    "summary_en": _("Accessibility summary in English"),
    "body_lt": _("Text in Lithuanian"),
    "body_en": _("Text in English"),
    "slots": _("Slots for partners"),
    "channels": _("Channels"),
    "version": pgettext_lazy("resource", "Version"),
    "review_by": _("Review by"),
    "title": _("Title"),
    "licence_note": _("Note on rights in Lithuanian"),
    "body": _("Text in Lithuanian"),
}


def field_label(code: str) -> str:
    """The label of a field; its code where no form shows it."""
    return str(FIELD_LABELS.get(code, code))
