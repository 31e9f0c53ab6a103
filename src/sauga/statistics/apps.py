"""Tells Django of the service statistics; what the product knows of it stands in `service.py`."""

from sauga.kernel import services


class StatisticsConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.statistics"
    label = "statistics"
