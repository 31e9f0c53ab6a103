"""Registers the service statistics with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class StatisticsConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.statistics"
    label = "statistics"
