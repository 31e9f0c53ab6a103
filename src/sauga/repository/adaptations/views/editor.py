"""The one form of an adaptation that is being edited: logo, slots, order and a part of one's own. Every
button of it saves all that stands there first; what is refused stays in its field."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sauga.kernel import clock, members
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile
from sauga.kernel.ui.parameters.numbers import whole
from sauga.repository.adaptations.actions import adaptations, edits
from sauga.repository.adaptations.forms import place_fields, places_of
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.adaptations.queries.composition import languages_of, order_of, slots_of
from sauga.repository.adaptations.rules import slots as slot_rules
from sauga.repository.adaptations.rules.slots import ANY, SlotRefused
from sauga.repository.adaptations.views.adaptations import adaptation_page


@require_POST
def save(request: HttpRequest, ref: str) -> HttpResponse:
    """Save everything, then do what the button says: remove the logo or a part, or go on to the check."""
    by, at, asked = members.member(request), clock.now(), request.POST
    row = queries.adaptation_for(by, ref)
    if asked.get("seen", adaptations.seen_of(row)) != adaptations.seen_of(row):
        return adaptation_page(request, row, trouble=ChangedMeanwhile().text, given=asked)
    errors = _errors(request, row)
    try:
        _save_logo(request, by, row, at)
    except ActionRefused as refused:
        errors["logo"] = refused.text
    row.refresh_from_db()
    if errors:
        trouble = gettext("Nothing else is saved yet: see the fields that are marked.")
        return adaptation_page(request, row, trouble=trouble, given=asked, errors=errors)
    try:
        with transaction.atomic():
            _save_texts(asked, by, row, at)
    except ActionRefused as refused:
        row.refresh_from_db()
        return adaptation_page(request, row, trouble=refused.text, given=asked)
    if asked.get("do") != "review":
        return members.to("repository-adaptation", "saved", ref)
    try:
        adaptations.send_to_review(by=by, adaptation=row, at=at)
    except ActionRefused as refused:
        row.refresh_from_db()
        return adaptation_page(request, row, trouble=refused.text, errors=_missing(row))
    return members.to("repository-adaptation", "checking", ref)


def _errors(request: HttpRequest, row: Adaptation) -> dict[str, str]:
    """What is wrong, by field, all of it at once."""
    found: dict[str, str] = {}
    for place in place_fields(slots_of(row.base_version), {}, languages_of(row)):
        for field in place["fields"]:
            if field["name"] not in request.POST:
                continue
            try:
                slot_rules.filled(place["code"], place["kind"], request.POST[field["name"]])
            except SlotRefused as refused:
                found[field["name"]] = refused.text
    title, text = request.POST.get("title", "").strip(), request.POST.get("text", "").strip()
    if (text or request.POST.get("do") == "add") and not title:
        found["title"] = gettext("Give your part a title.")
    if (title or request.POST.get("do") == "add") and not text:
        found["text"] = gettext("Write the text of your part.")
    return found


def _missing(row: Adaptation) -> dict[str, str]:
    """The fields of the slots that must be filled before the check."""
    slots = slots_of(row.base_version)
    codes = slot_rules.missing(slots, row.slot_values)
    return {
        field["name"]: SlotRefused(place["code"], "empty").text
        for place in place_fields(slots, row.slot_values, languages_of(row))
        if place["code"] in codes
        for field in place["fields"]
    }


def _save_logo(request: HttpRequest, by: MemberActor, row: Adaptation, at: datetime) -> None:
    """First and by itself: a chosen file could not stand in the field again."""
    file, asked = request.FILES.get("logo"), request.POST
    if asked.get("do") == "off":
        edits.remove_logo(by=by, adaptation=row, at=at)
        return
    alt, ours_too = asked.get("alt", "") or row.organisation.name, bool(asked.get("ours_too"))
    if file:
        edits.set_logo(
            by=by,
            adaptation=row,
            name=str(file.name),
            content=file.read(),
            alt=alt,
            ours_too=ours_too,
            at=at,
        )
        return
    held = row.slot_values.get("logo", {}).get(ANY)
    if held and "alt" in asked and (held.get("alt"), row.keeps_our_logo) != (alt, ours_too):
        edits.describe_logo(by=by, adaptation=row, alt=alt, ours_too=ours_too, at=at)


def _save_texts(asked: Mapping[str, str], by: MemberActor, row: Adaptation, at: datetime) -> None:
    """Slots, order, parts: together or not at all."""
    if values := places_of(asked, slots_of(row.base_version), languages_of(row)):
        edits.fill_slots(by=by, adaptation=row, values=values, at=at)
    there = order_of(row)
    wanted = {one: asked.get(f"place-{one}", "") for one in there}
    ranked = sorted(there, key=lambda one: (whole(wanted[one], otherwise=999), there.index(one)))
    if any(wanted.values()) and ranked != there:
        edits.set_order(by=by, adaptation=row, order=ranked, at=at)
    if asked.get("off"):
        found = row.added_parts.filter(ref=asked["off"]).first()
        if found is not None:
            edits.remove_part(by=by, adaptation=row, part=found, at=at)
    if title := asked.get("title", "").strip():
        text = asked.get("text", "").replace("\r\n", "\n")
        body = [{"kind": "paragraph", "text": one.strip()} for one in text.split("\n\n") if one.strip()]
        licence = asked.get("licence", "")
        edits.add_part(by=by, adaptation=row, title=title, body=body, licence=licence, at=at)
