"""Hand-overs: who sees the queues, who hands over to the police and to the others, who approves large files.

The file and the record below belong to the police queue.
"""

from access.matrix import SIGN_IN, row

SEES = {"ANALYST": 200, "SECOND_REVIEWER": 200, "NOTICE_OFFICER": 200, "POLICE_LIAISON": 200}
row("hotline-handovers", anonymous=SIGN_IN, others=404, **SEES)
row("hotline-handovers-csv", anonymous=SIGN_IN, others=404, **SEES)
row(  # no recipient named
    "hotline-handovers-record",
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    ANALYST=302,
    SECOND_REVIEWER=302,
    NOTICE_OFFICER=302,
    POLICE_LIAISON=302,
)
row(
    "hotline-handovers-undo",
    args=("<handover>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    POLICE_LIAISON=302,
)
row("hotline-handover", args=("<handover>",), anonymous=SIGN_IN, others=404, **SEES)
row(
    "hotline-handover-correct",
    args=("<handover>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    POLICE_LIAISON=422,
)
row(
    "hotline-handover-cancel",
    args=("<handover>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    POLICE_LIAISON=422,
)
row("hotline-handover-file", args=("<handover-file>",), anonymous=SIGN_IN, others=404, **SEES)
row(
    "hotline-handover-file-approve",
    args=("<handover-file>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    SECOND_REVIEWER=302,
    NOTICE_OFFICER=302,
    POLICE_LIAISON=302,
)
row(
    "hotline-handover-file-download",
    args=("<handover-file>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    POLICE_LIAISON=409,
)  # no vault
row(
    "hotline-handover-file-record",
    args=("<handover-file>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    POLICE_LIAISON=422,
)  # no time
row(
    "hotline-handover-file-discard",
    args=("<handover-file>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    POLICE_LIAISON=302,
)


def objects() -> dict[str, str]:
    """A record and a file of the police queue."""
    from django.utils import timezone

    from sauga.hotline.content.models import ContentItem
    from sauga.hotline.handovers.models import HandoverExport, HandoverExportItem, HandoverRecord

    at, item = timezone.now(), ContentItem.objects.latest("pk")
    export = HandoverExport.objects.create(
        recipient="POLICE", made_at=at, made_by="system:setup", needs_second=True
    )
    HandoverExportItem.objects.create(export=export, item=item)
    record = HandoverRecord.objects.create(
        item=item,
        recipient="POLICE",
        method="MANUAL",
        handed_over_at=at,
        recorded_at=at,
        recorded_by="system:setup",
    )
    return {"<handover>": record.ref, "<handover-file>": export.ref}
