"""Addresses of the portal.

Its public segments are translated: /lt/privatumas/ and /en/privacy/; the site's pages come last.
"""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import needs
from sauga.portal.permissions import Permission
from sauga.portal.views import cms, feedback, translations
from sauga.portal.views import desk as desks
from sauga.portal.views import figures as views_counted
from sauga.portal.views import machine_files as machines
from sauga.portal.views import page_gate as gates
from sauga.portal.views import public as pages
from sauga.portal.views import reviewer as reviewers
from sauga.portal.views import social_cards as cards
from sauga.portal.views import something_happened as guided

public: list[URLPattern | URLResolver] = [
    path("", pages.home, name="portal-home"),
    path(_("privacy/"), pages.privacy, name="portal-privacy"),
    path(_("accessibility/"), feedback.accessibility, name="portal-accessibility"),
    path(_("accessibility/feedback/"), feedback.feedback, name="portal-feedback"),
    path(_("accessibility/feedback/answer/"), feedback.come_back, name="portal-feedback-back"),
    path(_("what-happened/"), guided.something_happened, name="portal-something-happened"),
    path(_("what-to-report/"), guided.what_to_report, name="portal-what-to-report"),
    path(_("easy-to-read/"), pages.easy, name="portal-easy"),
    path(_("news.xml"), pages.feed, name="portal-feed"),
    path(_("topics/<slug:topic>.xml"), pages.topic_feed, name="portal-topic-feed"),
]
last: list[URLPattern | URLResolver] = [re_path(r"^((?:[\w\-]+/)*)$", pages.page, name="wagtail_serve")]
desk: list[URLPattern | URLResolver] = [
    path("feedback/", feedback.feedback_list, name="portal-feedback-list"),
    path("feedback/<str:ref>/", feedback.feedback_one, name="portal-feedback-one"),
    path("feedback/<str:ref>/close/", feedback.feedback_close, name="portal-feedback-close"),
    path("reviews/", needs(Permission.ASK_REVIEW)(desks.Reviews.view()), name="portal-reviews"),
    path("reviews/ask/<int:page_id>/", desks.ask, name="portal-review-ask"),
    path("reviews/<str:review>/withdraw/", desks.withdraw, name="portal-review-withdraw"),
    path(
        "translations/",
        needs(Permission.TRANSLATE_PAGES)(desks.Translations.view()),
        name="portal-translations",
    ),
    path("translations/<int:page_id>/", desks.translation, name="portal-translation"),
    path("translations/<int:page_id>/file/", translations.translate, name="portal-translate"),
    path("translations/<int:page_id>/file/texts.xlf", translations.take, name="portal-translation-file"),
    path("due/", needs(Permission.WRITE_PAGES)(desks.DuePages.view()), name="portal-due"),
    path("to-confirm/", needs(Permission.WRITE_PAGES)(desks.ToConfirm.view()), name="portal-to-confirm"),
    *views_counted.SiteFigures.urls(),
    path("links/", needs(Permission.SEE_GATE)(desks.Links.view()), name="portal-links"),
    path("links/<int:key>/again/", desks.link_again, name="portal-link-again"),
    path("gate/<int:page_id>/", gates.gate_page, name="portal-gate"),
    path("gate/<int:page_id>/preview/", gates.preview, name="portal-gate-preview"),
    path("gate/<int:page_id>/beside/", gates.beside, name="portal-gate-beside"),
    path("gate/<int:page_id>/look/", gates.audit_again, name="portal-gate-look"),
    path("gate/<int:page_id>/end/", gates.end_exception, name="portal-gate-end"),
    path("gate/<int:page_id>/publish/", gates.publish, name="portal-gate-publish"),
]
desk_mounts: list[URLPattern | URLResolver] = [path("cms/", include(cms.patterns()))]
machine: list[URLPattern | URLResolver] = [
    path("sitemap.xml", machines.sitemap, name="portal-sitemap"),
    path("cards/<int:page_id>.<str:version>.png", cards.page_card, name="portal-card"),
    path("cards/site.<str:language>.png", cards.site_card, name="portal-site-card"),
    path("cards/<str:language>/<slug:slug>.png", cards.resource_card, name="portal-resource-card"),
    path("media/<path:path>", machines.media, name="portal-media"),
    path("files/<int:document_id>/<str:filename>", machines.document, name="wagtaildocs_serve"),
    path("logos/<str:ref>/", machines.logo, name="portal-logo"),
    path("review/<str:token>/", reviewers.review, name="portal-review"),
    path("offline/", machines.offline, name="portal-offline"),
]
