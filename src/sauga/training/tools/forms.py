"""Forms of tools."""

from collections.abc import Mapping
from typing import Any, ClassVar, override

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.forms import Words, WordsForm
from sauga.kernel.refusals import also_refused
from sauga.training.tools.actions.tools import ToolGiven, ToolRefused
from sauga.training.tools.models import Tool
from sauga.training.tools.queries import tools as queries
from sauga.training.tools.rules.registration import (
    LONGEST_ADDRESS,
    LineUnfit,
    addresses,
    is_address,
    may_open,
    parameters,
    parameters_text,
)
from sauga.training.tools.rules.scores import Finish

UNFIT = _("This is no address that can be used. It begins with https:// and has no spaces.")
LINE = _("Line %(line)s is no address that can be used.")


class ToolForm(forms.Form):
    """What is known of a tool. What we give its maker stands on its page."""

    name = forms.CharField(label=_("Name of the tool"), max_length=80, help_text=_("Learners read it."))
    maker = forms.CharField(
        label=_("Provider"),
        max_length=120,
        help_text=_("The organisation that receives what is passed. Learners read it."),
    )
    privacy_url = forms.CharField(
        label=_("Address of its privacy notice"), max_length=LONGEST_ADDRESS, required=False
    )
    contact = forms.EmailField(label=_("Email for questions"), required=False, max_length=254)
    login_url = forms.CharField(
        label=_("Login address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("The provider calls it “OIDC login initiation URL”."),
    )
    redirect_urls = forms.CharField(
        label=_("Redirect addresses"),
        max_length=4000,
        help_text=_("“Redirect URIs”, one a line. A launch is sent to these addresses only."),
        widget=forms.Textarea({"rows": 3}),
    )
    target_url = forms.CharField(
        label=_("Address to open"),
        max_length=LONGEST_ADDRESS,
        help_text=_("“Target link URI”: what opens where an activity does not say otherwise."),
    )
    keys_url = forms.CharField(
        label=_("Address of its keys"),
        max_length=LONGEST_ADDRESS,
        required=False,
        help_text=_("“JWKS URL” or “public keyset”. Needed for results; the key below can be given instead."),
    )
    keys_text = forms.CharField(
        label=_("Or its public key"),
        max_length=64 * 1024,
        required=False,
        help_text=_("A JSON Web Key Set, or a block that begins with -----BEGIN PUBLIC KEY-----."),
        widget=forms.Textarea({"rows": 4, "class": "input code", "spellcheck": "false"}),
    )
    may_ask_name = forms.BooleanField(
        label=_("Editors may ask learners for their name"),
        required=False,
        help_text=_("Each learner then decides at each opening. Without it nobody’s name is ever passed."),
    )

    def __init__(self, *args: Any, row: Tool | None = None, **kwargs: Any) -> None:
        if row is not None:
            names = (
                "name",
                "maker",
                "privacy_url",
                "contact",
                "login_url",
                "target_url",
                "keys_url",
                "may_ask_name",
            )
            kwargs["initial"] = {name: getattr(row, name) for name in names} | {
                "redirect_urls": "\n".join(row.redirect_urls)
            }
        super().__init__(*args, **kwargs)
        self.has_pasted_keys = row is not None and bool(row.keys) and not row.keys_url
        if self.has_pasted_keys:
            self.fields["keys_text"].help_text = _(
                "A key is registered. Leave this empty to keep it, or paste another one."
            )

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        allows = queries.allows_local()
        for name in ("login_url", "target_url", "keys_url", "privacy_url"):
            if said.get(name) and not is_address(said[name], allows_local=allows):
                self.add_error(name, UNFIT)
        try:
            said["redirects"] = addresses(said.get("redirect_urls", ""), allows_local=allows)
        except LineUnfit as unfit:
            self.add_error("redirect_urls", LINE % {"line": unfit.line})
        if not (said.get("keys_url") or said.get("keys_text") or self.has_pasted_keys):
            also_refused(self, [ToolRefused("keys")])
        return said

    @property
    def given(self) -> ToolGiven:
        """For the action."""
        said = self.cleaned_data
        names = ("name", "maker", "login_url", "target_url", "keys_url", "keys_text", "privacy_url")
        return ToolGiven(
            redirect_urls=said["redirects"],
            contact=said["contact"],
            may_ask_name=said["may_ask_name"],
            **{name: said[name] for name in names},
        )


class OffForm(WordsForm):
    """Why a tool is switched off, for learners."""

    words: ClassVar[Mapping[str, Words]] = {
        "reason": Words(
            _("What learners read"),
            300,
            2,
            _("Why it cannot be opened, and what they can do instead."),
            is_required=True,
        )
    }


FINISHES: dict[str, Any] = {
    Finish.SCORE: _("when the tool sends a result that is good enough"),
    Finish.COMPLETED: _("when the tool says that it is completed"),
    Finish.SELF: _("when learners say so themselves; the tool sends nothing"),
}


def activity_fields() -> dict[str, forms.Field]:
    """The fields of an activity that opens a tool, for the form of activities."""
    return {
        "tool": forms.ChoiceField(
            label=_("Tool"),
            choices=[("", "—"), *queries.choices()],
            help_text=_("Registered under External tools by whoever publishes courses."),
        ),
        "target": forms.CharField(
            label=_("Address to open, if not the tool’s own"),
            required=False,
            max_length=LONGEST_ADDRESS,
        ),
        "custom": forms.CharField(
            label=_("Parameters for the tool"),
            required=False,
            max_length=4000,
            help_text=_("One a line: name=value, as the tool’s provider says. Nothing about people."),
            widget=forms.Textarea({"rows": 3, "class": "input code", "spellcheck": "false"}),
        ),
        "finish": forms.ChoiceField(
            label=_("It is done"),
            choices=list(FINISHES.items()),
            widget=forms.RadioSelect,
            initial=Finish.SCORE,
        ),
        "pass_mark": forms.IntegerField(
            label=_("Good enough from (percent)"), min_value=0, max_value=100, initial=70
        ),
        "asks_name": forms.BooleanField(
            label=_("Ask learners whether their name is passed, too"),
            required=False,
            help_text=_("Only where the tool may be given names. Each learner decides."),
        ),
    }


def activity_shown(held: Mapping[str, Any]) -> dict[str, Any]:
    """What these fields begin with."""
    return {
        "tool": held.get("tool", ""),
        "target": held.get("target", ""),
        "custom": parameters_text(held.get("custom") or {}),
        "finish": held.get("finish", Finish.SCORE),
        "asks_name": held.get("asks_name", False),
    }


def activity_content(form: forms.Form, said: Mapping[str, Any]) -> dict[str, Any]:
    """What an activity holds of them; errors go to the form."""
    made = {"tool": said.get("tool", ""), "target": said.get("target", "").strip()}
    try:
        made["custom"] = parameters(said.get("custom", ""))
    except LineUnfit as unfit:
        form.add_error("custom", _("Line %(line)s is not name=value.") % {"line": unfit.line})
    row = queries.registered().get(made["tool"])
    if row is not None and made["target"] and not may_open(made["target"], row.addresses):
        form.add_error(
            "target",
            _("The tool is registered for other addresses. Ask the people who manage external tools."),
        )
    if row is not None and said.get("asks_name") and not row.may_ask_name:
        form.add_error(
            "asks_name", _("This tool may not be given names. Ask the people who manage external tools.")
        )
    return made | {
        "finish": said.get("finish") or Finish.SCORE,
        "pass": said.get("pass_mark") or 0,
        "asks_name": bool(said.get("asks_name")),
    }
