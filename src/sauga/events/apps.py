"""Registers events with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class EventsConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.events"
    label = "events"
    zone = "awareness"
