"""How every text field of the portal is kept: it is either written for everyone or concerns the staff's own
work.
"""

from sauga.kernel.sealed import declare

_TREE = {"path", "url_path", "slug", "title", "draft_title", "seo_title", "search_description"}
_PAGE = {*_TREE, "summary", "level", "audiences", "topics", "responsible", "to_confirm"}
_OWN: dict[str, set[str]] = {
    "Portal": set(),
    "Home": set(),
    "Audience": {"audience"},
    "Topic": {"topic", "words", "related"},
    "Plain": set(),
    "Explainer": {"answer"},
    "AppGuide": {"app", "maker"},
    "Letter": set(),
    "NewsIndex": set(),
    "TopicIndex": set(),
    "News": set(),
    "Campaign": {"look", "motto", "repeats"},
    "Partners": set(),
}
for name, own in _OWN.items():
    declare(f"portal.{name}Page", plain=_PAGE | own)
_RIGHTS = {"rights", "rights_holder"}
declare("portal.Picture", plain={"title", "description", "file", "file_hash", *_RIGHTS})
declare("portal.PictureSize", plain={"file", "filter_spec", "focal_point_key"})
declare("portal.Attachment", plain={"title", "language", "file", "file_hash", *_RIGHTS})
declare("portal.Video", plain={"title", "language", "file", "captions", "transcript", *_RIGHTS})
declare(
    "portal.HelpEntry",
    plain={
        *{"code", "name_lt", "name_en", "phone", "website", "hours_lt", "hours_en", "open_times", "serves"},
        *{"for_whom_lt", "for_whom_en", "languages", "source"},
    },
)
# The address of who is asked to review is there until the letter is on its way, and empty afterwards.
declare(
    "portal.ReviewRequest",
    plain={"ref", "state", "name", "email", "language", "question", "words", "asked_by"},
)
declare(
    "portal.PreparedBlock", plain={"code", "reader", "title_lt", "title_en", "services", "loaded", "written"}
)
declare("portal.FooterEntry", plain={"kind", "text_lt", "text_en", "address"})
declare("portal.TrailedPageEntry", plain={"action", "label", "data"})
declare("portal.TrailedModelEntry", plain={"action", "label", "data", "object_id"})
# What a reader says about the site is read by every editor, who hold no key; the form asks for no name. The
# address of who wants a mail is there until the answer is on its way, and empty afterwards.
declare(
    "portal.Feedback",
    plain={"ref", "state", "kind", "text", "page", "language", "email", "answer"},
    blind={"receipt"},
)
declare("portal.StarterText", plain={"key", "loaded", "written"})
declare("portal.PageDay", plain={"kind"})
declare("portal.GateException", plain={"check_code", "reason_lt", "reason_en", "given_by"})
declare("portal.GateWord", plain={"failing"})
declare("portal.OutsideLink", plain={"url", "outcome"})
declare("portal.LinkPlace", plain={"kind", "key", "name"})
