"""How long the portal keeps what: pages are published words; whoever was asked to review is forgotten soon
after the answer.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sauga.kernel.retention import keep_forever, keep_with, rule, term

REVIEW = term("portal.review", timedelta(days=180))

rule(
    "portal.ReviewRequest",
    keep=REVIEW,
    after="expires_at",
    zone="awareness",
    what=_("Requests to review a page"),
    since=_("the day the link expired"),
)
PUBLISHED = _("Published words, about nobody; taken down by an editor.")
for name in (
    "Portal",
    "Home",
    "Audience",
    "Topic",
    "Plain",
    "Explainer",
    "AppGuide",
    "Letter",
    "NewsIndex",
    "TopicIndex",
    "News",
    "Campaign",
    "Partners",
):
    keep_forever(f"portal.{name}Page", PUBLISHED, what=_("Pages of the site"))
for name in ("Picture", "PictureSize", "Attachment", "Video"):
    keep_forever(
        f"portal.{name}",
        _("Files of published pages, with whose they are; the bytes are kept as uploaded files."),
        what=_("Pictures and files of pages"),
    )
keep_forever("portal.HelpEntry", _("Published numbers with their validity."), what=_("Where to get help"))
keep_forever(
    "portal.PreparedBlock",
    _("Published advice, about nobody; kept while pages may show it."),
    what=_("Prepared advice"),
)
keep_forever(
    "portal.FooterEntry",
    _("Published contacts and funding lines with their validity."),
    what=_("Footer of the site"),
)
keep_forever(
    "portal.TrailedPageEntry",
    _("The tool's history of a page: which act, when, by whom of the staff; goes with the page."),
    what=_("History of pages"),
)
keep_forever(
    "portal.TrailedModelEntry",
    _("The tool's history of a picture, file or list: which act, when, by whom of the staff."),
    what=_("History of pictures, files and lists"),
)
FEEDBACK = term("portal.feedback", timedelta(days=365))
rule(
    "portal.Feedback",
    keep=FEEDBACK,
    after="closed_at",
    zone="awareness",
    what=_("Feedback on pages"),
    since=_("the day the feedback was settled"),
)
keep_forever(
    "portal.StarterText", _("Which pages came from shipped texts, about nobody."), what=_("Origin of pages")
)
keep_with("portal.PageDay", "portal.PortalPage")
keep_with("portal.GateException", "portal.PortalPage")
keep_with("portal.GateWord", "portal.PortalPage")
keep_forever(
    "portal.OutsideLink",
    _("Addresses that published pages lead to, about nobody; they go when nothing leads there."),
    what=_("Links to other sites"),
)
keep_with("portal.LinkPlace", "portal.OutsideLink")
