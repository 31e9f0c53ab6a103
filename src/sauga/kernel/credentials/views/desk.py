"""The desk pages of credentials, for each service that issues some: its list, and one with what may be done
to it.

They lie under the service's own addresses and are guarded by the permission that its kinds name
(`keep_with`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar, override

from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.credentials import actions, presenters, protection, queries
from sauga.kernel.credentials.declarations.kinds import CredentialKind, Why
from sauga.kernel.credentials.forms import NameForm, ReasonForm
from sauga.kernel.credentials.issuer import keys
from sauga.kernel.credentials.issuer.addresses import check_address
from sauga.kernel.credentials.models import Credential
from sauga.kernel.credentials.presenters import STATES
from sauga.kernel.credentials.states import CredentialState
from sauga.kernel.identity import PersonActor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Quiet, View
from sauga.kernel.refusals import Text
from sauga.kernel.ui.components import Moment


class FilterForm(forms.Form):
    """The filters of the list."""

    words = forms.CharField(
        label=_("Name, number or code"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class Credentials(ListPage):
    """The credentials that one service issued, the latest first."""

    service: ClassVar[str]
    title = _("Certificates issued")
    form_class = FilterForm
    everything = "all"
    views = (
        View(CredentialState.VALID, pgettext_lazy("credentials", "Valid")),
        View(CredentialState.SUSPENDED, pgettext_lazy("credentials", "Suspended")),
        View(CredentialState.REPLACED, pgettext_lazy("credentials", "Replaced")),
        View(CredentialState.EXPIRED, pgettext_lazy("credentials", "Expired")),
        View(CredentialState.REVOKED, pgettext_lazy("credentials", "Revoked")),
        View("all", pgettext_lazy("credentials", "All")),
    )
    columns = (
        Column("number", pgettext_lazy("certificate", "Number"), is_heading=True),
        Column("who", pgettext_lazy("certificate", "Holder")),
        Column("about", pgettext_lazy("certificate", "For what")),
        Column("issued", pgettext_lazy("certificate", "Issued"), "nowrap", ("issued_at",)),
        Column("until", pgettext_lazy("certificate", "Valid until"), "nowrap", ("valid_until",)),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(
        title=_("No certificate here"),
        text=_("Certificates appear here once they are issued."),
    )

    @override
    def counts(self) -> dict[str, int]:
        return queries.counts(self.by, self.service)

    @override
    def rows(self) -> QuerySet[Credential]:
        state = "" if self.view_code == "all" else self.view_code
        return queries.credentials(self.by, self.service, state=state, words=self.filters.get("words") or "")

    @override
    def lines(self, rows: list[Credential]) -> list[Line]:
        held = protection.contents(rows)
        return [self._line(row, held.get(row.pk)) for row in rows]

    def _line(self, row: Credential, held: protection.Content | None) -> Line:
        number = Link(row.number, reverse(f"{self.service}-credential", args=[row.ref]))
        about = held.printed.about.said(get_language() or "en") if held else ""
        heading: Cell = (about, Quiet(presenters.heading_of(row), below=True))
        until = Day(row.valid_until) if row.valid_until else ""
        who = held.printed.holder if held else gettext("details deleted")
        return Line(row.ref, (number, who, heading, Day(row.issued_at), until, STATES[row.state]))


def _reasons(*chosen: Why) -> type[ReasonForm]:
    class Form(ReasonForm):
        """Why, among these."""

        codes = tuple(str(one) for one in chosen)

    return Form


def _correct(by: PersonActor, row: Credential, given: dict[str, Any], at: datetime) -> Outcome:
    made = actions.correct_name(by=by, credential=row, holder=given["holder"], at=at)
    return Outcome(to=reverse(f"{made.service}-credential", args=[made.ref]))


def _action_set(service: str, keep: str) -> ActionSet:
    def find(by: PersonActor, ref: str) -> Credential:
        return queries.credential_by(by, service, ref)

    return ActionSet(
        find=find,
        actions={
            "suspend": Action(
                permissions=(keep,),
                states=frozenset({CredentialState.VALID}),
                label=_("Suspend"),
                message=_("Suspended. The check page and the status list say so."),
                text=_("It is not valid for the time being and can be restored."),
                effect=lambda by, row, given, at: actions.suspend(by=by, credential=row, at=at, **given),
                form=_reasons(Why.REVIEW, Why.CONDITIONS, Why.REQUEST),
            ),
            "restore": Action(
                permissions=(keep,),
                states=frozenset({CredentialState.SUSPENDED}),
                label=_("Restore"),
                message=_("Restored. It is valid again."),
                effect=lambda by, row, given, at: actions.restore(by=by, credential=row, at=at, **given),
                form=_reasons(Why.SETTLED, Why.MISTAKE),
                is_next=True,
            ),
            "name": Action(
                permissions=(keep,),
                states=frozenset({CredentialState.VALID}),
                label=_("Correct the name"),
                message=_("A new certificate was issued. The old one is replaced."),
                text=_(
                    "What was issued is never changed: a new certificate with the right name replaces this "
                    "one, and whoever checks the old code is told so. Give the holder the new one."
                ),
                effect=_correct,
                form=NameForm,
            ),
            "revoke": Action(
                permissions=(keep,),
                states=frozenset({CredentialState.VALID, CredentialState.SUSPENDED}),
                label=_("Revoke"),
                message=_("Revoked. The check page and the status list say so."),
                text=_("Whoever checks it learns that it was revoked and when, not why. This is final."),
                effect=lambda by, row, given, at: actions.revoke(by=by, credential=row, at=at, **given),
                form=_reasons(Why.MISTAKE, Why.REQUEST, Why.FRAUD, Why.CONDITIONS),
                tone="danger",
            ),
        },
    )


class CredentialPage(DetailPage):
    """One credential: what is printed on it, where it stands, what became of it."""

    service: ClassVar[str]
    list_title = Credentials.title
    states = STATES

    @override
    def heading(self) -> Text:
        return gettext("Certificate %(number)s") % {"number": self.row.number}

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Credential = self.row
        content = protection.contents([row]).get(row.pk)
        yield pgettext_lazy("certificate", "Kind"), presenters.heading_of(row)
        if content is None:
            yield pgettext_lazy("certificate", "Holder"), gettext("details deleted")
            return
        language = get_language() or "en"
        yield pgettext_lazy("certificate", "Holder"), content.printed.holder
        yield pgettext_lazy("certificate", "For what"), content.printed.about.said(language)
        for line in presenters.lines(row, content, language):
            yield line.label, str(line.value)
        check = check_address(content.code, language)
        yield _("Check page"), Link(check, check)
        yield _("Belongs to"), row.subject
        yield _("Signed with"), keys.method_of(row.key)
        yield from self._others(row)

    def _others(self, row: Credential) -> Iterator[tuple[Text, Cell]]:
        later = queries.replacement_of(row)
        for label, other in ((_("Replaces"), row.replaces), (_("Replaced by"), later)):
            if other is not None:
                yield label, Link(other.number, reverse(self.url, args=[other.ref]))

    @override
    def history(self) -> list[Moment]:
        steps = list(self.row.steps.order_by("-pk"))
        kind = presenters.known_kind(self.row)
        found = super().history()
        reasons = [kind.reason(step.why) if kind else "" for step in steps]
        return [
            Moment(text=one.text, when=one.when, note=" · ".join(filter(None, [str(why), str(one.note)])))
            for one, why in zip(found, reasons, strict=True)
        ]


def urls(service: str, kinds: Sequence[CredentialKind]) -> list[URLPattern]:
    """The addresses of a service's pages, below those of its desk."""
    keep, zone = kinds[0].keep_with, kinds[0].zone
    names = {"service": service, "__module__": __name__}
    shown: Any = type("ServiceCredentials", (Credentials,), {**names, "__doc__": Credentials.__doc__})
    page: Any = type(
        "ServiceCredentialPage",
        (CredentialPage,),
        {
            **names,
            "__doc__": CredentialPage.__doc__,
            "list_url": f"{service}-credentials",
            "url": f"{service}-credential",
            "action_url": f"{service}-credential-do",
            "actions": _action_set(service, keep),
            "zone": zone,
            "audit_permission": keep,
        },
    )
    guarded = needs(keep)
    return [
        path("credentials/", guarded(shown.view()), name=f"{service}-credentials"),
        path("credentials/<str:ref>/", guarded(page.view()), name=f"{service}-credential"),
        path(
            "credentials/<str:ref>/<str:name>/", guarded(page.action_view()), name=f"{service}-credential-do"
        ),
    ]
