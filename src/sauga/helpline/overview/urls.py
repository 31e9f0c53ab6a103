"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.helpline.letters.views import public
from sauga.helpline.overview.views import adult, board, coming_back, figures, help

public_urls = [
    path(_("help/adult/"), adult.adult, name="helpline-adult"),
    path(_("help/adult/letter/"), public.write, {"door": "ADULT"}, name="helpline-adult-letter"),
    path(_("help/return/"), coming_back.come_back, name="helpline-return"),
    path(_("help/"), help.help_now, name="helpline-help"),
]
desk_urls = [
    path("board/", board.board, name="helpline-board"),
    path("board/pause/", board.pause, name="helpline-board-pause"),
    path("board/resume/<str:channel>/", board.resume, name="helpline-board-resume"),
    path("board/<str:ref>/", board.talk, name="helpline-board-talk"),
    *(
        path(f"board/<str:ref>/{act.__name__.replace('_', '-')}/", act, name=f"helpline-board-{act.__name__.replace('_', '-')}")
        for act in (board.whisper, board.listen, board.stop, board.order, board.take_over, board.came)
    ),
    path("shift/say/", board.say, name="helpline-shift-say"),
    path("shift/words/<str:word>/end/", board.end, name="helpline-shift-word-end"),
    path("shift/let-begin/", board.let_begin, name="helpline-duty-pass"),
    path("shift/let-begin/<int:pk>/back/", board.take_back, name="helpline-duty-pass-back"),
    *figures.HelplineFigures.urls(),
]
