"""A partner's adaptations on the member site: choose a resource, adapt it, preview it, release it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, members, vocab
from sauga.kernel.identity import NotFound
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui.parameters.numbers import whole
from sauga.repository.adaptations import presenters as words
from sauga.repository.adaptations.actions import adaptations, edits
from sauga.repository.adaptations.editions import edition
from sauga.repository.adaptations.forms import blocks_of, fields_of, place_fields
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.adaptations.queries.composition import (
    compose,
    languages_of,
    order_of,
    sections_of,
    slots_of,
    spoken,
)
from sauga.repository.adaptations.queries.lineage import ancestors, judged
from sauga.repository.adaptations.rules.licence_explanations import explain_stored, said
from sauga.repository.adaptations.rules.licences import OPEN, REPRODUCTION
from sauga.repository.adaptations.rules.slots import ANY
from sauga.repository.adaptations.views.pages import page
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters.resources import licence_short
from sauga.repository.resources.rules.upstream_diff import with_origin
from sauga.repository.states import DEPLOYABLE, AdaptationState

EMPTY_FIELDS = 3


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Resources to adapt, each with what its licence permits."""
    text = " ".join(request.GET.get("q", "").split())[:80]
    rows = [_offer(row) for row in queries.adaptable(text)]
    context = {"rows": rows, "text": text, "partners": queries.own_partners(members.member(request))}
    return page(request, "repository/adaptations/choose.html", context)


def _offer(row: Resource) -> tuple[Any, ...]:
    change, fill = (said(judged(row, kind)) for kind in ("translation", "slot_fill"))
    kind = f"{vocab.label('resource_types', row.type)} · {licence_short(row.licence)}"
    return row, row.words("title", _language()), kind, change, fill


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """The kind of adaptation, and what the licence says about it."""
    by, base = members.member(request), queries.adaptable_for(ref)
    partners = queries.own_partners(by)
    if not partners:
        raise NotFound
    given = request.POST if request.method == "POST" else request.GET
    trouble = ""
    if request.method == "POST":
        try:
            made = _begun(by, base, request.POST)
            return HttpResponseRedirect(reverse("repository-adaptation", args=[made.ref]))
        except ActionRefused as refused:
            trouble = refused.text
    context = {
        "base": base,
        "title": base.words("title", _language()),
        "partners": partners,
        "kinds": [
            (term.code, term.label, said(judged(base, term.code))) for term in vocab.terms("adaptation_kinds")
        ],
        "tongues": vocab.choices("languages"),
        "licences": [(code, vocab.label("licences", code)) for code in OPEN],
        "given": {
            "partner": given.get("partner", ""),
            "kind": given.get("kind", "slot_fill"),
            "language": given.get("language") or partners[0].language,
            "name": given.get("name", ""),
            "licence": given.get("licence", ""),
            "commercial": bool(given.get("commercial")),
        },
    }
    return page(request, "repository/adaptations/begin.html", context, trouble=trouble)


def _begun(by: MemberActor, base: Resource, given: QueryDict) -> Adaptation:
    """The new adaptation that a form asks for; one of an earlier adaptation belongs to the same partner."""
    parent = queries.adaptation_for(by, str(given["parent"])) if given.get("parent") else None
    named = parent.organisation.ref if parent is not None else given.get("partner", "")
    return adaptations.begin_adaptation(
        by=by,
        partner=queries.own_partner(by, named),
        base=base,
        kind=given.get("kind", ""),
        language=given.get("language", ""),
        name=given.get("name", ""),
        commercial=bool(given.get("commercial")),
        wanted=given.get("licence", ""),
        parent=parent,
        at=clock.now(),
    )


@require_safe
def adaptation(request: HttpRequest, ref: str) -> HttpResponse:
    """One adaptation: slots, parts, texts, state, licence and lineage."""
    return adaptation_page(request, queries.adaptation_for(members.member(request), ref))


def adaptation_page(
    request: HttpRequest,
    row: Adaptation,
    *,
    trouble: str = "",
    given: Any = None,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page of an adaptation; with what was typed and its errors by field, where it could not be saved."""
    languages, slots = languages_of(row), slots_of(row.base_version)
    places = place_fields(slots, row.slot_values, languages)
    for place in places:
        place["label"] = vocab.label("slot_kinds", place["kind"])
        for field in place["fields"]:
            field["spoken"] = "" if field["language"] == ANY else vocab.label("languages", field["language"])
            field["value"] = (given or {}).get(field["name"], field["value"])
            field["error"] = (errors or {}).get(field["name"], "")
    context = {
        "row": row,
        "name": words.name(row),
        "kind": vocab.label("adaptation_kinds", row.kind),
        "state": words.state(row, "state.adaptation"),
        "places": places,
        "has_logo_slot": any(slot["kind"] == "logo" for slot in slots),
        "logo": row.slot_values.get("logo", {}).get(ANY),
        "sections": [
            {**one, "place": (given or {}).get(f"place-{one['ref']}", one["place"])}
            for one in _sections(row, languages)
        ],
        "given": given or {},
        "errors": errors or {},
        "seen": adaptations.seen_of(row),
        "can_write": row.kind not in REPRODUCTION,
        "verdict": explain_stored(row.licence_outcome),
        "licence": vocab.label("licences", row.licence) if row.licence else "",
        "credits": compose(row)["credits"][row.language] if row.licence else [],
        "origin": row.base.words("title", _language()),
        "lineage": ancestors(row.parent),
        "steps": [(step, vocab.label("state.adaptation", step.after)) for step in row.steps.order_by("-pk")],
        "releases": list(row.releases.order_by("-number")[:10]),
        "copies": [
            (one, words.channel(one.channel), *words.state(one, "state.deployment"))
            for one in row.deployments.order_by("-pk")
        ],
        "owner_reasons": adaptations.owner_reasons(row),
        "editing": row.state == "editing" and row.organisation.left_at is None,
        "can_deploy": row.state in DEPLOYABLE and row.organisation.left_at is None,
        "open_licences": [(code, vocab.label("licences", code)) for code in OPEN],
        "is_former": row.organisation.left_at is not None,
    }
    return page(request, "repository/adaptations/adaptation.html", context, trouble=trouble)


def _sections(row: Adaptation, languages: list[str]) -> list[dict[str, Any]]:
    held = {ref: (snapshot, resource) for ref, snapshot, resource in sections_of(row.base_version)}
    parts = {part.ref: part for part in row.added_parts.all()}
    found = []
    for place, ref in enumerate(order_of(row), 1):
        if ref in parts:
            found.append(
                {
                    "ref": ref,
                    "place": place,
                    "title": parts[ref].title,
                    "own": True,
                    "languages": [],
                    "why": "",
                }
            )
            continue
        snapshot, resource = held[ref]
        verdict = edits.may_write(row, str(snapshot.get("licence") or resource.licence))
        mine = row.body.get(ref) or {}
        found.append(
            {
                "ref": ref,
                "place": place,
                "title": spoken(snapshot.get("title") or {}, _language())[1] or ref,
                "own": False,
                "has_words": bool(snapshot.get("body")),
                "why": " ".join(said(verdict).why) if verdict.answer == "refused" else "",
                "languages": [(code, vocab.label("languages", code), code in mine) for code in languages],
            }
        )
    return found


def _act(
    request: HttpRequest, ref: str, do: Callable[[Adaptation], Any], done: str = "saved"
) -> HttpResponse:
    """Run an action on an adaptation and say so, or show on its page why not."""
    row = queries.adaptation_for(members.member(request), ref)
    try:
        changed = do(row)
    except ActionRefused as refused:
        row.refresh_from_db()
        return adaptation_page(request, row, trouble=refused.text, given=request.POST)
    if done == "released" and changed.state == AdaptationState.OWNER_APPROVAL:
        done = "approval"
    return members.to("repository-adaptation", done, ref)


@require_POST
def logo(request: HttpRequest, ref: str) -> HttpResponse:
    """Set or remove the logo."""
    by, at, file = members.member(request), clock.now(), request.FILES.get("logo")

    def do(row: Adaptation) -> None:
        if request.POST.get("do") == "off":
            edits.remove_logo(by=by, adaptation=row, at=at)
            return
        edits.set_logo(
            by=by,
            adaptation=row,
            name=str(file.name) if file else "",
            content=file.read() if file else b"",
            alt=request.POST.get("alt", "") or row.organisation.name,
            ours_too=bool(request.POST.get("ours_too")),
            at=at,
        )

    return _act(request, ref, do)


@require_POST
def order(request: HttpRequest, ref: str) -> HttpResponse:
    """Order the parts by the numbers beside them."""
    by, at = members.member(request), clock.now()

    def do(row: Adaptation) -> None:
        there = order_of(row)
        wanted = {one: request.POST.get(f"place-{one}", "") for one in there}
        ranked = sorted(there, key=lambda one: (whole(wanted[one], otherwise=999), there.index(one)))
        edits.set_order(by=by, adaptation=row, order=ranked, at=at)

    return _act(request, ref, do)


@require_POST
def part(request: HttpRequest, ref: str) -> HttpResponse:
    """Add or remove a part."""
    by, at = members.member(request), clock.now()

    def do(row: Adaptation) -> None:
        if request.POST.get("off"):
            found = row.added_parts.filter(ref=request.POST["off"]).first()
            if found is not None:
                edits.remove_part(by=by, adaptation=row, part=found, at=at)
            return
        text = request.POST.get("text", "").replace("\r\n", "\n")
        body = [{"kind": "paragraph", "text": one.strip()} for one in text.split("\n\n") if one.strip()]
        title, licence = request.POST.get("title", ""), request.POST.get("licence", "")
        edits.add_part(by=by, adaptation=row, title=title, body=body, licence=licence, at=at)

    return _act(request, ref, do)


@require_POST
def step(request: HttpRequest, ref: str) -> HttpResponse:
    """The next transition."""
    by, at, what, why = (
        members.member(request),
        clock.now(),
        request.POST.get("do", ""),
        request.POST.get("why", ""),
    )
    acts: dict[str, tuple[str, Callable[[Adaptation], Any]]] = {
        "review": ("checking", lambda row: adaptations.send_to_review(by=by, adaptation=row, at=at)),
        "back": (
            "editing",
            lambda row: adaptations.back_to_editing(by=by, adaptation=row, comment=why, at=at),
        ),
        "release": ("released", lambda row: adaptations.release_adaptation(by=by, adaptation=row, at=at)),
        "retire": (
            "retired",
            lambda row: adaptations.retire_adaptation(by=by, adaptation=row, reason=why, at=at),
        ),
    }
    if what not in acts:
        raise NotFound
    done, do = acts[what]
    return _act(request, ref, do, done)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, ref: str, section: str, language: str) -> HttpResponse:
    """The partner's text for one section in one language, beside the original. The button shows the result
    first.
    """
    by, at = members.member(request), clock.now()
    row = queries.adaptation_for(by, ref)
    held = {one: (snapshot, resource) for one, snapshot, resource in sections_of(row.base_version)}
    if section not in held or not vocab.has_term("languages", language):
        raise NotFound
    source = edits.original_blocks(row, section, language)
    mine = (row.body.get(section) or {}).get(language)
    title = (
        (row.title.get(section) or {}).get(language)
        or spoken(held[section][0].get("title") or {}, language)[1]
        or ""
    )
    body, trouble, shown = list(mine if mine is not None else with_origin(source)), "", False
    if request.method == "POST":
        title, body, shown = request.POST.get("title", ""), blocks_of(request.POST), True
        try:
            if request.POST.get("do") == "restore":
                edits.restore_section(by=by, adaptation=row, section=section, language=language, at=at)
            elif request.POST.get("do") == "save":
                seen = request.POST.get("seen", "")
                edits.write_section(
                    by=by,
                    adaptation=row,
                    section=section,
                    language=language,
                    title=title,
                    body=body,
                    seen=seen,
                    at=at,
                )
            if request.POST.get("do") in {"restore", "save"}:
                return members.to("repository-adaptation", "saved", ref)
        except ActionRefused as refused:
            trouble = refused.text
    fields = fields_of(body)
    for field in fields:
        origin = field["from"]
        field["original"] = (
            fields_of([source[origin]])[0] if isinstance(origin, int) and origin < len(source) else None
        )
    blank = [{"place": len(fields) + n, "kind": "paragraph", "from": ""} for n in range(EMPTY_FIELDS)]
    context = {
        "row": row,
        "section": section,
        "language": language,
        "tongue": vocab.label("languages", language),
        "title": title,
        "fields": fields,
        "blank": blank,
        "seen": request.POST.get("seen") or adaptations.seen_of(row),
        "has_own": mine is not None,
        "shown": shown,
    }
    return page(request, "repository/adaptations/section.html", context, trouble=trouble)


@require_safe
def preview(request: HttpRequest, ref: str, language: str) -> HttpResponse:
    """Preview of the adaptation."""
    row = queries.adaptation_for(members.member(request), ref)
    content = compose(row)
    if language not in content["languages"]:
        raise NotFound
    logo_address = reverse("repository-own-logo", args=[row.ref]) if content["logo"] else ""
    others = [(code, vocab.label("languages", code)) for code in content["languages"]]
    context = {
        "row": row,
        "copy": edition(content, language),
        "logo": logo_address,
        "others": others,
        "language": language,
    }
    return page(request, "repository/adaptations/preview.html", context)


@require_safe
def own_logo(request: HttpRequest, ref: str) -> HttpResponse:
    """The logo, for the preview."""
    from sauga.repository.adaptations.editions import logo_bytes

    content = compose(queries.adaptation_for(members.member(request), ref))
    if not content["logo"]:
        raise NotFound
    response = HttpResponse(logo_bytes(content), content_type=content["logo"]["mime"])
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _language() -> str:
    return (get_language() or "lt")[:2]
