"""Addresses of hand-overs: records and files."""

from django.urls import path

from sauga.hotline.handovers.views import files, records

desk_urls = [
    path("handovers/", records.handovers, name="hotline-handovers"),
    path("handovers/record/", records.record, name="hotline-handovers-record"),
    path("handovers/records.csv", records.records_csv, name="hotline-handovers-csv"),
    path("handovers/undo/<str:refs>/", records.undo, name="hotline-handovers-undo"),
    path("handovers/records/<str:ref>/", records.one, name="hotline-handover"),
    path("handovers/records/<str:ref>/correct/", records.correct, name="hotline-handover-correct"),
    path("handovers/records/<str:ref>/cancel/", records.cancel, name="hotline-handover-cancel"),
    path("handovers/files/<str:ref>/", files.file, name="hotline-handover-file"),
    path("handovers/files/<str:ref>/approve/", files.approve, name="hotline-handover-file-approve"),
    path("handovers/files/<str:ref>/download/", files.download, name="hotline-handover-file-download"),
    path("handovers/files/<str:ref>/record/", files.record_file, name="hotline-handover-file-record"),
    path("handovers/files/<str:ref>/discard/", files.discard, name="hotline-handover-file-discard"),
]
