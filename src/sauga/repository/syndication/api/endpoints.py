"""The endpoints of the repository in `/api/v1/`. They answer with the same queries as the pages."""

from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date
from ninja import Path, Query, Router, Status

from sauga.kernel import vocab
from sauga.kernel.ui.responses.api_errors import ApiError, ApiRefused
from sauga.repository.catalogue.linked_data import whole
from sauga.repository.catalogue.queries import catalogue
from sauga.repository.catalogue.queries.catalogue import FACETS, VOCABULARIES, Wanted
from sauga.repository.catalogue.queries.entries import entry
from sauga.repository.catalogue.queries.facets import AUDIENCE
from sauga.repository.states import LIVE
from sauga.repository.syndication.api import schemas, serializers
from sauga.repository.syndication.queries import api_lists
from sauga.repository.syndication.queries.oai import changed_at
from sauga.repository.syndication.standards import amb

router = Router(tags=["resources"])
OPEN = (
    "accessibility_features",
    "accessibility_hazards",
    "age_bands",
    "audiences",
    "curriculum_digital",
    "digcomp",
    "education_stages",
    "help_services",
    "languages",
    "licences",
    "reading_levels",
    "rendition_kinds",
    "resource_types",
    "topics",
    "vulnerable_groups",
)
"""The code lists that records of this interface use."""
GONE, MISSING, UNREADABLE = 410, 404, 422
type Ref = Annotated[
    str, Path(pattern=r"^[0-9A-Za-z-]{1,12}$", description="A reference, for example 7KQM-2XWD.")
]


@router.get(
    "/resources",
    response={200: schemas.Page, UNREADABLE: ApiError},
    url_name="repository-api-resources",
    summary="List public resources",
)
def resources(request: HttpRequest, parameters: Query[schemas.ListParameters]) -> schemas.Page:
    """Public resources, the newest change first, narrowed as on the page for people. Go on by the address in
    `next` until it is null.
    """
    wanted = Wanted(q=parameters.q.strip(), chosen=_chosen(parameters))
    found = api_lists.slice_of(wanted, parameters.after, parameters.limit)
    return schemas.Page(
        items=[serializers.short(row) for row in found.rows], next=_next(request, found.following)
    )


def _chosen(parameters: schemas.ListParameters) -> dict[str, tuple[str, ...]]:
    asked = {name: getattr(parameters, name) for name in FACETS if name != "for"} | {
        AUDIENCE: parameters.for_
    }
    given = {name: tuple(dict.fromkeys(codes)) for name, codes in asked.items()}
    for name, codes in given.items():
        vocabulary = "age_bands" if name == "age" else VOCABULARIES[name]
        for code in codes:
            if not vocab.has_term(vocabulary, code):
                said = f"The vocabulary {vocabulary} has no such code."
                help_ = f"Take a code from {whole('repository-api-vocabulary', vocabulary)}."
                raise ApiRefused(
                    UNREADABLE,
                    ApiError(
                        code="unknown_code",
                        message=said,
                        next=help_,
                        field="for" if name == AUDIENCE else name,
                    ),
                )
    return {name: codes for name, codes in given.items() if codes}


def _next(request: HttpRequest, following: str) -> str | None:
    if not following:
        return None
    kept = [(name, value) for name in request.GET if name != "after" for value in request.GET.getlist(name)]
    return f"{whole('repository-api-resources')}?{urlencode([*kept, ('after', following)])}"


@router.get(
    "/resources/{ref}",
    response={200: schemas.Resource, MISSING: ApiError, GONE: schemas.Gone, UNREADABLE: ApiError},
    url_name="repository-api-resource",
    summary="One resource with its files and parts",
)
def resource(request: HttpRequest, response: HttpResponse, ref: Ref) -> Any:
    """Everything about one resource.

    What was taken back answers 410 with the reason, and with what to use instead.
    """
    row = api_lists.resource_of(ref)
    response.headers["Last-Modified"] = http_date(changed_at(row).timestamp())
    if row.state not in LIVE:
        return Status(GONE, serializers.gone(row))
    return serializers.full(entry(row))


@router.get(
    "/resources/{ref}/amb",
    response={200: dict[str, Any], MISSING: ApiError, GONE: schemas.Gone, UNREADABLE: ApiError},
    url_name="repository-api-amb",
    summary="One resource as JSON-LD (AMB)",
)
def resource_amb(
    request: HttpRequest, response: HttpResponse, ref: Ref, spoken: Query[schemas.Language]
) -> Any:
    """The General Metadata Profile for Educational Resources (LRMI terms), version 20231019."""
    row = api_lists.resource_of(ref)
    response.headers["Last-Modified"] = http_date(changed_at(row).timestamp())
    if row.state not in LIVE:
        return Status(GONE, serializers.gone(row))
    return amb.as_amb(entry(row), spoken.language)


@router.get(
    "/collections",
    response=list[schemas.CollectionShort],
    url_name="repository-api-collections",
    summary="List collections",
)
def collections(request: HttpRequest) -> list[schemas.CollectionShort]:
    """Collections that editors put together, the newest change first."""
    return [serializers.collection_short(row) for row in catalogue.collections()]


@router.get(
    "/collections/{ref}",
    response={200: schemas.Collection, MISSING: ApiError, UNREADABLE: ApiError},
    url_name="repository-api-collection",
    summary="One collection in its order",
)
def collection(request: HttpRequest, ref: Ref) -> schemas.Collection:
    """A collection with the public resources in it."""
    row = api_lists.collection_of(ref)
    return serializers.collection(row, catalogue.members_of(row))


@router.get(
    "/vocabularies",
    response=list[schemas.VocabularyShort],
    url_name="repository-api-vocabularies",
    summary="List code lists",
)
def vocabularies(request: HttpRequest) -> list[schemas.VocabularyShort]:
    """The code lists that records use."""
    return [serializers.vocabulary_short(code) for code in OPEN if vocab.title(code) != code]


@router.get(
    "/vocabularies/{code}",
    response={200: schemas.Vocabulary, MISSING: ApiError, UNREADABLE: ApiError},
    url_name="repository-api-vocabulary",
    summary="One code list",
)
def vocabulary(
    request: HttpRequest, code: Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")]
) -> schemas.Vocabulary:
    """All codes of one list with their words in Lithuanian and English."""
    if code not in OPEN or vocab.title(code) == code:
        raise Http404
    return serializers.vocabulary(code)
