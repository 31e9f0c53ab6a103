"""Retention periods of the hotline (docs/develop/threat-model.md).

Keys are destroyed first: what remains of a row is codes and times.
"""

from datetime import timedelta

from django.db.models import Q

from sauga.hotline.states import Handling
from sauga.kernel.retention import Clear, keep_forever, keep_with, rule, term

ZONE = "hotline"
CONTACT = term("hotline.contact", timedelta(days=30))
WORDS = term("hotline.words", timedelta(days=90))
ADDRESS = term("hotline.address", timedelta(days=730))
DONE = Q(handling__in=[str(Handling.ARCHIVED), str(Handling.NO_ACTION)])

rule(
    "hotline.Contact",
    keep=CONTACT,
    after="report__closed_at",
    holder=lambda row: row.holder,
    holds=lambda row: [row.report],
    zone=ZONE,
)
rule("hotline.Message", keep=WORDS, after="report__closed_at", holds=lambda row: [row.report], zone=ZONE)
rule(
    "hotline.Location",
    keep=WORDS,
    after="report__closed_at",
    where=~Q(given=b""),
    how=Clear({"given": b"", "referrer": b""}),
    holds=lambda row: [row.report],
    zone=ZONE,
)
rule(
    "hotline.Report",
    name="words",
    keep=WORDS,
    after="closed_at",
    where=~Q(words_gone=True),
    how=Clear({"note": b"", "words_gone": True}),
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule(
    "hotline.ContentItem",
    name="address",
    keep=ADDRESS,
    after="received_hour",
    where=DONE & ~Q(address=b""),
    how=Clear({"address": b"", "referrer": b""}),
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule(
    "hotline.Assessment",
    name="note",
    keep=ADDRESS,
    after="at",
    where=~Q(note=b""),
    how=Clear({"note": b""}),
    holds=lambda row: [row.item],
    zone=ZONE,
)
rule("hotline.Trace", keep=ADDRESS, after="at", holds=lambda row: [row.item], zone=ZONE)
rule("hotline.Check", keep=ADDRESS, after="at", holds=lambda row: [row.item], zone=ZONE)
rule(
    "hotline.Watch",
    keep=ADDRESS,
    after="item__received_hour",
    where=Q(item__handling=str(Handling.ARCHIVED)),
    zone=ZONE,
)
rule(
    "hotline.Notice",
    name="texts",
    keep=ADDRESS,
    after="drafted_at",
    where=Q(texts_gone=False),
    how=Clear({"texts_gone": True}),
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule(
    "hotline.HandoverRecord",
    name="reference",
    keep=ADDRESS,
    after="handed_over_at",
    where=~Q(reference=""),
    how=Clear({"reference": ""}),
    holds=lambda row: [row.item],
    zone=ZONE,
)
rule(
    "hotline.HandoverCorrection",
    name="reference",
    keep=ADDRESS,
    after="at",
    where=~Q(reference_before=""),
    how=Clear({"reference_before": ""}),
    holds=lambda row: [row.record.item],
    zone=ZONE,
)
rule("hotline.Exposure", keep=timedelta(days=365), after="last_severe_at", zone=ZONE)
rule("hotline.OwnPass", keep=timedelta(days=30), after="expires_at", zone=ZONE)
keep_with("hotline.Handover", "hotline.Report")
keep_with("hotline.HandoverExportItem", "hotline.HandoverExport")
keep_with("hotline.Route", "hotline.ContentItem")
keep_with("hotline.PoliceHold", "hotline.ContentItem")
keep_with("hotline.TraceAnswer", "hotline.Trace")
keep_with("hotline.NoticeItem", "hotline.Notice")
keep_with("hotline.NoticeMail", "hotline.Notice")
keep_with("hotline.NoticeAnswer", "hotline.Notice")
keep_forever(
    "hotline.Occurrence", "Instants without an address: takedown times of past years stay countable."
)
keep_forever(
    "hotline.HandoverExport",
    "Codes and instants without an address: who handed over how much stays answerable.",
)
keep_forever("hotline.Provider", "Reference data about firms.")
keep_forever("hotline.ProviderNetwork", "Reference data about firms.")
keep_forever("hotline.ProviderContact", "Business addresses of firms; retired by staff.")
keep_forever("hotline.NoticeTemplate", "Old notices must stay explainable.")
