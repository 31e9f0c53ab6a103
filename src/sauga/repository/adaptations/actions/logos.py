"""The logo of an adaptation: sanitised on upload, stored by checksum, removable."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from sauga.kernel.states import Actor
from sauga.repository.adaptations.actions.adaptations import Unknown, changed, locked_for_editing
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries.composition import slots_of
from sauga.repository.adaptations.rules.logos import cleaned
from sauga.repository.adaptations.rules.slots import ANY
from sauga.repository.resources.rules.file_types import ending_of


def set_logo(*, by: Actor, adaptation: Adaptation, name: str, content: bytes, alt: str, ours_too: bool = False, at: datetime) -> Adaptation:
    """Set the logo. `ours_too`: ours is shown beside it, which the owner approves. Raises FileRefused,
    NotEditing, Unknown.
    """
    logo = cleaned(content, name)
    digest = hashlib.sha256(logo.content).hexdigest()
    stored = f"repository/{digest[:2]}/{digest}{ending_of(logo.mime)}"
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        if not any(slot["kind"] == "logo" for slot in slots_of(adaptation.base_version)):
            raise Unknown
        if not default_storage.exists(stored):
            stored = default_storage.save(stored, ContentFile(logo.content))
        value: dict[str, Any] = {"sha256": digest, "mime": logo.mime, "file": stored, "alt": " ".join(alt.split())[:160]}
        adaptation.slot_values = {**adaptation.slot_values, "logo": {ANY: value}}
        adaptation.keeps_our_logo = ours_too
        changed(adaptation, by=by, at=at, what="logo", fields=["slot_values", "keeps_our_logo"])
        return adaptation


def remove_logo(*, by: Actor, adaptation: Adaptation, at: datetime) -> Adaptation:
    """Remove the logo."""
    with transaction.atomic():
        adaptation = locked_for_editing(by, adaptation)
        adaptation.slot_values = {code: value for code, value in adaptation.slot_values.items() if code != "logo"}
        adaptation.keeps_our_logo = False
        changed(adaptation, by=by, at=at, what="logo", fields=["slot_values", "keeps_our_logo"])
        return adaptation
