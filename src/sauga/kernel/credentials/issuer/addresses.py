"""Whole addresses of the check page and the status lists. The host is the installation's own setting, never
taken from a request; the paths are known in every process, whichever site it serves.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def check_address(code: str, language: str) -> str:
    """Where everybody checks a credential."""
    with override(language):
        return _whole("credentials-check", code)


def list_address(number: int, purpose: str) -> str:
    """Where a status list is published."""
    return _whole("credentials-status", number, str(purpose))


def _whole(name: str, *args: str | int) -> str:
    return f"{settings.ENV.base_url.rstrip('/')}{reverse(name, settings.WHOLE_URLCONF, args=args)}"
