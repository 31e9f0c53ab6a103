"""Background jobs of the hotline, gathered for the job runner, which looks for them here.

Each job takes ids, calls one action, and may run twice without harm. It lives in the subdomain of its action.
"""

from sauga.hotline.assessment import tasks as assessment
from sauga.hotline.handovers import tasks as handovers
from sauga.hotline.monitoring import tasks as monitoring
from sauga.hotline.notices import tasks as notices
from sauga.hotline.reports import tasks as reports
from sauga.hotline.tracing import tasks as tracing

__all__ = ["assessment", "handovers", "monitoring", "notices", "reports", "tracing"]
