"""Resources in the search index: entered when published, removed when taken down."""

from django.db import transaction

from sauga.kernel import vocab
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import LANGUAGES, Resource
from sauga.repository.resources.rules import blocks
from sauga.repository.search.actions.index import Text, add, remove

RESOURCE = "resource"


def index_resource(resource: Resource) -> None:
    """Add a resource to the index if everyone may see it, else remove it. Part of the caller's
    transaction.
    """
    public = resource.is_live() and resource.sensitivity != "restricted" and resource.revision_of_id is None
    texts = [_of(resource, code) for code in LANGUAGES if (resource.title or {}).get(code)] if public else []
    add(texts)
    remove(RESOURCE, resource.ref, but=[text.language for text in texts])


def _of(resource: Resource, code: str) -> Text:
    keywords = " ".join((resource.keywords or {}).get(code) or [])
    return Text(
        kind=RESOURCE,
        key=resource.ref,
        language=code,
        title=resource.title[code],
        summary=(resource.abstract or {}).get(code) or "",
        body=blocks.words((resource.body or {}).get(code) or []),
        words=f"{keywords} {_labels(resource, code)}",
        day=(resource.published_at or resource.modified_at).date(),
        type=resource.type,
        topics=resource.topics,
        audiences=resource.audiences,
        age_min=resource.age_min,
        age_max=resource.age_max,
    )


def _labels(resource: Resource, code: str) -> str:
    """Names of its topics and type: someone who types “plakatas” looks for posters."""
    named: list[tuple[str, str]] = [
        ("resource_types", resource.type),
        *(("topics", topic) for topic in resource.topics),
    ]
    return " ".join(
        vocab.label(vocabulary, one, code) for vocabulary, one in named if vocab.has_term(vocabulary, one)
    )


def rebuild(*, by: Actor) -> int:
    """Re-index every public resource in batches; for a first filling, or after the rules of search
    changed.
    """
    require(by, Permission.SWEEP)
    done = 0
    for resource in (
        Resource.objects.public().filter(revision_of__isnull=True).order_by("pk").iterator(chunk_size=200)
    ):
        with transaction.atomic():
            index_resource(resource)
        done += 1
    return done
