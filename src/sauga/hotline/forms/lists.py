"""Forms of lists and policies: filters, the words and days of a term, a policy as JSON; and what each refusal says to its editor."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.hotline.actions import lists as actions
from sauga.hotline.rules import lists as rules
from sauga.hotline.rules import policies
from sauga.hotline.rules.policies import What
from sauga.kernel import vocab
from sauga.kernel.vocab.models import Term, Vocabulary

LABEL = 300
FIND = forms.TextInput(attrs={"type": "search"})
KINDS = {
    "mapping": _("a mapping {…}"),
    "list": _("a list […]"),
    "text": _("a text in quotes"),
    "number": _("a number"),
    "truth": _("true or false"),
    "nothing": _("null"),
}
FAULTS: dict[What, Callable[[str, str], str]] = {
    What.NO_JSON: lambda at, _w: (
        gettext("Line and column %(at)s: this is no JSON. Look for a missing comma, quote or bracket.") % {"at": at}
    ),
    What.TOO_LONG: lambda _at, _w: gettext("The text is too long for a policy. Shorten it."),
    What.TOO_DEEP: lambda _at, _w: gettext("The text nests too deep. Go back to the shape of the version before."),
    What.TWICE: lambda at, _w: gettext("“%(at)s” stands twice in the same mapping. Keep one of them.") % {"at": at},
    What.MISSING: lambda at, _w: gettext("“%(at)s” is missing. Put it back.") % {"at": at},
    What.UNKNOWN: lambda at, w: gettext("The program does not know “%(at)s”. Take it out; known here: %(w)s.") % {"at": at, "w": w},
    What.KIND: lambda at, w: gettext("“%(at)s” should be %(w)s.") % {"at": at or "{…}", "w": _kinds(w)},
    What.EMPTY: lambda at, _w: gettext("“%(at)s” is empty. Keep at least one entry.") % {"at": at},
    What.DAY: lambda at, _w: gettext('“%(at)s” should be a day like "2027-01-31", or null.') % {"at": at},
    What.TOO_LOW: lambda at, w: gettext("“%(at)s” should be at least %(w)s.") % {"at": at, "w": w},
    What.TOO_HIGH: lambda at, w: gettext("“%(at)s” should be at most %(w)s.") % {"at": at or "…", "w": w},
    What.CODE: lambda at, w: gettext("“%(at)s” names a code that does not exist. Known codes: %(w)s.") % {"at": at, "w": w},
    What.PLACE: lambda at, w: gettext("“%(at)s” may hold only these places in braces: %(w)s.") % {"at": at, "w": w or "–"},
    What.SAME_ID: lambda at, w: gettext("“%(at)s” uses the id “%(w)s” twice. Give one of them another.") % {"at": at, "w": w},
    What.WHOLE: lambda at, _w: gettext("“%(at)s” should be a whole number.") % {"at": at},
    What.ORDER: lambda at, _w: (
        gettext("“%(at)s”: times ascend from line to line; the last entry of “then”, and only it, has no end (null).") % {"at": at}
    ),
    What.HOLD: lambda at, _w: gettext("“%(at)s” stays empty: no night, weekend or holiday holds a notice back.") % {"at": at},
}


def _kinds(wanted: str) -> str:
    return gettext(" or ").join(str(KINDS[kind]) for kind in wanted.split(","))


def in_words(fault: policies.Fault) -> str:
    """One fault of a policy in words that say what to do."""
    return FAULTS[fault.what](fault.path, fault.wanted)


class ListFilter(forms.Form):
    """Which lists or policies to show; kept in the address."""

    find = forms.CharField(label=_("Code or name"), required=False, max_length=100, widget=FIND)
    only = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("All")), ("confirm", _("To confirm")), ("edited", _("Edited by staff"))]
    )


class TermFilter(ListFilter):
    """Which terms of a list to show."""

    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All")),
            ("valid", _("Valid today")),
            ("retired", _("Retired")),
            ("confirm", _("To confirm")),
            ("edited", _("Edited by staff")),
        ],
    )


def _day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class TermForm(forms.Form):
    """Names, days and source of a term. `seen` is when the term had last been edited when the page was drawn."""

    label_lt = forms.CharField(label=_("Name in Lithuanian"), required=False, max_length=LABEL)
    label_en = forms.CharField(label=_("Name in English"), required=False, max_length=LABEL)
    valid_from = _day(_("First day"), hint=_("Empty: valid from the beginning."))
    valid_to = _day(_("Last day"), hint=_("Empty: without an end. After this day the term is not offered; old cases still read it."))
    source = forms.CharField(
        label=_("Source"), required=False, max_length=LABEL, help_text=_("Where the term comes from: act, list, decision.")
    )
    confirmed = forms.BooleanField(label=_("Confirmed by somebody responsible"), required=False)
    worded = forms.BooleanField(label=_("Lithuanian wording is reviewed"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, vocabulary: Vocabulary, term: Term | None = None) -> None:
        super().__init__(data, initial=_initial(term))
        self.term = term
        if not rules.may_retire(vocabulary.code):
            del self.fields["valid_from"], self.fields["valid_to"]

    def wording(self) -> actions.Wording:
        """What the form says, for the action. Call after `is_valid`."""
        said, held = self.cleaned_data, self.term
        lt_status = "reviewed" if said["worded"] else "draft"
        if held is not None and said["worded"] == (held.lt_status != "draft"):
            lt_status = held.lt_status
        status = "confirmed" if said["confirmed"] else "provisional"
        if held is not None and said["confirmed"] == (held.status != "provisional"):
            status = held.status
        return actions.Wording(
            label_lt=said["label_lt"],
            label_en=said["label_en"],
            valid_from=said.get("valid_from", held.valid_from if held else None),
            valid_to=said.get("valid_to", held.valid_to if held else None),
            source=said["source"],
            status=status,
            lt_status=lt_status,
        )

    def seen_at(self) -> datetime | None:
        """When the term had last been edited as the editor saw it."""
        return _instant(self.cleaned_data["seen"])


def _instant(text: str) -> datetime | None:
    try:
        return parse_datetime(text) if text else None
    except ValueError:
        return None


def _initial(term: Term | None) -> dict[str, Any]:
    if term is None:
        return {}
    held = {name: getattr(term, name) for name in ("label_lt", "label_en", "valid_from", "valid_to", "source")}
    seen = term.edited_at.isoformat() if term.edited_at else ""
    return held | {"confirmed": term.status != "provisional", "worded": term.lt_status != "draft", "seen": seen}


class NewTermForm(TermForm):
    """A term that is not there yet."""

    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Capital letters, digits, underscores; never changed later. For example: NEW_KIND")
    )
    default_priority = forms.ChoiceField(label=_("Urgency of new reports"), required=False)
    field_order = ("code", "label_lt", "label_en", "default_priority")

    def __init__(self, data: Any = None, *, vocabulary: Vocabulary) -> None:
        super().__init__(data, vocabulary=vocabulary)
        if vocabulary.code == rules.CATEGORIES:
            self.fields["default_priority"].choices = [(code, code) for code, _name in vocab.choices("priority")]  # type: ignore[attr-defined]  # a ChoiceField
            self.initial["default_priority"] = "P3"
        else:
            del self.fields["default_priority"]


class RetireForm(forms.Form):
    """The last day of a term and what to use instead."""

    last_date = _day(_("Last day"), required=True)
    replaced_by = forms.ChoiceField(label=_("Use instead"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, term: Term, today: date) -> None:
        super().__init__(data, initial={"last_date": today, "seen": _initial(term)["seen"]}, prefix="retire")
        others = [(code, f"{code} – {name}") for code, name in vocab.choices(term.vocabulary.code) if code != term.code]
        self.fields["replaced_by"].choices = [("", "—"), *others]  # type: ignore[attr-defined]  # a ChoiceField

    def seen_at(self) -> datetime | None:
        """When the term had last been edited as the editor saw it."""
        return _instant(self.cleaned_data["seen"])


class PolicyForm(forms.Form):
    """A policy as JSON in the shape it came with. `base` is the newest version when the page was drawn."""

    text = forms.CharField(
        label=_("Policy as JSON"),
        strip=False,
        widget=forms.Textarea(attrs={"spellcheck": "false", "rows": 28, "translate": "no"}),
        help_text=_("Same keys and kinds of values as in the version before. Nothing is saved until everything fits."),
    )
    valid_from = _day(_("In force from"), hint=_("Empty: at once."))
    base = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """The text as typed; `value` holds it read."""
        text: str = self.cleaned_data["text"]
        try:
            self.value: Mapping[str, Any] = policies.read(text)
        except policies.PolicyUnfit as unfit:
            raise forms.ValidationError([in_words(fault) for fault in unfit.faults]) from unfit
        return text
