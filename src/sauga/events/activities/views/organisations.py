"""Which organisation a typed text means, and suggestions while it is typed. Suggestions say public facts
only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from sauga.events.activities.forms import NONE_OF_THESE
from sauga.kernel import clock
from sauga.kernel.members.representation import register
from sauga.kernel.members.representation.register import Suggestion
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.rate_limits import RecentCount

SHORTEST = 2
"""Suggestions begin with the second letter."""
MOST_A_MINUTE, HELD = 600, 429
ASKED = RecentCount(timedelta(minutes=1), most_each=MOST_A_MINUTE)
EVERYBODY = "everybody"
"""Visitors are not told apart: they are counted together."""


@dataclass(frozen=True)
class Meant:
    """The organisation of the register that a form means, or the choices where its text fits several."""

    organisation: Organisation | None
    name: str
    fitting: tuple[Suggestion, ...] = ()
    is_open: bool = False
    """Several fit, and nobody has said which one is meant."""


def meant(posted: Mapping[str, str], at: datetime) -> Meant:
    """Read `organisation`, and `meant` where a choice was offered for that very text (`meant_for`)."""
    text = " ".join(posted.get("organisation", "").split())
    found = register.find(text, at) if text else None
    if found is not None or not text:
        return Meant(found, text)
    fitting = tuple(register.suggestions(text, at))
    chosen = posted.get("meant", "") if posted.get("meant_for") == text else ""
    if not fitting or chosen == NONE_OF_THESE:
        return Meant(None, text, fitting)
    organisation = next((one for one in fitting if one.code == chosen), None)
    if organisation is None:
        return Meant(None, text, fitting, is_open=True)
    return Meant(register.find(organisation.code, at), text, fitting)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Organisations that fit what the visitor is typing. So many questions a minute; beyond that the field is
    a plain text field, and the form asks which one is meant."""
    at, text = clock.now(), request.GET.get("q", "")
    is_held = ASKED.before(EVERYBODY, at) >= MOST_A_MINUTE
    found = register.suggestions(text, at) if len(text.strip()) >= SHORTEST and not is_held else []
    response = JsonResponse(
        {"found": [{"value": one.value, "about": one.about} for one in found]},
        status=HELD if is_held else 200,
    )
    if is_held:
        response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "no-store"
    return response
