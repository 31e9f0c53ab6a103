"""Registers the referrals with Django, and their acts with the trail."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.referrals"
    label = "referrals"

    def ready(self) -> None:
        from sauga.kernel import audit
        from sauga.kernel.referrals.trail import FACTS, Trail

        audit.register(Trail, FACTS)
