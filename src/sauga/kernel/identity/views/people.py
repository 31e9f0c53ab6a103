"""The team: who works in which role since when; inviting people, changing and ending memberships. Every
change asks for the second factor again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import audit, clock
from sauga.kernel.identity import queries
from sauga.kernel.identity.actions import grants, invitations, people, proposals
from sauga.kernel.identity.actors import PersonActor, actor
from sauga.kernel.identity.desk_access.access import needs, send_to
from sauga.kernel.identity.desk_access.sudo import sudo_required
from sauga.kernel.identity.forms import ZONES, InviteForm, PlaceForm, RoleFilter, RoleForm
from sauga.kernel.identity.models import Membership, Person, RoleProposal
from sauga.kernel.identity.rules import Permission, only_here
from sauga.kernel.identity.trail import ZONE
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import allowed
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.sealed import HELD_BY_STAFF, SealedError, Zone


@needs(Permission.SEE_PEOPLE)
@require_safe
def people_list(request: HttpRequest) -> HttpResponseBase:
    """Everyone of the own organisations, with open invitations."""
    by, at = actor(request), clock.now()
    context = {
        "lines": queries.people_for(by),
        "invitations": queries.invitations_for(by, at),
        "proposals": queries.proposals_seen(by, at),
        "can_confirm": by.can(Permission.CONFIRM_ROLE),
        "can_invite": by.can(Permission.INVITE),
        "at": at,
    }
    return render(request, "identity/desk/people.html", context)


@needs(Permission.SEE_PEOPLE)
@require_safe
def permission_page(request: HttpRequest) -> HttpResponseBase:
    """What each role may do, as the database says today; of one role, if one is chosen."""
    form = RoleFilter(request.GET)
    groups = queries.permissions_held(form.chosen)
    return render(request, "identity/desk/permissions.html", {"form": form, "groups": groups})


@needs(Permission.SEE_PEOPLE)
@require_safe
def person(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One person: roles over time, keys, what was done to the account."""
    by = actor(request)
    line = queries.person_for(by, ref)
    context = {
        "line": line,
        "keys": [(key, ZONES[key.zone]) for key in queries.keys_of(line)],
        "trail": _story(line.person),
        "changeable": {m.pk for m in line.current if allowed(by, Permission.CHANGE_MEMBERSHIP, m)},
        "can_add": by.can(Permission.CHANGE_MEMBERSHIP)
        and line.person.pk != by.person_id
        and line.person.is_active,
        "can_reset": allowed(by, Permission.RESET_ACCESS, line.person),
        "can_open": by.can(Permission.OPEN_ZONE),
        "my_zones": by.open_zones,
        "at": clock.now(),
    }
    return render(request, "identity/desk/person.html", context)


def _story(who: Person) -> list[tuple[audit.Entry, Any, Any]]:
    """The newest lines about a person: each with its act in words and the name of who did it."""
    entries = list(reversed(audit.timeline(who, zone=ZONE)))[:30]
    names = queries.names_of({entry.actor for entry in entries})
    return [
        (entry, audit.action_words(entry.action), names.get(entry.actor) or audit.actor_words(entry.actor))
        for entry in entries
    ]


@needs(Permission.INVITE)
@sudo_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponseBase:
    """Send an invitation."""
    by, at = actor(request), clock.now()
    form = InviteForm(request.POST or None, **_places(queries.organisations_to_invite(by), at))
    if request.method == "POST" and form.is_valid() and _invited(request, by, form, at):
        return HttpResponseRedirect(reverse("identity-people"))
    return render(request, "identity/desk/invite.html", {"form": form})


def _places(organisations: list[Organisation], at: datetime) -> dict[str, Any]:
    """What a form needs that offers roles at these organisations."""
    return {
        "organisations": organisations,
        "names": {one.pk: one.name_at(at) for one in organisations},
        "offer": queries.offer_of_all(organisations, at),
        "two": queries.roles_of_two(),
    }


def _invited(request: HttpRequest, by: PersonActor, form: InviteForm, at: datetime) -> bool:
    """Invite, or propose it where the role takes two people. What is refused stands at its field."""
    with refusal_in(form, "role"):
        try:
            invitations.invite_person(by=by, at=at, **form.cleaned_data)
        except grants.SecondPersonNeeded:
            _say_proposed(request, proposals.propose_invitation(by=by, at=at, **form.cleaned_data), at)
        else:
            messages.success(request, gettext("Invitation sent."))
    return form.is_valid()


NOBODY_CONFIRMS = gettext_lazy(
    "Proposed, but nobody else of the organisation may confirm it. Whoever runs the installation adds "
    "a second person at the console."
)
NAMED = 5
"""So many of those who can confirm a role are named."""


def _say_proposed(request: HttpRequest, row: RoleProposal, at: datetime) -> None:
    """Name those who can confirm it, so that the proposer knows whom to ask; say so where there is none."""
    names = [person.name for person in queries.confirmers(row, at)[:NAMED]]
    if names:
        said = gettext("Proposed. Nothing is granted until a second person confirms it: %(names)s.")
        messages.success(request, said % {"names": ", ".join(names)})
    else:
        messages.warning(request, NOBODY_CONFIRMS)


@needs(Permission.CHANGE_MEMBERSHIP)
@sudo_required
@require_http_methods(["GET", "HEAD", "POST"])
def role_add(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Give a person who has an account another role, or a role again."""
    by, at = actor(request), clock.now()
    who = queries.person_for(by, ref).person
    if who.pk == by.person_id or not who.is_active:
        raise Http404
    form = PlaceForm(request.POST or None, **_places(queries.organisations_to_staff(by), at))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form, "role"):
            try:
                people.start_membership(by=by, person=who, at=at, **form.cleaned_data)
            except grants.SecondPersonNeeded:
                _say_proposed(
                    request, proposals.propose_membership(by=by, person=who, at=at, **form.cleaned_data), at
                )
            else:
                messages.success(request, gettext("Role granted. The person has been signed out everywhere."))
            return _to_person(ref)
    return render(request, "identity/desk/role_add.html", {"form": form, "person": who})


@needs(Permission.INVITE)
@sudo_required
@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Make an open invitation worthless."""
    by, at = actor(request), clock.now()
    invitations.withdraw_invitation(by=by, invitation=queries.invitation_for(by, ref, at), at=at)
    messages.success(request, gettext("Invitation withdrawn."))
    return HttpResponseRedirect(reverse("identity-people"))


@needs(Permission.CHANGE_MEMBERSHIP)
@sudo_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, ref: str, membership_id: int) -> HttpResponseBase:
    """Change the role of a membership, or end it (`end` in the form)."""
    by, at = actor(request), clock.now()
    row = queries.membership_for(by, ref, membership_id)
    if row.valid_to is not None or not allowed(by, Permission.CHANGE_MEMBERSHIP, row):
        raise Http404
    initial = {"role": row.role.code, "zones": row.zones}
    offer = queries.offer_of(row.organisation, at)
    form = RoleForm(request.POST or None, initial=initial, offer=offer, two=queries.roles_of_two())
    if request.method == "POST" and "end" in request.POST:
        people.end_membership(by=by, membership=row, at=at)
        messages.success(request, gettext("Membership ended. The person has been signed out everywhere."))
        return _to_person(ref)
    if request.method == "POST" and form.is_valid() and _changed(request, by, form, row, at):
        return _to_person(ref)
    return render(
        request,
        "identity/desk/membership.html",
        {"form": form, "membership": row, "organisation": row.organisation.name_at(at)},
    )


def _changed(request: HttpRequest, by: PersonActor, form: RoleForm, row: Membership, at: datetime) -> bool:
    """Change the role, or propose it where it takes two people. What is refused stands at its field."""
    with refusal_in(form, "role"):
        try:
            people.change_role(by=by, membership=row, at=at, **form.cleaned_data)
        except grants.SecondPersonNeeded:
            _say_proposed(
                request, proposals.propose_change(by=by, membership=row, at=at, **form.cleaned_data), at
            )
        else:
            messages.success(request, gettext("Role changed. The person has been signed out everywhere."))
    return form.is_valid()


@needs(Permission.RESET_ACCESS)
@sudo_required
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Help someone who cannot sign in: a link for a new password, or taking away lost factors; or close the
    account."""
    by, at = actor(request), clock.now()
    who = queries.person_for(by, ref).person
    if not allowed(by, Permission.RESET_ACCESS, who):
        raise Http404
    if request.method != "POST":
        return render(request, "identity/desk/access.html", {"person": who, "may_close": only_here(by, who)})
    if "factors" in request.POST:
        people.clear_factors(by=by, person=who, at=at)
        messages.success(request, gettext("Second factors removed. New ones are set up at the next sign-in."))
    elif "close" in request.POST:
        if not only_here(by, who):
            raise Http404
        people.deactivate_person(by=by, person=who, at=at)
        messages.success(request, gettext("Account closed."))
    else:
        invitations.send_reset(by=by, person=who, at=at)
        messages.success(request, gettext("Link sent."))
    return _to_person(ref)


@needs(Permission.OPEN_ZONE)
@sudo_required
@require_POST
def keys(request: HttpRequest, ref: str, membership_id: int) -> HttpResponseBase:
    """Hand a zone's keys over, or take them (`take` in the form). Needs the own vault, unlocked."""
    by = actor(request)
    row = queries.membership_for(by, ref, membership_id)
    if request.POST.get("zone") not in HELD_BY_STAFF:
        raise Http404
    if by.vault is None:
        return send_to(request, reverse("identity-unlock"))
    try:
        _keys(request, by, row, Zone(request.POST["zone"]))
    except SealedError:
        messages.error(
            request,
            gettext(
                "The keys were not changed: this vault does not hold them, or the person has no keys yet."
            ),
        )
    except ActionRefused as refused:
        messages.error(request, refused.text)
    return _to_person(ref)


def _keys(request: HttpRequest, by: PersonActor, row: Membership, zone: Zone) -> None:
    at = clock.now()
    assert by.vault is not None
    if "take" in request.POST:
        people.take_keys(by=by, membership=row, zone=zone, vault=by.vault, at=at)
        messages.success(request, gettext("Keys taken away."))
    else:
        people.open_zone(
            by=by, membership=row, zone=zone, vault=by.vault, contacts="contacts" in request.POST, at=at
        )
        messages.success(request, gettext("Keys handed over."))


def _to_person(ref: str) -> HttpResponseBase:
    return HttpResponseRedirect(reverse("identity-person", args=[ref]))
