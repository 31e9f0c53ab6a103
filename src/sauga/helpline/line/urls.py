"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path

from sauga.helpline.line.views import policies, texts
from sauga.kernel.kit.editors import settings_urls

desk_urls = [
    *settings_urls(policies.LINE),
    path("texts/", texts.texts, name="helpline-texts"),
    path("texts/canned/add/", texts.add_canned, name="helpline-canned-add"),
    path("texts/canned/<str:code>/<str:language>/", texts.canned, name="helpline-canned"),
    path(
        "texts/canned/<str:code>/<str:language>/<str:what>/", texts.offer_canned, name="helpline-canned-offer"
    ),
    path("texts/cards/add/", texts.add_card, name="helpline-card-add"),
    path("texts/cards/<str:code>/", texts.card, name="helpline-card"),
    path("texts/cards/<str:code>/check/", texts.check_card, name="helpline-card-check"),
    path("texts/cards/<str:code>/<str:what>/", texts.offer_card, name="helpline-card-offer"),
]
