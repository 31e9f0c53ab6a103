"""Figures for programs: `/api/v1/figures`. The same cells as on the public page, the same ones hidden."""

from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import Path, Router, Schema
from pydantic import Field

from sauga.kernel import clock
from sauga.kernel.figures import Period, PeriodUnreadable
from sauga.kernel.i18n import languages
from sauga.kernel.ui.responses.api_errors import ApiError
from sauga.statistics import queries
from sauga.statistics.queries import Shown

router = Router(tags=["figures"])
LANGUAGES = tuple(row.code for row in languages.whole())
MISSING, UNREADABLE = 404, 422


class PeriodOut(Schema):
    """A period that may be asked for."""

    code: str = Field(examples=["2026-Q3"])
    start: str
    is_over: bool = Field(description="False: the period still runs and its figures grow.")


class Cell(Schema):
    """One number.

    A hidden one has neither value nor n: it, or what could be told from it, counts fewer than the measure's
    threshold.
    """

    dims: dict[str, str] = Field(description="Codes by dimension; empty for the whole.")
    value: float | None
    n: int | None
    hidden: bool
    revision: int = Field(description="0: provisional, computed now. Otherwise frozen under this revision.")


class MeasureOut(Schema):
    """A measure with its definition and its cells in one period."""

    code: str
    service: str
    title: dict[str, str]
    definition: dict[str, str]
    unit: str
    evidence: str
    threshold: int = Field(
        description="Cells that count fewer are hidden, and others from which they could be worked out."
    )
    cells: list[Cell]


class Figures(Schema):
    """Everything published for one period."""

    period: PeriodOut
    measures: list[MeasureOut]


@router.get("/figures", response=list[PeriodOut], url_name="statistics-api-periods", summary="List periods")
def periods(request: HttpRequest) -> list[PeriodOut]:
    """The periods that may be asked for: quarters and years that are over, newest first, then the quarter
    that runs."""
    at = clock.now()
    return [_period(one) for one in queries.offered_periods(at)]


@router.get(
    "/figures/{code}",
    response={200: Figures, MISSING: ApiError, UNREADABLE: ApiError},
    url_name="statistics-api-figures",
    summary="Figures of one period",
)
def figures(
    request: HttpRequest,
    code: Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,10}$", description="A code of the list of periods.")],
) -> Figures:
    """All measures of all services of this installation in one period."""
    at = clock.now()
    try:
        period = Period.parse(code)
    except PeriodUnreadable:
        raise Http404 from None
    if period not in queries.offered_periods(at):
        raise Http404
    return Figures(period=_period(period), measures=[_measure(one) for one in queries.everything(period, at)])


def _period(one: Period) -> PeriodOut:
    return PeriodOut(code=one.code, start=one.start.isoformat(), is_over=one.is_over(clock.now()))


def _measure(one: Shown) -> MeasureOut:
    titles, definitions = {}, {}
    for language in LANGUAGES:
        with translation.override(language):
            titles[language], definitions[language] = str(one.measure.title), str(one.measure.definition)
    return MeasureOut(
        code=one.measure.code,
        service=one.measure.service,
        title=titles,
        definition=definitions,
        unit=one.measure.unit,
        evidence=str(one.measure.evidence),
        threshold=one.measure.threshold,
        cells=[
            Cell(
                dims=dict(total.dims),
                value=total.value,
                n=total.n,
                hidden=total.hidden,
                revision=total.revision,
            )
            for total in one.totals
        ],
    )
