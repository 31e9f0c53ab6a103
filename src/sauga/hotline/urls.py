"""Addresses of the hotline: those of its subdomains, one after the other. Names begin with `hotline-`."""

from sauga.hotline.assessment import urls as assessment
from sauga.hotline.figures import urls as figures
from sauga.hotline.handovers import urls as handovers
from sauga.hotline.items import urls as items
from sauga.hotline.monitoring import urls as monitoring
from sauga.hotline.notices import urls as notices
from sauga.hotline.policies import urls as policies
from sauga.hotline.reports import urls as reports

public = [*reports.public_urls]
desk = [
    *items.desk_urls,
    *reports.desk_urls,
    *assessment.desk_urls,
    *notices.desk_urls,
    *monitoring.desk_urls,
    *handovers.desk_urls,
    *figures.desk_urls,
    *policies.desk_urls,
]
machine = [*notices.machine_urls]
