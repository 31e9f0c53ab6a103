"""The page of one organisation, with what may be done to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, override

from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import NotFound, PersonActor
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome
from sauga.kernel.kit.lists.cells import Cell, Mark
from sauga.kernel.organisation_pages import forms, presenters
from sauga.kernel.organisation_pages.lists import Organisations
from sauga.kernel.organisations.actions import codes, links, names
from sauga.kernel.organisations.actions import organisations as actions
from sauga.kernel.organisations.actions import roles as role_actions
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.queries import register
from sauga.kernel.organisations.queries.links import lines_of
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.trail import ZONE
from sauga.kernel.refusals import Text

OPEN, CLOSED = "OPEN", "CLOSED"
BOTH = frozenset({OPEN, CLOSED})


def find(by: PersonActor, ref: str) -> Organisation:
    """The organisation, for those who see the register. Raises NotFound."""
    if not by.can(Permission.SEE):
        raise NotFound
    return register.organisation_for(ref)


def _same(by: PersonActor, row: Organisation, given: dict[str, Any], at: datetime) -> Outcome:
    other = given["other"]
    links.mark_same(by=by, one=row, other=other, at=at)
    return Outcome(undo=reverse("organisations-part", args=[row.code, other.code]))


def _close(by: PersonActor, row: Organisation, _given: dict[str, Any], at: datetime) -> Outcome:
    actions.close_organisation(by=by, organisation=row, at=at)
    return Outcome(undo=reverse("organisations-do", args=[row.code, "reopen"]))


ACTIONS = ActionSet(
    find=find,
    state=lambda row: OPEN if row.valid_to is None else CLOSED,
    actions={
        "role": Action(
            permissions=(Permission.EDIT,),
            states=BOTH,
            label=_("Add role"),
            title=_("Add a role in the centre"),
            message=_("The role was added."),
            effect=lambda by, row, given, at: role_actions.give_role(by=by, organisation=row, at=at, **given),
            form=forms.RoleForm,
            key="r",
        ),
        "name": Action(
            permissions=(Permission.EDIT,),
            states=BOTH,
            label=_("Add name"),
            title=_("Add a name"),
            text=_("With a date, the present name in that language ends just before."),
            message=_("The name was added."),
            effect=lambda by, row, given, at: names.add_name(by=by, organisation=row, at=at, **given),
            form=forms.NameForm,
            key="m",
        ),
        "code": Action(
            permissions=(Permission.EDIT,),
            states=BOTH,
            label=_("Save code"),
            title=_("Set a code"),
            message=_("Saved."),
            effect=lambda by, row, given, at: codes.set_identifier(by=by, organisation=row, at=at, **given),
            form=forms.CodeForm,
        ),
        "contact": Action(
            permissions=(Permission.EDIT,),
            states=BOTH,
            label=_("Save mailbox"),
            title=_("Set a mailbox"),
            message=_("Saved."),
            effect=lambda by, row, given, at: codes.set_contact(by=by, organisation=row, at=at, **given),
            form=forms.ContactForm,
        ),
        "successor": Action(
            permissions=(Permission.EDIT,),
            states=BOTH,
            label=_("Record successor"),
            title=_("Record a successor"),
            text=_("Both organisations stay in the register; nothing is merged."),
            message=_("The successor was recorded."),
            effect=lambda by, row, given, at: links.record_succession(
                by=by,
                predecessor=row,
                successor=given["other"],
                since=given["since"],
                source=given["source"],
                at=at,
            ),
            form=forms.SuccessorForm,
        ),
        "same": Action(
            permissions=(Permission.EDIT,),
            states=BOTH,
            label=_("Mark as the same"),
            title=_("Mark as the same organisation"),
            text=_("Both entries keep their codes, names and history, and can be separated again."),
            message=_("Marked as the same organisation."),
            effect=_same,
            form=forms.SameForm,
        ),
        "close": Action(
            permissions=(Permission.EDIT,),
            states=frozenset({OPEN}),
            label=_("Mark as closed"),
            text=_("It is no longer offered anywhere. What was recorded stays."),
            message=_("Marked as closed."),
            effect=_close,
            tone="danger",
        ),
        "reopen": Action(
            permissions=(Permission.EDIT,),
            states=frozenset({CLOSED}),
            label=_("Reopen"),
            message=_("Reopened."),
            effect=lambda by, row, _given, at: actions.reopen_organisation(by=by, organisation=row, at=at),
        ),
    },
)


class OrganisationPage(DetailPage):
    """One organisation: names and roles over time, who was before and after, what is known of it."""

    template = "organisations/desk/organisation.html"
    list_title, list_url = Organisations.title, "organisations"
    url, action_url = "organisations-organisation", "organisations-do"
    zone, audit_permission = ZONE, Permission.EDIT
    actions = ACTIONS

    @override
    def heading(self) -> Text:
        name: str = self.row.name_at(self.at)
        return name

    @override
    def state(self) -> Mark | None:
        if self.row.valid_to is not None:
            return Mark("calm", "dash", pgettext("organisation", "closed"))
        return Mark("good", "dot", gettext("active"))

    @override
    def facts(self) -> Iterable[tuple[Text, Cell]]:
        return presenters.facts(self.row, register.kind_labels())

    @override
    def context(self) -> dict[str, Any]:
        lines = lines_of(self.row)
        earlier, later = presenters.successions_of(self.row, lines, self.at)
        return {
            "names": presenters.names_of(self.row),
            "roles": presenters.roles_of(self.row),
            "logos": presenters.logos_of(self.row),
            "earlier": earlier,
            "later": later,
            "same": presenters.same_of(self.row, lines, self.at),
            "may_edit": self.by.can(Permission.EDIT),
        }
