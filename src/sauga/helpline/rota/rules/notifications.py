"""Notifications about rota and cover: channels, references and times, never a contact."""

from django.utils.translation import gettext_lazy as _

NEWS = {
    "helpline.cover_missing_phone": _("The phone should be open now, but people are missing."),
    "helpline.cover_missing_chat": _("The chat should be open now, but people are missing."),
    "helpline.shift_late_cancelled": _("Shift %(ref)s was cancelled late: its slot is open again."),
    "helpline.shift_no_show": _("Nobody came to shift %(ref)s."),
    "helpline.shift_released": _("Your shift %(ref)s was not confirmed in time and is open to others again."),
    "helpline.shift_given_by_swap": _("A colleague took over your shift %(ref)s."),
    "helpline.duty_pass": _(
        "A shift lead let somebody begin although a training, a check or a talk is missing."
    ),
    "helpline.debrief_owed": _("Somebody needs a debrief after a heavy contact."),
    "helpline.debrief_asked": _("Somebody asked for a talk after a shift."),
    "helpline.week_published": _("The rota of week %(week)s is published: you can take shifts."),
}
