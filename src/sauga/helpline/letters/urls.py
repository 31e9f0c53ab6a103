"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.helpline.letters.views import desk, public

public_urls = [
    path(_("help/letter/"), public.write, name="helpline-letter"),
    path(_("help/letter/read/"), public.read, name="helpline-letter-read"),
]
desk_urls = [
    path("letters/", desk.readers(desk.Letters.view()), name="helpline-letters"),
    path("letters/next/", desk.take_next, name="helpline-letter-next"),
    path("letters/<str:ref>/", desk.letter_page, name="helpline-letter-desk"),
    path("letters/<str:ref>/read/", desk.screen, name="helpline-letter-screen"),
    path("letters/<str:ref>/take/", desk.claim, name="helpline-letter-claim"),
    path("letters/<str:ref>/give-back/", desk.give_back, name="helpline-letter-give-back"),
    path("letters/<str:ref>/draft/", desk.draft, name="helpline-letter-draft"),
    path("letters/<str:ref>/take-back/", desk.take_back, name="helpline-letter-take-back"),
    path("letters/<str:ref>/approve/", desk.approve, name="helpline-letter-approve"),
    path("letters/<str:ref>/return/", desk.send_back, name="helpline-letter-return"),
    path("letters/<str:ref>/aside/", desk.put_aside, name="helpline-letter-aside"),
]
