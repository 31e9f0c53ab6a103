"""Forms of safeguarding, cases and referrals. Choices come from the vocabularies; free text is encrypted by
the actions.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.helpline.safeguarding.actions.concerns import NO_SERVICE
from sauga.kernel import vocab

LONGEST = 4000


def _words(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows})
    )


def targets() -> list[tuple[str, str]]:
    """Services that may be told; the hotline has its own way, without the child."""
    return [
        ("", "–"),
        *((code, label) for code, label in vocab.choices("referral_target") if code != NO_SERVICE),
    ]


def clocks() -> list[tuple[str, Any]]:
    """Legal clocks, for services that have them."""
    return [("", _("no legal clock")), *vocab.choices("legal_clock")]


class NoteForm(forms.Form):
    """A few words, sealed."""

    note = _words(_("In words"))


class ServiceForm(forms.Form):
    """What the service said when it took it up."""

    note = forms.CharField(
        label=_("Reference number or desk of the service"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ToldForm(forms.Form):
    """How the child was told."""

    how = forms.ChoiceField(label=_("How"), choices=lambda: vocab.choices("child_told"))
    note = _words(_("How it was said"), rows=3)


class ProposalForm(forms.Form):
    """What is to be told to whom, on which ground, and how the child learns of it."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=lambda: [
            (code, label) for code, label in vocab.choices("safeguarding_decision") if code != "SG_WATCH"
        ],
    )
    ground = forms.ChoiceField(
        label=_("Ground"), choices=lambda: [("", "–"), *vocab.choices("confidentiality_ground")]
    )
    target = forms.ChoiceField(label=_("Who is informed"), choices=targets)
    clock = forms.ChoiceField(
        label=_("Legal clock"),
        required=False,
        choices=clocks,
        help_text=_("Only for the child-rights service: by when it must act."),
    )
    facts = _words(
        _("What exactly is passed on"),
        _("Only what is needed to protect the child. Encrypted until the second person reads it."),
        8,
    )
    told_plan = _words(
        _("How the child is informed"),
        _("Before we act, where that is possible: when, by whom, in which words."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        check_clock(self, given)
        return given


def check_clock(form: forms.Form, given: dict[str, Any]) -> None:
    """A service with legal clocks needs one, another may not have one."""
    target = given.get("target")
    if not target or "clock" in form.errors:
        return
    timed = bool(vocab.term("referral_target", target).extra.get("legal_clock"))
    if timed and not given.get("clock"):
        form.add_error("clock", _("This service acts by a legal clock: choose which."))
    if not timed and given.get("clock"):
        form.add_error("clock", _("This service has no legal clock."))


class CaseForm(forms.Form):
    """A new case."""

    urgency = forms.ChoiceField(label=_("Urgency"), choices=lambda: vocab.choices("urgency"))
    follow_up_date = forms.DateField(
        label=_("Follow up on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    plan = _words(_("Plan"), _("What is to happen, and who does it. Sealed."), 6)


class DayForm(forms.Form):
    """The next day to look at a case."""

    day = forms.DateField(
        label=_("Follow up on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class CaseNoteForm(forms.Form):
    """A note or a new plan."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[("NOTE", _("Note")), ("PLAN", _("Plan"))])
    note = _words(_("In words"))


class ReopenForm(forms.Form):
    """Why a closed case goes on."""

    reason = forms.ChoiceField(label=_("Reason"), choices=lambda: vocab.choices("case_reopening"))


class ReadForm(forms.Form):
    """Why a closed case is read."""

    reason = forms.ChoiceField(label=_("Reason"), choices=lambda: vocab.choices("case_reading"))


class ReferralForm(forms.Form):
    """A new referral to another service."""

    target = forms.ChoiceField(label=_("To whom"), choices=targets)
    clock = forms.ChoiceField(
        label=_("Legal clock"),
        required=False,
        choices=clocks,
        help_text=_("Only for the child-rights service: by when it must act."),
    )
    words = _words(
        _("What is shared"),
        _("Only what the service needs. The child reads exactly this before answering."),
        6,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        check_clock(self, given)
        return given


class AnswerForm(forms.Form):
    """What the child answered in own words."""

    agrees = forms.ChoiceField(
        label=_("The child"),
        widget=forms.RadioSelect,
        choices=[("yes", _("agrees")), ("no", _("does not agree"))],
    )
    how = forms.ChoiceField(
        label=_("How"),
        choices=lambda: [
            (code, label) for code, label in vocab.choices("consent_given") if code != "IN_CHAT"
        ],
    )


class OutcomeForm(forms.Form):
    """What came of a referral."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=lambda: vocab.choices("referral_outcome"))


class LinkForm(forms.Form):
    """An address for the hotline."""

    url = forms.CharField(
        label=_("Address"),
        help_text=_(
            "Only the address: no names, no words of the child. It goes to the hotline sealed and is "
            "not shown here again."
        ),
        max_length=8192,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )
    suspected = forms.ChoiceField(
        label=_("What is suspected"), choices=lambda: [("", "–"), *vocab.choices("link_suspected")]
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
