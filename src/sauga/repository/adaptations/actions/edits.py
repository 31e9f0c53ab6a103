"""Editing an adaptation: slots, texts of sections, order and added parts; only while its state is editing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from sauga.kernel import media, vocab
from sauga.kernel.refusals import ChangedMeanwhile
from sauga.kernel.states import Actor
from sauga.repository.adaptations.actions.adaptations import (
    BUNDLES,
    LicenceRefused,
    Unknown,
    changed,
    locked_for_editing,
    seen_of,
)
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries.composition import sections_of, slots_of
from sauga.repository.adaptations.queries.lineage import judged, section_verdict
from sauga.repository.adaptations.rules import licences
from sauga.repository.adaptations.rules import slots as slot_rules
from sauga.repository.adaptations.rules.licences import REPRODUCTION, Answer, Verdict
from sauga.repository.adaptations.rules.slots import ANY
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.resources.rules import blocks

LOGO = "repository.logo"


def fill_slots(
    *, by: Actor, adaptation: Adaptation, values: Mapping[str, Mapping[str, str]], at: datetime
) -> Adaptation:
    """Fill slots by code and language (`*`: every language). Raises SlotRefused, NotEditing, LicenceRefused,
    Unknown.
    """
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        slots = {slot["code"]: slot for slot in slots_of(adaptation.base_version)}
        kept = dict(adaptation.slot_values)
        for code, said in values.items():
            if code not in slots or slots[code]["kind"] not in slot_rules.TYPED:
                raise Unknown
            texts = {one: slot_rules.filled(code, slots[code]["kind"], given) for one, given in said.items()}
            kept[code] = {one: text for one, text in texts.items() if text}
        kept = {code: said for code, said in kept.items() if said}
        verdict = judged(
            adaptation.base,
            adaptation.kind,
            version=adaptation.base_version,
            parent=adaptation.parent,
            commercial=adaptation.is_commercial,
            filled=list(kept),
            declared=list(slots),
        )
        if verdict.answer is Answer.REFUSED:
            raise LicenceRefused(verdict)
        adaptation.slot_values = kept
        changed(adaptation, by=by, at=at, what="slots", fields=["slot_values"])
        return adaptation


def write_section(
    *,
    by: Actor,
    adaptation: Adaptation,
    section: str,
    language: str,
    title: str,
    body: Sequence[Mapping[str, Any]],
    seen: str = "",
    at: datetime,
) -> Adaptation:
    """Write a partner's text for a section. Blocks keep `from`.

    Raises BlockRefused, LicenceRefused, NotEditing, ChangedMeanwhile, Unknown.
    """
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        if seen and seen != seen_of(adaptation):
            raise ChangedMeanwhile
        held = {ref: (snapshot, resource) for ref, snapshot, resource in sections_of(adaptation.base_version)}
        if section not in held or not vocab.has_term("languages", language):
            raise Unknown
        verdict = may_write(adaptation, str(held[section][0].get("licence") or held[section][1].licence))
        if verdict.answer is Answer.REFUSED:
            raise LicenceRefused(verdict)
        if not blocks.plain_text(title):
            raise blocks.BlockRefused(0, "markup")
        slots = [slot["code"] for slot in slots_of(adaptation.base_version)]
        origin = len(original_blocks(adaptation, section, language))
        checked = blocks.checked([dict(block) for block in body], slots=slots)
        kept = [
            {**block, "from": given["from"]}
            if isinstance(given.get("from"), int) and 0 <= given["from"] < origin
            else block
            for block, given in zip(checked, body, strict=True)
        ]
        adaptation.body = {
            **adaptation.body,
            section: {**(adaptation.body.get(section) or {}), language: kept},
        }
        titles = {**(adaptation.title.get(section) or {}), language: " ".join(title.split())[:200]}
        adaptation.title = {**adaptation.title, section: titles}
        changed(adaptation, by=by, at=at, what="words", fields=["body", "title"])
        return adaptation


def restore_section(
    *, by: Actor, adaptation: Adaptation, section: str, language: str, at: datetime
) -> Adaptation:
    """Discard the partner's text of a section: the original's applies again."""
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        for name in ("body", "title"):
            held = {ref: dict(said) for ref, said in getattr(adaptation, name).items()}
            held.get(section, {}).pop(language, None)
            setattr(adaptation, name, {ref: said for ref, said in held.items() if said})
        changed(adaptation, by=by, at=at, what="words", fields=["body", "title"])
        return adaptation


def set_order(*, by: Actor, adaptation: Adaptation, order: Sequence[str], at: datetime) -> Adaptation:
    """Reorder the sections; those not named come last, in their old order."""
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        known = {ref for ref, _snapshot, _resource in sections_of(adaptation.base_version)}
        known |= set(adaptation.added_parts.values_list("ref", flat=True))
        if set(order) - known:
            raise Unknown
        adaptation.order = list(dict.fromkeys(order))
        changed(adaptation, by=by, at=at, what="order", fields=["order"])
        return adaptation


def add_part(
    *,
    by: Actor,
    adaptation: Adaptation,
    title: str,
    body: Sequence[Mapping[str, Any]],
    licence: str,
    at: datetime,
) -> Any:
    """Add a part to a toolkit, or to an adaptation that may be changed. Raises LicenceRefused, BlockRefused,
    NotEditing.
    """
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        snapshot = adaptation.base_version.snapshot
        if licence not in licences.OPEN or not title.strip():
            raise Unknown
        if snapshot.get("type") not in BUNDLES:
            verdict = may_write(adaptation, str(snapshot.get("licence") or adaptation.base.licence))
            if verdict.answer is Answer.REFUSED:
                raise LicenceRefused(verdict)
        if not blocks.plain_text(title):
            raise blocks.BlockRefused(0, "markup")
        part = adaptation.added_parts.create(
            position=adaptation.added_parts.count() + 1,
            language=adaptation.language,
            title=" ".join(title.split())[:200],
            body=blocks.checked([dict(block) for block in body]),
            licence=licence,
        )
        changed(adaptation, by=by, at=at, what="part_added", fields=[])
        return part


def remove_part(*, by: Actor, adaptation: Adaptation, part: Any, at: datetime) -> Adaptation:
    """Remove an added part."""
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        adaptation.added_parts.filter(pk=part.pk).delete()
        changed(adaptation, by=by, at=at, what="part_removed", fields=[])
        return adaptation


def may_write(adaptation: Adaptation, licence: str) -> Verdict:
    """Whether the texts of a section under this licence may be changed in this adaptation."""
    if adaptation.kind in REPRODUCTION:
        verdict = licences.adapt(licence, commercial=adaptation.is_commercial)
        instead = (licences.Instead.FILL_SLOTS,)
        return (
            verdict
            if verdict.answer is Answer.REFUSED
            else Verdict(Answer.REFUSED, (), (licences.Reason.NOT_OFFERED,), instead)
        )
    return section_verdict(licence, commercial=adaptation.is_commercial)


def original_blocks(adaptation: Adaptation, section: str, language: str) -> list[dict[str, Any]]:
    """The original's blocks of a section in a language, else in the language it would be translated from."""
    from sauga.repository.adaptations.queries.composition import spoken

    for ref, snapshot, _resource in sections_of(adaptation.base_version):
        if ref == section:
            return list(spoken(snapshot.get("body") or {}, language)[1] or [])
    return []


def set_logo(
    *,
    by: Actor,
    adaptation: Adaptation,
    name: str,
    content: bytes,
    alt: str,
    ours_too: bool = False,
    at: datetime,
) -> Adaptation:
    """Set the logo. `ours_too`: ours is shown beside it, which the owner approves. Raises FileRefused,
    NotEditing, Unknown.
    """
    found = media.inspect(content, name, kinds={media.Kind.LOGO})
    scan = media.scan_now(found.content)
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        if not any(slot["kind"] == "logo" for slot in slots_of(adaptation.base_version)):
            raise Unknown
        file = media.store(by=by, found=found, owner=LOGO, zone=ZONE, scan=scan, at=at)
        value: dict[str, Any] = {
            "sha256": file.sha256,
            "mime": file.mime,
            "file": file.file.name,
            "alt": " ".join(alt.split())[:160],
        }
        adaptation.slot_values = {**adaptation.slot_values, "logo": {ANY: value}}
        adaptation.keeps_our_logo = ours_too
        changed(adaptation, by=by, at=at, what="logo", fields=["slot_values", "keeps_our_logo"])
        return adaptation


def describe_logo(*, by: Actor, adaptation: Adaptation, alt: str, ours_too: bool, at: datetime) -> Adaptation:
    """Change the words for the logo, or whether ours is shown beside it. Raises NotEditing, Unknown."""
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        held = adaptation.slot_values.get("logo", {}).get(ANY)
        if not held:
            raise Unknown
        value = {**held, "alt": " ".join(alt.split())[:160]}
        adaptation.slot_values = {**adaptation.slot_values, "logo": {ANY: value}}
        adaptation.keeps_our_logo = ours_too
        changed(adaptation, by=by, at=at, what="logo", fields=["slot_values", "keeps_our_logo"])
        return adaptation


def remove_logo(*, by: Actor, adaptation: Adaptation, at: datetime) -> Adaptation:
    """Remove the logo."""
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        adaptation.slot_values = {
            code: value for code, value in adaptation.slot_values.items() if code != "logo"
        }
        adaptation.keeps_our_logo = False
        changed(adaptation, by=by, at=at, what="logo", fields=["slot_values", "keeps_our_logo"])
        return adaptation
