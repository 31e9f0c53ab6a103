"""Tables of the hotline: report (what arrives), item (what it is about), trace (where), notice (who is asked), monitoring (how long)."""

from sauga.hotline.models.handover import Handover, OwnPass
from sauga.hotline.models.handover_record import HandoverCorrection, HandoverExport, HandoverExportItem, HandoverRecord
from sauga.hotline.models.item import Assessment, ContentItem, Exposure, ItemStep, PoliceHold, Route
from sauga.hotline.models.monitoring import Check, Occurrence, Watch
from sauga.hotline.models.notice import Notice, NoticeAnswer, NoticeItem, NoticeMail, NoticeStep, NoticeTemplate
from sauga.hotline.models.provider import Provider, ProviderContact, ProviderNetwork
from sauga.hotline.models.report import Contact, Location, Message, Report, ReportStep
from sauga.hotline.models.trace import Trace, TraceAnswer

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
