"""Addresses of notices: notices and providers at the desk, the provider's page behind a personal link."""

from django.urls import path

from sauga.hotline.notices.views import desk, disputes, provider_page, providers
from sauga.hotline.permissions import Permission
from sauga.kernel.identity import needs

desk_urls = [
    path("notices/", needs(Permission.SEE_NOTICES)(desk.Notices.view()), name="hotline-notices"),
    path(
        "notices/templates/",
        needs(Permission.SEE_NOTICES)(desk.NoticeTemplates.view()),
        name="hotline-notice-templates",
    ),
    path("notices/templates/<int:pk>/", desk.template, name="hotline-notice-template"),
    path("notices/<str:ref>/", desk.notice, name="hotline-notice"),
    path("notices/<str:ref>/approve/", desk.approve, name="hotline-notice-approve"),
    path("notices/<str:ref>/withdraw/", desk.withdraw, name="hotline-notice-withdraw"),
    path("notices/<str:ref>/renew/", desk.renew, name="hotline-notice-renew"),
    path("notices/<str:ref>/decide/", disputes.decide, name="hotline-notice-decide"),
    path("providers/", needs(Permission.SEE_NOTICES)(providers.Providers.view()), name="hotline-providers"),
    path("providers/<int:pk>/", providers.provider, name="hotline-provider"),
    path("providers/<int:pk>/change/", providers.change, name="hotline-provider-change"),
    path("providers/<int:pk>/contacts/", providers.add_contact, name="hotline-contact-add"),
    path(
        "providers/<int:pk>/contacts/<int:contact>/approve/",
        providers.approve_contact,
        name="hotline-contact-approve",
    ),
    path(
        "providers/<int:pk>/contacts/<int:contact>/retire/",
        providers.retire_contact,
        name="hotline-contact-retire",
    ),
    path("providers/<int:pk>/networks/", providers.add_network, name="hotline-network-add"),
]
machine_urls = [
    path("notice/<str:token>/", provider_page.notice_page, name="hotline-notice-page"),
]
