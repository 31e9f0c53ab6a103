"""Personal links: signed over a reference, so that nobody can guess them and the database does not hold them.
One link confirms, changes, withdraws and reports an activity, as long as its contact is kept.

The host is the installation's own setting, never taken from a request.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.events.activities.models import Activity

SALT = "events.activity"


def token_of(activity: Activity) -> str:
    """What leads to one's own activity."""
    return signing.Signer(salt=SALT).sign(activity.ref)


def own_path(activity: Activity, page: str = "own") -> str:
    """The path of its own page, or of another page behind the link, in the language now spoken."""
    return reverse(f"events-sid-{page}", args=[token_of(activity)])


def own_address(activity: Activity) -> str:
    """The whole address of its own page, in the language of its organiser."""
    with override(activity.language):
        return whole(own_path(activity))


def whole(path: str) -> str:
    """An address with the installation's host."""
    return f"{settings.ENV.base_url.rstrip('/')}{path}"


def activity_by(token: str) -> Activity | None:
    """The activity that a link leads to; None for a link that was not made here, and once the contact of the
    activity is deleted."""
    try:
        ref = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    rows = Activity.objects.filter(ref=ref, contact__isnull=False).select_related("organisation")
    return rows.prefetch_related("organisation__names", "heads").first()
