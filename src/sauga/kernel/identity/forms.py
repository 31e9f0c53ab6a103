"""Forms of the staff pages. They validate input only; permissions and facts are checked by the actions."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import languages
from sauga.kernel.identity.effect import Offer
from sauga.kernel.identity.models import Person, Role
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.sealed import Zone

LANGUAGES = languages.own_names(languages.for_staff())
ZONES = {
    Zone.HOTLINE: _("Hotline vault"),
    Zone.HELPLINE: _("Helpline vault"),
    Zone.PANEL: _("Youth panel vault"),
    Zone.AWARENESS: _("Awareness vault"),
}


def _input(kind: type[forms.widgets.Input] = forms.TextInput, **attrs: str) -> forms.widgets.Input:
    return kind(attrs={"class": "input", **attrs})


def _password(autocomplete: str, label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"class": "input", "autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=400, widget=widget, help_text=help_text)


def _code(*, required: bool, help_text: Any) -> forms.CharField:
    widget = _input(inputmode="numeric", autocomplete="one-time-code")
    widget.attrs["class"] = "input num"
    return forms.CharField(
        label=_("One-time code"), required=required, max_length=20, widget=widget, help_text=help_text
    )


class SigninForm(forms.Form):
    """Mail address, password and, for those who have an authenticator, its code."""

    email = forms.EmailField(
        label=_("Email"), widget=_input(forms.EmailInput, autocomplete="username webauthn")
    )
    password = _password("current-password", _("Password"))
    code = _code(
        required=False, help_text=_("6 digits from the authenticator app. With a passkey, leave empty.")
    )


class CodeForm(forms.Form):
    """A one-time code, or a recovery code from the printed sheet."""

    code = _code(
        required=True,
        help_text=_(
            "6 digits from the authenticator app, or 8 digits of a recovery code from the printed sheet."
        ),
    )


class SetupForm(forms.Form):
    """The first code of a new authenticator."""

    code = _code(required=True, help_text=_("6 digits that the app shows now."))


class PasswordForm(forms.Form):
    """The present password."""

    password = _password("current-password", _("Password"))


class NewPasswordForm(forms.Form):
    """A new password. `person` lets the check know what it must not resemble."""

    new_password = _password(
        "new-password",
        _("New password"),
        _("At least 12 characters. Several words in a row are easy to remember."),
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new_password(self) -> str:
        """The password, strong enough."""
        password: str = self.cleaned_data["new_password"]
        password_validation.validate_password(password, self.person)
        return password


class ChangePasswordForm(NewPasswordForm):
    """From the present password to a new one."""

    password = _password("current-password", _("Current password"))
    field_order = ("password", "new_password")


class JoinForm(NewPasswordForm):
    """What an invited person fills in."""

    name = forms.CharField(label=_("Name and surname"), max_length=120, widget=_input(autocomplete="name"))
    code = _code(required=True, help_text=_("6 digits that the app shows now."))
    field_order = ("name", "new_password", "code")


class ResetForm(NewPasswordForm):
    """A new password, and the vault's recovery code for those who have it."""

    recovery_code = forms.CharField(
        label=_("Recovery code of the vault"),
        required=False,
        max_length=100,
        widget=_input(autocomplete="off"),
        help_text=_("From the printed sheet. Without it the desk opens, but no sealed case."),
    )


class RecoverForm(PasswordForm):
    """Opening the vault again after a reset."""

    recovery_code = forms.CharField(
        label=_("Recovery code of the vault"), max_length=100, widget=_input(autocomplete="off")
    )
    field_order = ("recovery_code", "password")


class LanguageForm(forms.Form):
    """The language of the desk."""

    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, widget=forms.Select(attrs={"class": "input"})
    )


class PasskeyForm(forms.Form):
    """What the browser answered, and how the person calls the device."""

    name = forms.CharField(label=_("Name of the device"), max_length=60, widget=_input(autocomplete="off"))
    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Roles by their names; those that two people grant say so."""

    two: frozenset[str] = frozenset()

    def label_from_instance(self, obj: Any) -> str:
        return (
            gettext("%(role)s (a second person confirms)") % {"role": obj.label}
            if obj.code in self.two
            else str(obj.label)
        )


class RoleFilter(forms.Form):
    """Narrows a list to one role."""

    role = RoleField(
        label=pgettext_lazy("identity", "Role"),
        queryset=Role.objects.order_by("code"),
        to_field_name="code",
        required=False,
        empty_label=_("Every role"),
        widget=forms.Select(attrs={"class": "input"}),
    )

    @property
    def chosen(self) -> Role | None:
        """The role that was asked for; none where none was, or one that does not exist."""
        found: Role | None = self.cleaned_data.get("role") if self.is_valid() else None
        return found


class KindRolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Roles by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """Organisations by the names given for the day."""

    names: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        return self.names[obj.pk]


class RoleForm(forms.Form):
    """A role and the zones it may open: only what the organisation may grant.

    `two` are codes of roles that two people grant.
    """

    role = RoleField(
        label=pgettext_lazy("identity", "Role"),
        queryset=Role.objects.none(),
        to_field_name="code",
        widget=forms.Select(attrs={"class": "input"}),
    )
    zones = forms.MultipleChoiceField(
        label=_("Vaults"), choices=list(ZONES.items()), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The keys are handed over afterwards by a member of that vault."),
    )  # fmt: skip

    def __init__(self, *args: Any, offer: Offer, two: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, zones = self.fields["role"], self.fields["zones"]
        assert isinstance(role, RoleField)
        assert isinstance(zones, forms.MultipleChoiceField)
        role.two = two
        role.queryset = Role.objects.filter(code__in=offer.roles).order_by("code")
        zones.choices = [(zone, label) for zone, label in ZONES.items() if zone in offer.zones]


class PlaceForm(RoleForm):
    """A role at one of the organisations for which the asker grants roles."""

    organisation = OrganisationField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="code",
        widget=forms.Select(attrs={"class": "input"}),
    )
    field_order: tuple[str, ...] = ("organisation", "role", "zones")

    def __init__(
        self, *args: Any, organisations: list[Organisation], names: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, OrganisationField)
        if len(organisations) == 1:
            field.empty_label = None  # nothing to choose
        field.queryset = Organisation.objects.filter(pk__in=[o.pk for o in organisations]).order_by("code")
        field.names = names


class InviteForm(PlaceForm):
    """Whom to invite, and into which role."""

    email = forms.EmailField(label=_("Email"), widget=_input(forms.EmailInput, autocomplete="off"))
    name = forms.CharField(
        label=_("Name and surname"), max_length=120, required=False, widget=_input(autocomplete="off")
    )
    language = forms.ChoiceField(
        label=_("Language of the email"), choices=LANGUAGES, widget=forms.Select(attrs={"class": "input"})
    )
    field_order = ("email", "name", "organisation", "role", "zones", "language")


class RefuseForm(forms.Form):
    """Why a proposed role is refused; the proposer reads this."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=_input(autocomplete="off"))


class KindForm(forms.Form):
    """What organisations of one kind may grant."""

    roles = KindRolesField(
        label=_("Roles"),
        queryset=Role.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
    )
    zones = forms.MultipleChoiceField(
        label=_("Vaults"), choices=list(ZONES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        assert isinstance(roles, KindRolesField)
        roles.queryset = Role.objects.order_by("code")
