"""The demo's youth panel, subdomain by subdomain."""

from datetime import datetime

from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.panel.members import demo as members
from sauga.panel.members.models import Member
from sauga.panel.voice import demo as voice
from sauga.panel.voting import demo as voting


@seeds(unless=Member.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """Eighteen synthetic members in their second cycle, up to `at`."""
    cast = Cast(staff, unlocks=True)
    members.play(cast, at)
    voice.play(cast, at)
    voting.play(cast, at)
