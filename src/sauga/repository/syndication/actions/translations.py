"""Import of a translation from another tool: text by text, without overwriting what changed meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.resources import edit_resource, open_revision
from sauga.repository.resources.actions.transitions import locked
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.states import LIVE
from sauga.repository.syndication.rules import translation_export, xliff
from sauga.repository.syndication.rules.translation_import import INCOMPLETE, NotThisOne, Refused, sift


@dataclass(frozen=True)
class Taken:
    """The result for a file: the draft with the texts, how many were new or changed, what was refused."""

    resource: Resource
    texts: int
    refused: tuple[Refused, ...]


def original_of(resource: Resource) -> str:
    """How a file names the resource it was made from: a revision stands for its original."""
    return str((resource.revision_of or resource).uuid)


def take_translation(
    *, by: Actor, resource: Resource, document: xliff.Document, source: str, target: str, at: datetime
) -> Taken:
    """Put the file's translations into the draft; a live resource gets a revision.

    A text is refused when its source or its translation changed since the file was made, or when its place no
    longer exists.

    Raises NotThisOne, NotEditable, MetadataRefused (then nothing is taken), PermissionRefused.
    """
    require(by, Permission.EDIT_RESOURCE)
    if document.original != original_of(resource) or (document.source_language, document.target_language) != (
        source,
        target,
    ):
        raise NotThisOne
    with transaction.atomic():
        draft = open_revision(by=by, resource=resource, at=at) if resource.state in LIVE else locked(resource)
        content = content_of(draft)
        texts, refused = sift(
            document,
            translation_export.texts_of(content, source),
            translation_export.texts_of(content, target),
        )
        fields, empty = translation_export.with_texts(content, texts, source=source, target=target)
        held = translation_export.texts_of(content, target)
        if empty:
            texts = {name: text for name, text in texts.items() if not name.startswith("body.")}
            refused += [
                Refused(name, INCOMPLETE, ours=translation_export.texts_of(content, source).get(name, ""))
                for name in empty
            ]
        new = sum(1 for name, text in texts.items() if held.get(name) != text)
        if new:
            draft = edit_resource(by=by, resource=draft, at=at, **fields)
    return Taken(draft, new, tuple(refused))
