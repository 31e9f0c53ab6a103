"""Addresses of events, subdomain by subdomain: /lt/renginiai/, /en/events/ and, at the desk, /desk/events/.
Their names begin with `events-`. Those of one event come last: they begin with its name.
"""

from typing import Any

from sauga.events.activities import urls as activities
from sauga.events.checkin import urls as checkin
from sauga.events.followup import urls as followup
from sauga.events.overview import urls as overview
from sauga.events.photos import urls as photos
from sauga.events.planning import urls as planning
from sauga.events.programme import urls as programme
from sauga.events.proposals import urls as proposals
from sauga.events.recordings import urls as recordings
from sauga.events.registration import urls as registration
from sauga.events.speakers import urls as speakers

public: list[Any] = [
    *programme.public,
    *activities.public,
    *registration.public,
    *speakers.public,
    *photos.public,
    *proposals.public,
    *followup.public,
    *programme.one,
]
desk: list[Any] = [
    *programme.desk,
    *overview.desk,
    *activities.desk,
    *registration.desk,
    *planning.desk,
    *checkin.desk,
    *speakers.desk,
    *photos.desk,
    *recordings.desk,
    *proposals.desk,
    *followup.desk,
    *programme.one_at_desk,
]
