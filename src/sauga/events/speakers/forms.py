"""The forms of a speaker, on the own page and at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.forms import SpeakerForm, TimesForm, shown_words
from sauga.events.programme.models import Speaker
from sauga.kernel import vocab
from sauga.kernel.i18n import language_name, languages

NONE = [("", "—")]


class DescribedForm(forms.Form):
    """A file with what can be seen in it, by language."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in languages.for_editors():
            self.fields[f"alt_{row.code}"] = forms.CharField(
                label=_("What can be seen, %(language)s") % {"language": language_name(row.code)},
                max_length=300,
                required=False,
            )

    def alt(self) -> dict[str, str]:
        """The description by language."""
        return {row.code: self.cleaned_data[f"alt_{row.code}"] for row in languages.for_editors()}


class PortraitForm(DescribedForm):
    """A portrait with its description, without which it is not taken."""

    field_order = ("file",)


class SlidesForm(DescribedForm):
    """Slides: a PDF or an image, its language and licence, and whether they may be shown."""

    language = forms.ChoiceField(label=_("Language"), choices=lambda: vocab.choices("languages"))
    licence = forms.ChoiceField(
        label=_("Licence"),
        choices=lambda: [*NONE, *vocab.choices("licences")],
        help_text=_("Under a Creative Commons licence others may use the slides as it says."),
    )
    agrees = forms.BooleanField(label=_("May be shown and downloaded"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A PDF or an image. Export the PDF with tags, so that screen readers can follow it."
        )
        alts = [f"alt_{row.code}" for row in languages.for_editors()]
        self.fields[alts[0]].help_text = _("For an image only: one sentence for people who cannot see it.")
        self.order_fields(["file", "language", "licence", *alts, "agrees"])


class AbsenceForm(TimesForm):
    """Hours at which a speaker cannot speak."""


class LinkForm(forms.Form):
    """Where the personal link goes, and in which language."""

    address = forms.EmailField(label=_("Email address of the speaker"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language of the email"),
        choices=lambda: [(row.code, language_name(row.code)) for row in languages.for_editors()],
    )


def entry_form(speaker: Speaker, data: Any = None) -> SpeakerForm:
    """The public entry, to be changed."""
    initial = {**shown_words(SpeakerForm, speaker), "name": speaker.name}
    return SpeakerForm(data, initial=initial, auto_id="entry-%s")
