"""Resources for tests, made by the repository's own actions."""

from datetime import timedelta
from typing import Any

from factories.sheets import sheet
from sauga.repository.resources.actions import files, publication, resources, review
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries.snapshots import files_of
from tests.centre import AT, Centre

PDF = sheet("Pamoka apie pokalbius", "Trumpa pamoka klasei.", "lt")


def fields(**more: Any) -> dict[str, Any]:
    """Everything that review asks for."""
    return {
        "type": "lesson_plan",
        "title": {"lt": "Pamoka apie pokalbius", "en": "A lesson about chats"},
        "abstract": {"lt": "Trumpa pamoka klasei.", "en": "A short lesson for a class."},
        "topics": ["media_literacy"],
        "audiences": ["teachers"],
        "age_min": 10,
        "age_max": 13,
        "languages": ["lt", "en"],
        "licence": "CC-BY-4.0",
        "creators": [{"lt": "Pavyzdinis centras", "en": "Sample centre", "kind": "agency"}],
        "review_by": (AT + timedelta(days=300)).date(),
        **more,
    }


def draft(centre: Centre, *, at: Any = AT, **more: Any) -> Resource:
    """A draft that the editor made."""
    return resources.create_resource(by=centre.actor("EDITOR"), at=at, **fields(**more))


def with_file(
    centre: Centre,
    resource: Resource,
    *,
    content: bytes = PDF,
    language: str = "lt",
    kind: str = "main",
    name: str = "a.pdf",
) -> Any:
    """A file added by the editor."""
    by = centre.actor("EDITOR")
    return files.add_file(
        by=by, resource=resource, kind=kind, language=language, name=name, content=content, at=AT
    )


def opened(centre: Centre, resource: Resource, role: str, *, at: Any = AT) -> Any:
    """The person of this role, after opening every file as a reviewer must."""
    by = centre.actor(role)
    for row in files_of(resource):
        review.open_file(by=by, rendition=row, at=at)
    return by


def approved(centre: Centre, resource: Resource, *, at: Any = AT) -> Resource:
    """Handed in, reviewed by another editor, checked for children where the topic asks, through the gate."""
    resource = review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=at)
    resource = review.pass_review(by=opened(centre, resource, "EDITOR_2", at=at), resource=resource, at=at)
    if resource.state == "child_safety_check":
        resource = review.pass_child_safety(
            by=opened(centre, resource, "SAFEGUARDING_EDITOR", at=at), resource=resource, at=at
        )
    return resource


def published(centre: Centre, *, at: Any = AT, **more: Any) -> Resource:
    """A live resource with one file."""
    resource = draft(centre, at=at, **more)
    with_file(centre, resource)
    return publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, resource, at=at), at=at
    )
