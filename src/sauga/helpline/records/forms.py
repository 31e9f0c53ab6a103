"""The form of the record: one for conversation, letter and call, filled beforehand with what is known."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.helpline.records.rules import coding as rules
from sauga.helpline.records.rules.coding import Codes, Fault, What
from sauga.kernel import vocab

NOTHING = ("", "—")
SEVERAL = ("more_topics", "more_insafe", "actions")
WORDS: dict[What, Callable[[], str]] = {
    What.MISSING: lambda: gettext("Choose one."),
    What.UNKNOWN: lambda: gettext("This code does not exist. Choose from the list."),
    What.NOT_THEN: lambda: gettext("This code was not in use on the day of the contact. Choose another."),
    What.TWICE: lambda: gettext("The same code is chosen twice. Take one away."),
    What.TOO_MANY: lambda: gettext("One main code and at most two more."),
    What.NOT_ONLINE: lambda: gettext(
        "Only when the internet played a part. Leave this empty, or answer “yes” above."
    ),
    What.IMPLIED: lambda: gettext("This topic happens online, so the internet played a part: answer “yes”."),
    What.OWN_VOICE: lambda: gettext(
        "Somebody who speaks for themselves needs no relationship. Leave this empty."
    ),
    What.AGE_DIFFERS: lambda: gettext("The year and the age group do not agree. The year is enough."),
    What.AGE_RANGE: lambda: gettext("A year from 0 to 26; 26 means older than 25."),
    What.TOO_LONG: lambda: gettext("At most 500 characters."),
    What.OTHER_CHANNEL: lambda: gettext("This kind does not exist on this channel. Choose another."),
}


class TopicSelect(forms.Select):
    """A list of topics whose options carry what the mapping proposes, for the script that fills
    the fields below.
    """

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option with its proposals."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["data-insafe"] = " ".join(rules.suggested_insafe([str(value)], self.day))
            if rules.implies_internet([str(value)]):
                option["attrs"]["data-online"] = ""
        return option

    day = date.min


class PlatformSelect(forms.Select):
    """Platforms that know what kind of place they are."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option with its place."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value and (place := vocab.term("platform", str(value)).extra.get("place")):
            option["attrs"]["data-place"] = place
        return option


def _pick(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect)


def _one(label: Any, **attrs: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select(attrs=attrs))


def _some(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.SelectMultiple(attrs={"data-tokens": "", "size": "5"})
    )


class RecordForm(forms.Form):
    """The record. What is missing or does not fit together is said at its field."""

    caller_role = _one(_("Who made contact"))
    relationship = _one(_("Relationship to the child"))
    age_year = forms.IntegerField(
        label=_("Age, years"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "3", "autocomplete": "off"}),
    )
    age_band = _one(_("or age group"))
    gender = _pick(_("Gender"))
    risk = _pick(_("Risk, as it turned out"))
    suicidality = _one(_("Thoughts of suicide"))
    topic = forms.ChoiceField(label=_("Topic"), required=False, widget=TopicSelect(attrs={"data-picker": ""}))
    more_topics = _some(_("Up to two more topics"))
    internet = _pick(_("Did the internet play a part?"))
    insafe = _one(_("Insafe category"), **{"data-picker": ""})
    more_insafe = _some(_("Up to two more categories"))
    place = _one(_("Where online"))
    platform = forms.ChoiceField(label=_("Platform, if named"), required=False, widget=PlatformSelect)
    harm_detail = _one(_("What happened there"))
    actions = _some(_("What was done"))
    language = _one(_("Language"))
    ended_by = _one(_("How it ended"))
    note = forms.CharField(
        label=_("Note, kept in the vault"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": rules.NOTE_LENGTH}),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        for name, vocabulary in rules.VOCABULARY.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                offered = vocab.choices(vocabulary, at=day)
                empty = [] if name in SEVERAL or isinstance(field.widget, forms.RadioSelect) else [NOTHING]
                field.choices = [*empty, *offered]
        self.fields["topic"].widget.day = day  # type: ignore[attr-defined]  # our own widget
        self._group_topics(day)
        self._suggest(day)

    def _group_topics(self, day: date) -> None:
        groups = [
            (group.label, self._topics_of(group.code, day)) for group in vocab.terms("topic_group", at=day)
        ]
        for name, empty in (("topic", [NOTHING]), ("more_topics", [])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*empty, *[group for group in groups if group[1]]]

    @staticmethod
    def _topics_of(group: str, day: date) -> list[tuple[str, str]]:
        return [
            (term.code, term.label) for term in vocab.terms("topic", at=day) if term.extra["group"] == group
        ]

    def _suggest(self, day: date) -> None:
        """Put what the mapping proposes for the topics said so far at the head of the list."""
        topics = [code for code in (self["topic"].value(), *(self["more_topics"].value() or [])) if code]
        proposed = rules.suggested_insafe(topics, day)
        field = self.fields["insafe"]
        if proposed and isinstance(field, forms.ChoiceField):
            every = dict(vocab.choices("insafe_category", at=day))
            others = [(code, label) for code, label in every.items() if code not in proposed]
            field.choices = [
                NOTHING,
                (gettext("Proposed for the topic"), [(code, every[code]) for code in proposed]),
                (gettext("All categories"), others),
            ]

    def clean(self) -> dict[str, Any]:
        """Check the codes as the action will."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for fault in rules.faults(self.codes(), self.day, note=said.get("note", "")):
                self.refuse(fault)
        return said

    def refuse(self, fault: Fault) -> None:
        """Say a fault at its field."""
        self.add_error(fault.field if fault.field in self.fields else None, WORDS[fault.what]())

    def codes(self) -> Codes:
        """The codes for the action; the year decides over the group that was known before."""
        said = self.cleaned_data
        values: dict[str, Any] = {
            name: tuple(said[name]) if name in SEVERAL else said[name] for name in Codes.__dataclass_fields__
        }
        if said["age_year"] is not None and "age_band" not in self.changed_data:
            values["age_band"] = ""
        return Codes(**values)


class NonDataForm(forms.Form):
    """A contact without counselling: which kind."""

    kind = forms.ChoiceField(label=_("Kind"), required=True)

    def __init__(self, *args: Any, channel: str, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            terms = vocab.terms("non_data_type", at=day)
            field.choices = [(term.code, term.label) for term in terms if channel in term.extra["channels"]]


def initial_of(codes: Codes, note: str = "") -> dict[str, Any]:
    """What the form shows first."""
    said = {name: getattr(codes, name) for name in Codes.__dataclass_fields__}
    return {
        **{name: list(value) if isinstance(value, tuple) else value for name, value in said.items()},
        "note": note,
    }


class FindForm(forms.Form):
    """One's own contacts by reference."""

    find = forms.CharField(
        label=_("Number"), required=False, max_length=16, widget=forms.TextInput(attrs={"type": "search"})
    )
