"""Published resources as bare rows: for what only reads them.

Tests of a resource's life make theirs by actions (`factories.resources`).
"""

from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from uuid import uuid4

import pytest

from sauga.kernel import vocab
from sauga.repository.catalogue.models import Collection, CollectionEntry
from sauga.repository.resources.models import Part, Rendition, Resource, ResourceVersion
from tests.centre import AT

WORDS = {"lt": "Pavyzdinis centras", "en": "Sample centre"}


def load_codes() -> None:
    """The vocabularies of the Awareness Centre."""
    vocab.load(files("sauga.repository").joinpath("data/awareness_vocabularies.json"), at=AT)


def put(name: str, *, state: str = "published", at: datetime = AT, **more: Any) -> Resource:
    """A resource that was published once, with one file; `name` is its address in both languages."""
    given: dict[str, Any] = {
        "type": "lesson_plan",
        "title": {"lt": f"Pamoka {name}", "en": f"Lesson {name}"},
        "abstract": {"lt": "Trumpa pamoka.", "en": "A short lesson."},
        "keywords": {"lt": ["reklama"], "en": ["advertising"]},
        "topics": ["media_literacy"],
        "audiences": ["teachers", "children"],
        "stages": ["primary"],
        "age_min": 10,
        "age_max": 13,
        "languages": ["lt", "en"],
        "licence": "CC-BY-4.0",
        "creators": [{**WORDS, "kind": "agency", "url": "https://centras.example/"}],
        "publisher": WORDS,
        "funder": {"lt": "Pavyzdinė programa", "en": "Sample programme"},
        "learning_minutes": 45,
        "teaches_digcomp": ["2.5"],
        "accessibility": {"features": ["alternativeText"], "access_modes": ["textual"]},
        **more,
    }
    times = {"published_at": at, "modified_at": at, "state_since": at, "created_date": at.date()}
    row = Resource.objects.create(
        uuid=uuid4(),
        slug_lt=f"{name}-lt",
        slug_en=f"{name}-en",
        state=state,
        version_number=1,
        **times,
        **given,
    )
    snapshot = {"sensitivity": given.get("sensitivity", "normal")}
    ResourceVersion.objects.create(resource=row, number=1, label="1.0", snapshot=snapshot, published_at=at)
    file = {
        "kind": "main",
        "mime": "application/pdf",
        "language": "lt",
        "name": "a.pdf",
        "sha256": "0" * 64,
        "size": 9,
        "added_at": at,
    }
    Rendition.objects.create(resource=row, **file)
    return row


def copies(row: Resource, count: int) -> None:
    """Copies of a resource, two on every second after it."""
    own = {"id", "ref", "uuid", "slug_lt", "slug_en", "modified_at", "state_since"}
    same = {f.attname: getattr(row, f.attname) for f in Resource._meta.concrete_fields if f.name not in own}
    made = []
    for n in range(count):
        at = AT + timedelta(seconds=n // 2 + 1)
        made.append(
            Resource(
                **same,
                modified_at=at,
                state_since=at,
                ref=f"X{n:07}",
                uuid=uuid4(),
                slug_lt=f"i-{n}",
                slug_en=f"r-{n}",
            )
        )
    Resource.objects.bulk_create(made)


@pytest.fixture
def shelf(db: None) -> dict[str, Resource]:
    """A lesson in a toolkit and in a collection, a film that was taken back, a paper for professionals
    alone, a draft.
    """
    load_codes()
    lesson = put("lesson", title={"lt": "Ar tai reklama & „gudrybė“? 1 < 2", "en": "Is it an ad?"})
    kit = put("kit", type="toolkit")
    Part.objects.create(toolkit=kit, resource=lesson, position=1)
    later = AT + timedelta(days=2)
    film = put(
        "film",
        type="video",
        topics=["gaming"],
        state="withdrawn",
        withdrawn_reason={"en": "A mistake."},
        replaced_by=lesson,
    )
    Resource.objects.filter(pk=film.pk).update(state_since=later)
    film.refresh_from_db()
    week = Collection.objects.create(
        slug_lt="savaite",
        slug_en="week",
        title={"lt": "Savaitė", "en": "Week"},
        is_public=True,
        changed_at=AT,
        abstract={},
    )
    CollectionEntry.objects.create(collection=week, resource=lesson, position=1)
    draft = put("draft", state="draft")
    Resource.objects.filter(pk=draft.pk).update(version_number=0)
    return {
        "lesson": lesson,
        "kit": kit,
        "film": film,
        "paper": put("paper", sensitivity="restricted"),
        "draft": draft,
    }
