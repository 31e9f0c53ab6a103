"""All tables of the hotline, gathered for Django.

Everybody else imports a model from the subdomain that defines it.
"""

from sauga.hotline.assessment.models import Assessment, Exposure, PoliceHold, Route
from sauga.hotline.content.models import ContentItem, ItemStep, Occurrence
from sauga.hotline.handovers.models import (
    HandoverCorrection,
    HandoverExport,
    HandoverExportItem,
    HandoverRecord,
)
from sauga.hotline.monitoring.models import Check, Watch
from sauga.hotline.notices.models import (
    Notice,
    NoticeAnswer,
    NoticeItem,
    NoticeMail,
    NoticeStep,
    NoticeTemplate,
)
from sauga.hotline.reports.models import Contact, Handover, Location, Message, OwnPass, Report, ReportStep
from sauga.hotline.tracing.models import Provider, ProviderContact, ProviderNetwork, Trace, TraceAnswer

__all__ = [
    "Assessment",
    "Check",
    "Contact",
    "ContentItem",
    "Exposure",
    "Handover",
    "HandoverCorrection",
    "HandoverExport",
    "HandoverExportItem",
    "HandoverRecord",
    "ItemStep",
    "Location",
    "Message",
    "Notice",
    "NoticeAnswer",
    "NoticeItem",
    "NoticeMail",
    "NoticeStep",
    "NoticeTemplate",
    "Occurrence",
    "OwnPass",
    "PoliceHold",
    "Provider",
    "ProviderContact",
    "ProviderNetwork",
    "Report",
    "ReportStep",
    "Route",
    "Trace",
    "TraceAnswer",
    "Watch",
]
