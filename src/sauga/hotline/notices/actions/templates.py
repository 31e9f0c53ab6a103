"""Notice templates: the versions that come with the program, and the ones staff write.

No version is ever changed or deleted.
"""

import json
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from sauga.hotline.notices.models import NoticeTemplate
from sauga.hotline.notices.rules import template_fields
from sauga.hotline.permissions import Permission
from sauga.hotline.trail import Trail
from sauga.kernel import audit, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require

ZONE = sealed.Zone.HOTLINE
FILE = Path(__file__).parents[2] / "data" / "notice_templates.json"
ANY = "ANY"
ASKING = frozenset({"FIRST", "ESCALATION"})  # letters that ask for removal carry every field of their basis
KEY = ("basis", "audience", "purpose", "language")


def load_templates(at: datetime) -> str:
    """Load the templates that come with the program; a text that differs and that staff never changed gets a
    new version.

    Repeatable; staff versions stay. Returns one line for the operator.
    """
    given = json.loads(FILE.read_text(encoding="utf-8"))
    made = kept = 0
    with transaction.atomic():
        latest = {
            tuple(getattr(row, name) for name in KEY): row
            for row in NoticeTemplate.objects.order_by("version")
        }
        for text in given["templates"]:
            held = latest.get(tuple(text[name] for name in KEY))
            words = (text["subject"], text["body"], text["legal_text"])
            if held is not None and (
                held.status == "staff" or (held.subject, held.body, held.legal_text) == words
            ):
                kept += 1
                continue
            first = date.fromisoformat(given["valid_from"]) if held is None else at.astimezone(VILNIUS).date()
            NoticeTemplate.objects.create(**text, version=(held.version if held else 0) + 1, valid_from=first)
            made += 1
    return f"notice templates: {made} new, {kept} as they were"


def required_fields(basis: str, purpose: str) -> tuple[str, ...]:
    """The fields that a letter of this basis and purpose must have."""
    return (
        tuple(vocab.term("notice.legal_basis", basis).extra.get("fields", ()))
        if purpose in ASKING and basis != ANY
        else ()
    )


def template_for(
    *, basis: str, audience: str, purpose: str, language: str, on: date
) -> NoticeTemplate | None:
    """The newest template valid on the day.

    Without one for the audience the host's, without one for the basis the common one, without one in the
    language the English one.
    """
    rows = NoticeTemplate.objects.filter(
        basis__in=[basis, ANY],
        audience__in=[audience, "HOST"],
        purpose=purpose,
        language__in=[language, "en"],
        valid_from__lte=on,
    ).exclude(valid_to__lt=on)
    return max(
        rows,
        key=lambda row: (
            row.language == language,
            row.basis == basis,
            row.audience == audience,
            row.valid_from,
            row.version,
        ),
        default=None,
    )


def write_template(
    *, by: PersonActor, held: NoticeTemplate, subject: str, body: str, legal_text: str, at: datetime
) -> NoticeTemplate:
    """Write a new version of a template; letters already sent keep theirs.

    Raises wording.TemplateRefused, wording.FieldMissing.
    """
    require(by, Permission.EDIT_POLICY)
    template_fields.check(subject, body, legal_text, required_fields(held.basis, held.purpose))
    with transaction.atomic():
        same = NoticeTemplate.objects.select_for_update().filter(
            **{name: getattr(held, name) for name in KEY}
        )
        last = same.order_by("-version")[0]
        made = NoticeTemplate.objects.create(
            **{name: getattr(held, name) for name in KEY},
            version=last.version + 1,
            subject=subject,
            body=body,
            legal_text=legal_text,
            valid_from=at.astimezone(VILNIUS).date(),
            status="staff",
        )
        audit.record(by, Trail.TEMPLATE_CHANGED, made, zone=ZONE, at=at)
        return made
