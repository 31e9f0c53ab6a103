"""The demo's broadcasts: one that waits for a speaker, and a film that a visitor of the demo can put on air
at once."""

from datetime import datetime, timedelta

from sauga.kernel.clock import VILNIUS
from sauga.kernel.kit.demo import Cast
from sauga.training.streaming.actions import streams
from sauga.training.streaming.models import Stream
from sauga.training.streaming.queries import streams as queries

PROGRAM, FILM = "Pirmasis telefonas: vakaras tėvams", "Filmas vakarui bibliotekose (repeticija)"


def play(cast: Cast, at: datetime) -> list[Stream]:
    """Plan them, by the webinar coordinator."""
    by = cast.actor("WEBINAR_HOST", at)
    evening = (at.astimezone(VILNIUS) + timedelta(days=2)).replace(hour=18, minute=0, second=0, microsecond=0)
    made = [streams.plan_stream(by=by, title=PROGRAM, starts=evening, at=at)]
    if films := queries.films():
        tomorrow = evening - timedelta(days=1)
        made.append(streams.plan_stream(by=by, title=FILM, starts=tomorrow, film=films[0], at=at))
    return made
