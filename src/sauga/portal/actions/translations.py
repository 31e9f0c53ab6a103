"""Confirming that a translation is up to date, and importing one from another tool."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogContext

from sauga.kernel import audit
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import lock
from sauga.portal.actions.editor_groups import sync_editor_groups
from sauga.portal.models.base import PortalPage
from sauga.portal.permissions import Permission
from sauga.portal.queries import translation_texts
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.trail import Trail
from sauga.repository.syndication.rules import xliff
from sauga.repository.syndication.rules.translation_import import (
    INCOMPLETE,
    TOO_LONG,
    NotThisOne,
    Refused,
    sift,
)


class SourceChanged(ActionRefused):
    """The source has changed again since the page with the difference was opened."""

    message = _("The source has changed again meanwhile. Review the difference once more.")


def confirm_translation(
    *, by: PersonActor, page: PortalPage, source: PortalPage, seen: int, at: datetime
) -> None:
    """The translation matches version `seen` of its source. Raises PermissionRefused, SourceChanged."""
    require(by, Permission.TRANSLATE_PAGES)
    with transaction.atomic():
        page, source = lock(page), lock(source)
        if source.live_revision_id != seen:
            raise SourceChanged
        page.translated_from_id = seen
        page.save(update_fields=["translated_from"], clean=False)
        language = str(page.locale.language_code)
        audit.record(
            by,
            Trail.TRANSLATION_CONFIRMED,
            None,
            zone=ZONE,
            at=at,
            facts={"page": str(page.pk), "language": language},
        )


class PageHeld(ActionRefused):
    """The page is locked in Wagtail, or in review."""

    message = _("The page is locked or in review. Upload the file again when it is free.")


@dataclass(frozen=True)
class Taken:
    """The result for a file: how many texts were new or changed, what was refused."""

    texts: int
    refused: tuple[Refused, ...]


def document_of(page: PortalPage, source: PortalPage) -> xliff.Document:
    """The file for the translator: every text of the source's public version, with its existing
    translation.
    """
    there = translation_texts.texts_of(page.get_latest_revision_as_object())
    texts = translation_texts.texts_of(source.live_revision.as_object())
    units = (
        xliff.Unit(name, said.text, there[name].text if name in there else "", codes=said.codes)
        for name, said in texts.items()
    )
    return xliff.Document(
        str(page.translation_key), source.locale.language_code, page.locale.language_code, tuple(units)
    )


def take_translation(
    *, by: PersonActor, page: PortalPage, source: PortalPage, document: xliff.Document, at: datetime
) -> Taken:
    """Put the file's translations into a new version of the page, a draft; nothing is published.

    A text is refused when its source or its translation here changed since the file was made, when its codes
    are not those of the source, or when it is too long. Raises NotThisOne, PageHeld, PermissionRefused.
    """
    require(by, Permission.TRANSLATE_PAGES)
    languages = (source.locale.language_code, page.locale.language_code)
    if (document.original, document.source_language, document.target_language) != (
        str(page.translation_key),
        *languages,
    ):
        raise NotThisOne
    sync_editor_groups(by=by, at=at)
    with transaction.atomic(), LogContext(user=by.person):
        newest, original = lock(page).get_latest_revision_as_object(), lock(source).live_revision.as_object()
        if newest.permissions_for_user(by.person).page_locked():
            raise PageHeld
        ours, held = translation_texts.texts_of(original), translation_texts.texts_of(newest)
        there = {name: said.text for name, said in held.items()}
        texts, refused = sift(document, {name: said.text for name, said in ours.items()}, there)
        for name in [
            name for name, text in texts.items() if (longest := ours[name].longest) and len(text) > longest
        ]:
            refused.append(Refused(name, TOO_LONG, texts.pop(name), str(ours[name].longest)))
        fields, empty = translation_texts.with_texts(newest, original, texts)
        waiting = {name.partition(".")[0] for name in empty}
        refused += [Refused(name, INCOMPLETE, ours=ours[name].text if name in ours else "") for name in empty]
        new = [
            name
            for name, text in texts.items()
            if name.partition(".")[0] not in waiting and there.get(name) != text
        ]
        if new:
            for name, value in fields.items():
                setattr(newest, name, value)
            newest.save_revision(user=by.person, log_action=True)
    return Taken(len(new), tuple(refused))
