"""Whole addresses of the check page. The host is the installation's own setting, never taken from a
request."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def check_address(code: str, language: str) -> str:
    """Where everybody checks a credential."""
    with override(language):
        return f"{settings.ENV.base_url.rstrip('/')}{reverse('credentials-check', args=[code])}"
