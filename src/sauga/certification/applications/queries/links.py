"""The employer's link: signed over a reference, so that nobody can guess it and no table holds it."""

from datetime import datetime

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.certification.applications.models import EmployerAsk
from sauga.kernel.ui.public_frame.language import whole

SALT = "certification.employer"


def employer_path(ask: EmployerAsk) -> str:
    """The path of the employer's page, in the language now spoken."""
    return reverse("certification-employer", args=[signing.Signer(salt=SALT).sign(ask.ref)])


def employer_address(ask: EmployerAsk, language: str) -> str:
    """The whole address of the employer's page."""
    with override(language):
        return whole(employer_path(ask))


def ask_by(token: str, at: datetime) -> EmployerAsk | None:
    """The question that a link leads to; None for a link that was not made here or is over."""
    try:
        ref = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    rows = EmployerAsk.objects.filter(ref=ref, expires_at__gt=at)
    return rows.select_related("ambassador", "organisation").prefetch_related("organisation__names").first()
