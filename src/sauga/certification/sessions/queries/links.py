"""The host's personal link: signed over a reference, so that nobody can guess it and the database does not
hold it. One link confirms the request, cancels it, and confirms afterwards what took place.
"""

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.certification.sessions.models import Booking
from sauga.kernel.ui.public_frame.language import whole

SALT = "certification.session"


def own_path(booking: Booking, page: str = "session") -> str:
    """The path of the host's page, in the language now spoken."""
    return reverse(f"certification-{page}", args=[signing.Signer(salt=SALT).sign(booking.ref)])


def own_address(booking: Booking) -> str:
    """The whole address of the host's page, in the language of the host."""
    with override(booking.spoken):
        return whole(own_path(booking))


def booking_by(token: str) -> Booking | None:
    """The session that a link leads to; None for a link that was not made here, and once its address is
    deleted."""
    try:
        ref = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    rows = Booking.objects.filter(ref=ref).exclude(lookup=b"").select_related("organisation", "ambassador")
    return rows.prefetch_related("organisation__names", "reports__heads").first()
