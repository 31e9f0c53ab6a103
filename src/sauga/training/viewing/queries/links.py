"""The personal link of a library: signed over the reference of its site, so that nobody can guess it and the
database does not hold it.
"""

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.training.viewing.models import ViewingSite
from sauga.training.webinars.queries.links import whole

SALT = "training.site"


def token_of(site: ViewingSite) -> str:
    """What leads to the page of a library."""
    return signing.Signer(salt=SALT).sign(site.ref)


def own_path(site: ViewingSite, page: str = "site") -> str:
    """The path of its page, or of another page behind the link, in the language now spoken."""
    return reverse(f"training-{page}", args=[token_of(site)])


def own_address(site: ViewingSite) -> str:
    """The whole address of its page, in the language in which the library was invited."""
    with override(site.language):
        return whole(own_path(site))


def site_by(token: str) -> ViewingSite | None:
    """The site that a link leads to; None for a link that was not made here, or a site that is gone."""
    try:
        ref = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    rows = ViewingSite.objects.select_related("webinar__event", "webinar__stream", "organisation")
    return rows.prefetch_related("organisation__names").filter(ref=ref).first()
