"""Taking a translation back that was made in another tool: every text on its own, nothing overwritten that changed meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.repository.actions.moving import locked
from sauga.repository.actions.resources import edit_resource, open_revision
from sauga.repository.models import Resource
from sauga.repository.queries.snapshots import content_of
from sauga.repository.rules import speaking, xliff
from sauga.repository.rules.permissions import Permission
from sauga.repository.rules.returning import INCOMPLETE, NotThisOne, Refused, sift
from sauga.repository.states import LIVE


@dataclass(frozen=True)
class Taken:
    """What became of a file: the draft that holds the texts, how many were new or other, what was refused."""

    resource: Resource
    texts: int
    refused: tuple[Refused, ...]


def original_of(resource: Resource) -> str:
    """How a file names the resource it was made from: a revision speaks for its whole."""
    return str((resource.revision_of or resource).uuid)


def take_translation(*, by: Actor, resource: Resource, document: xliff.Document, source: str, target: str, at: datetime) -> Taken:
    """Put the file's translations into the draft; a live resource gets a draft of its next version.

    A text is refused when its source or its translation here changed since the file was made, or when it stands nowhere.
    Raises NotThisOne, NotEditable, MetadataRefused (then nothing is taken), PermissionRefused.
    """
    require(by, Permission.EDIT_RESOURCE)
    if document.original != original_of(resource) or (document.source_language, document.target_language) != (source, target):
        raise NotThisOne
    with transaction.atomic():
        draft = open_revision(by=by, resource=resource, at=at) if resource.state in LIVE else locked(resource)
        content = content_of(draft)
        texts, refused = sift(document, speaking.texts_of(content, source), speaking.texts_of(content, target))
        fields, empty = speaking.with_texts(content, texts, source=source, target=target)
        held = speaking.texts_of(content, target)
        if empty:
            texts = {name: text for name, text in texts.items() if not name.startswith("body.")}
            refused += [Refused(name, INCOMPLETE, ours=speaking.texts_of(content, source).get(name, "")) for name in empty]
        new = sum(1 for name, text in texts.items() if held.get(name) != text)
        if new:
            draft = edit_resource(by=by, resource=draft, at=at, **fields)
    return Taken(draft, new, tuple(refused))
