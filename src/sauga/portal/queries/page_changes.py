"""What the approver of a page reads beside its preview: changes since publication, and its files."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from wagtail.models import Revision

from sauga.kernel import vocab
from sauga.portal.models.base import PortalPage
from sauga.portal.models.media import Attachment, Picture, Video
from sauga.portal.queries import desk, page_gate
from sauga.portal.states import readers

MEDIA = (Attachment, Picture, Video)
FIELDS = (
    "slug",
    "seo_title",
    "search_description",
    "level",
    "audiences",
    "topics",
    "review_by",
    "go_live_at",
    "expire_at",
)


@dataclass(frozen=True)
class MediaFile:
    """One image, video or file of a page; `is_gone`: only the published version has it."""

    name: str
    kind: str
    href: str
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class Review:
    """Beside the newest version: whether anything is published, the text with its differences, other fields,
    media.
    """

    has_version: bool
    text: SafeString | str
    fields: list[tuple[str, str, str]]
    files: list[MediaFile]


def review_of(page: PortalPage) -> Review:
    """The newest version, as the object holds it, compared with what is published."""
    revision = Revision.objects.filter(
        pk__in=PortalPage.objects.filter(pk=page.pk).values("live_revision")
    ).first()  # a version names none
    live = revision.as_object() if revision is not None else None
    held = _media(page)
    if live is None:
        return Review(False, "", [], [_file(one) for one in held.values()])
    before = _media(live)
    old, new = desk.text_of(revision), desk.text_of_page(page)
    files = [_file(one, is_new=key not in before) for key, one in held.items()]
    files += [_file(one, is_gone=True) for key, one in before.items() if key not in held]
    return Review(True, desk.difference(old, new) if old != new else "", _fields(live, page), files)


def _fields(live: PortalPage, page: PortalPage) -> list[tuple[str, str, str]]:
    own = [
        field.name
        for field in page._meta.local_concrete_fields
        if not field.is_relation and field.name not in {"picks", *desk.OWN_TEXTS}
    ]
    found = []
    for name in (*FIELDS, *own):
        one, other = getattr(live, name, None), getattr(page, name, None)
        if (one or None) != (other or None):
            found.append((str(page._meta.get_field(name).verbose_name), _said(live, name), _said(page, name)))
    return found


def _said(page: PortalPage, name: str) -> str:
    held = getattr(page, name)
    if name == "audiences":
        named = {code: str(label) for code, label in readers()}
        return ", ".join(named.get(code, code) for code in held)
    if name == "topics":
        return ", ".join(
            vocab.label("topics", code) if vocab.has_term("topics", code) else code for code in held
        )
    shown = getattr(page, f"get_{name}_display", None)
    return str(shown() if shown else "" if held is None else held)


def _media(page: PortalPage) -> dict[tuple[str, Any], Any]:
    blocks = list(page_gate.blocks_of(page))
    found: list[Any] = [one for kind in MEDIA for one in page_gate.held(blocks, kind)]
    return {(type(one).__name__, one.pk): one for one in found}


def _file(one: Any, *, is_new: bool = False, is_gone: bool = False) -> MediaFile:
    href = one.url if isinstance(one, Attachment) else one.file.url if one.file else ""
    return MediaFile(str(one.title), str(one._meta.verbose_name), href, is_new, is_gone)
