"""The forms of the personal test at the desk."""

from collections.abc import Mapping
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.selfcheck.personal.models import LONGEST_NOTE
from sauga.selfcheck.personal.rules import notation
from sauga.selfcheck.personal.rules.bank import Audience

LONGEST, LONGEST_OPTIONS, LONGEST_LIST = 240, 2000, 8000
AREAS = "selfcheck_personal_areas"
SPEAKING = (("lt", _("in Lithuanian")), ("en", _("in English")))
PAIRS = ("question", "well", "title", "text", "hint")
AUDIENCE_NAMES = {
    Audience.CHILD: _("Children"),
    Audience.TEEN: _("Teenagers"),
    Audience.ADULT: _("Adults"),
}


class BeginForm(forms.Form):
    """What a new version is for."""

    note = forms.CharField(
        label=_("What is new"), max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 3})
    )


class ItemForm(forms.Form):
    """A question with its answers and what they lead to."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Letters, digits and hyphens; it stays the same in every version."),
    )
    question_lt = forms.CharField(label=_("Question in Lithuanian"), max_length=LONGEST)
    question_en = forms.CharField(label=_("Question in English"), max_length=LONGEST)
    options = forms.CharField(
        label=_("Answers"),
        max_length=LONGEST_OPTIONS,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "One on each line: a mark, Lithuanian, |, English. + goes well, - leads to the next step, "
            "! does so and offers somebody to talk to first, = neither. For example: + Taip | Yes"
        ),
    )
    well_lt = forms.CharField(label=_("What is said when it goes well, in Lithuanian"), max_length=LONGEST)
    well_en = forms.CharField(label=_("What is said when it goes well, in English"), max_length=LONGEST)
    title_lt = forms.CharField(label=_("Next step in Lithuanian"), max_length=LONGEST)
    title_en = forms.CharField(label=_("Next step in English"), max_length=LONGEST)
    text_lt = forms.CharField(
        label=_("How to do it, in Lithuanian"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )
    text_en = forms.CharField(
        label=_("How to do it, in English"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )
    urgency = forms.TypedChoiceField(
        label=_("How urgent is the step"),
        choices=((1, _("First")), (2, _("Then")), (3, _("When there is time"))),
        coerce=int,
    )
    area = forms.ChoiceField(label=_("Area"))
    topics = forms.CharField(
        label=_("Topics"),
        max_length=LONGEST,
        help_text=_("Codes of topics, separated by commas; the step leads to the page about the first one."),
    )
    sources = forms.MultipleChoiceField(label=_("Sources"), widget=forms.CheckboxSelectMultiple)
    hint_lt = forms.CharField(
        label=_("Hint for a teacher, in Lithuanian"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    hint_en = forms.CharField(
        label=_("Hint for a teacher, in English"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, content: Mapping[str, Any], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sources"].choices = list(content["sources"].items())
        fields["area"].choices = vocab.choices(AREAS)
        if not is_new:
            del fields["code"]

    def clean_options(self) -> list[dict[str, Any]]:
        """The answers as they are stored."""
        found: list[dict[str, Any]] = _read(notation.options, self.cleaned_data["options"])
        return found

    def clean_topics(self) -> list[str]:
        """Codes of known topics."""
        codes = [one.strip() for one in self.cleaned_data["topics"].split(",") if one.strip()]
        if wrong := [one for one in codes if not vocab.has_term("topics", one)]:
            raise ValidationError(_("There is no topic “%(code)s”."), params={"code": wrong[0]})
        return codes

    def given(self) -> dict[str, Any]:
        """The question as it is stored, without its code."""
        said = self.cleaned_data
        pair = {name: {"lt": said[f"{name}_lt"], "en": said[f"{name}_en"]} for name in PAIRS}
        held = {name: said[name] for name in ("area", "topics", "urgency", "options", "sources")}
        hint = {"hint": pair["hint"]} if any(pair["hint"].values()) else {"hint": {}}
        step = {"step": {"title": pair["title"], "text": pair["text"]}}
        return {**held, "question": pair["question"], "well": pair["well"], **step, **hint}


def initial_of(held: Mapping[str, Any]) -> dict[str, Any]:
    """A stored question as its form shows it."""
    texts = {
        "question": held["question"],
        "well": held["well"],
        "title": held["step"]["title"],
        "text": held["step"]["text"],
        "hint": held.get("hint", {}),
    }
    return {
        **{f"{name}_{code}": words.get(code, "") for name, words in texts.items() for code in ("lt", "en")},
        "options": notation.written(held["options"]),
        "topics": ", ".join(held["topics"]),
        **{name: held[name] for name in ("area", "urgency", "sources")},
    }


class DetailsForm(forms.Form):
    """Introductions, family agreement, sources, and the resource that others embed."""

    note = forms.CharField(label=_("What is new"), max_length=LONGEST_NOTE, required=False)
    agreement = forms.CharField(
        label=_("Family agreement"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 15}),
        help_text=_(
            "One sentence on each line: a code, who promises (child, adult or family), a colon, "
            "Lithuanian, |, English."
        ),
    )
    sources = forms.CharField(
        label=_("Sources"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("One on each line: a code, a colon, the title in English."),
    )
    embedded_as = forms.SlugField(
        label=_("Resource that others embed"),
        max_length=120,
        help_text=_("The end of its English address. Its deployments decide which sites may show the test."),
    )

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = content["agreement"]
        for one, name in AUDIENCE_NAMES.items():
            for code, spoken in SPEAKING:
                label = _("Introduction, %(who)s, %(language)s")
                self.fields[f"intro_{one}_{code}"] = forms.CharField(
                    label=label % {"who": name, "language": spoken}, max_length=LONGEST
                )

    def clean_agreement(self) -> list[dict[str, Any]]:
        """The sentences as they are stored."""
        text = self.cleaned_data["agreement"]
        found: list[dict[str, Any]] = _read(lambda said: notation.promises(said, self.before), text)
        return found

    def clean_sources(self) -> dict[str, str]:
        """Sources as they are stored."""
        found: dict[str, str] = _read(notation.sources, self.cleaned_data["sources"])
        return found

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["intro"] = {
            one: {code: said.get(f"intro_{one}_{code}", "") for code, _spoken in SPEAKING} for one in Audience
        }
        return said


def details_of(content: Mapping[str, Any], note: str) -> dict[str, Any]:
    """What a version holds beside its questions, as the form shows it."""
    return {
        "note": note,
        "agreement": notation.promises_written(content["agreement"]),
        "sources": notation.sources_written(content["sources"]),
        "embedded_as": content["embedded_as"],
        **{
            f"intro_{one}_{code}": content["audiences"][one]["intro"].get(code, "")
            for one in Audience
            for code, _spoken in SPEAKING
        },
    }


def _read(reader: Any, text: str) -> Any:
    try:
        return reader(text)
    except notation.Unreadable as unreadable:
        raise ValidationError(_("Line %(n)s cannot be read."), params={"n": unreadable.line}) from unreadable
