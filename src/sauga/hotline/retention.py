"""Retention periods of the hotline (docs/develop/threat-model.md).

Keys are destroyed first: what remains of a row is codes and times.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
    what=_("Contact details of reporters"),
    since=_("the day the report was closed"),
)
rule(
    "hotline.Message",
    keep=WORDS,
    after="report__closed_at",
    holds=lambda row: [row.report],
    zone=ZONE,
    what=_("Messages with reporters"),
    since=_("the day the report was closed"),
)
rule(
    "hotline.Location",
    keep=WORDS,
    after="report__closed_at",
    where=~Q(given=b""),
    how=Clear({"given": b"", "referrer": b""}),
    holds=lambda row: [row.report],
    zone=ZONE,
    what=_("Addresses as reporters gave them"),
    since=_("the day the report was closed"),
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
    what=_("Texts of reports"),
    since=_("the day the report was closed"),
    page="hotline-report-desk",
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
    what=_("Addresses of content"),
    since=_("the hour the content was reported"),
    page="hotline-item",
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
    what=_("Notes of assessments"),
    since=_("the day of the assessment"),
)
rule(
    "hotline.Trace",
    keep=ADDRESS,
    after="at",
    holds=lambda row: [row.item],
    zone=ZONE,
    what=_("Traces of hosting"),
    since=_("the day of the trace"),
)
rule(
    "hotline.Check",
    keep=ADDRESS,
    after="at",
    holds=lambda row: [row.item],
    zone=ZONE,
    what=_("Checks whether content is online"),
    since=_("the day of the check"),
)
rule(
    "hotline.Watch",
    keep=ADDRESS,
    after="item__received_hour",
    where=Q(item__handling=str(Handling.ARCHIVED)),
    zone=ZONE,
    what=_("Monitoring plans of content"),
    since=_("the hour the content was reported"),
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
    what=_("Texts of notices to providers"),
    since=_("the day the notice was drafted"),
    page="hotline-notice",
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
    what=_("Case numbers of hand-overs"),
    since=_("the day of the hand-over"),
    page="hotline-handover",
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
    what=_("Earlier case numbers of hand-overs"),
    since=_("the day of the correction"),
)
rule(
    "hotline.Exposure",
    keep=timedelta(days=365),
    after="last_severe_at",
    zone=ZONE,
    what=_("Exposure counts of analysts"),
    since=_("the last severe content"),
)
rule(
    "hotline.OwnPass",
    keep=timedelta(days=30),
    after="expires_at",
    zone=ZONE,
    what=_("Passes to report one's own pictures that came here"),
    since=_("the day the pass expired"),
)
keep_with("hotline.Handover", "hotline.Report")
keep_with("hotline.HandoverExportItem", "hotline.HandoverExport")
keep_with("hotline.Route", "hotline.ContentItem")
keep_with("hotline.PoliceHold", "hotline.ContentItem")
keep_with("hotline.TraceAnswer", "hotline.Trace")
keep_with("hotline.NoticeItem", "hotline.Notice")
keep_with("hotline.NoticeMail", "hotline.Notice")
keep_with("hotline.NoticeAnswer", "hotline.Notice")
keep_forever(
    "hotline.Occurrence",
    _("Instants without an address: takedown times of past years stay countable."),
    what=_("Times when content was online"),
)
keep_forever(
    "hotline.HandoverExport",
    _("Codes and instants without an address: who handed over how much stays answerable."),
    what=_("Exports of hand-overs"),
)
keep_forever("hotline.Provider", _("Reference data about firms."), what=_("Hosting providers"))
keep_forever("hotline.ProviderNetwork", _("Reference data about firms."), what=_("Hosting providers"))
keep_forever(
    "hotline.ProviderContact",
    _("Business addresses of firms; retired by staff."),
    what=_("Contacts of hosting providers"),
)
keep_forever(
    "hotline.NoticeTemplate", _("Old notices must stay explainable."), what=_("Templates of notices")
)
