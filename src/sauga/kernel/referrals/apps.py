"""Registers the referrals with Django, and their acts with the trail."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.referrals"
    label = "referrals"

    def ready(self) -> None:
        from django.conf import settings

        from sauga.kernel import audit
        from sauga.kernel.referrals import carrying
        from sauga.kernel.referrals.trail import FACTS, Trail

        audit.register(Trail, FACTS)
        another = audit.Destination(
            "installation", lambda: bool(settings.ENV.witness_installation), carrying.carry_heads, most=carrying.MOST_HEADS
        )
        audit.register_destination(another)
