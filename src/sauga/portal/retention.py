"""How long the portal keeps what: pages are published words; whoever was asked to review is forgotten soon
after the answer.
"""

from datetime import timedelta

from sauga.kernel.retention import keep_forever, keep_with, rule, term

REVIEW = term("portal.review", timedelta(days=180))

rule("portal.ReviewRequest", keep=REVIEW, after="expires_at", zone="awareness")
PUBLISHED = "Published words, about nobody; taken down by an editor."
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
    keep_forever(f"portal.{name}Page", PUBLISHED)
for name in ("Picture", "PictureSize", "Attachment", "Video"):
    keep_forever(
        f"portal.{name}",
        "Files of published pages, with whose they are; their bytes are uploads of kernel.media.",
    )
keep_forever("portal.HelpEntry", "Published numbers with their validity.")
keep_forever("portal.PreparedBlock", "Published advice, about nobody; kept while pages may show it.")
keep_forever("portal.FooterEntry", "Published contacts and funding lines with their validity.")
keep_forever(
    "portal.TrailedPageEntry",
    "The tool's history of a page: which act, when, by whom of the staff; goes with the page.",
)
keep_forever(
    "portal.TrailedModelEntry",
    "The tool's history of a picture, file or list: which act, when, by whom of the staff.",
)
FEEDBACK = term("portal.feedback", timedelta(days=365))
rule("portal.Feedback", keep=FEEDBACK, after="closed_at", zone="awareness")
keep_forever("portal.StarterText", "Which pages came from shipped texts, about nobody.")
keep_with("portal.PageDay", "portal.PortalPage")
keep_with("portal.GateException", "portal.PortalPage")
keep_with("portal.GateWord", "portal.PortalPage")
keep_forever(
    "portal.OutsideLink",
    "Addresses that published pages lead to, about nobody; they go when nothing leads there.",
)
keep_with("portal.LinkPlace", "portal.OutsideLink")
