"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.helpline.letters.views import public
from sauga.helpline.overview.views import adult, board, coming_back, figures, help

public_urls = [
    path(_("help/adult/"), adult.adult, name="helpline-adult"),
    path(_("help/adult/letter/"), public.write, {"audience": "ADULT"}, name="helpline-adult-letter"),
    path(_("help/return/"), coming_back.come_back, name="helpline-return"),
    path(_("help/"), help.help_now, name="helpline-help"),
]
desk_urls = [
    path("board/", board.board, name="helpline-board"),
    path("board/pause/", board.pause, name="helpline-board-pause"),
    path("board/resume/<str:channel>/", board.resume, name="helpline-board-resume"),
    path("board/<str:ref>/", board.talk, name="helpline-board-talk"),
    path("board/<str:ref>/whisper/", board.whisper, name="helpline-board-whisper"),
    path("board/<str:ref>/listen/", board.listen, name="helpline-board-listen"),
    path("board/<str:ref>/stop/", board.stop, name="helpline-board-stop"),
    path("board/<str:ref>/order/", board.order, name="helpline-board-order"),
    path("board/<str:ref>/take-over/", board.take_over, name="helpline-board-take-over"),
    path("board/<str:ref>/came/", board.answer_call, name="helpline-board-came"),
    path("shift/say/", board.announce, name="helpline-shift-say"),
    path("shift/words/<str:word>/end/", board.withdraw_announcement, name="helpline-shift-word-end"),
    path("shift/let-begin/", board.grant_waiver, name="helpline-duty-pass"),
    path("shift/let-begin/<int:pk>/back/", board.withdraw_waiver, name="helpline-duty-pass-back"),
    *figures.HelplineFigures.urls(),
]
