"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path

from sauga.helpline.rota.views import debriefs, planning, rota

desk_urls = [
    path("rota/templates/", planning.templates, name="helpline-rota-templates"),
    path("rota/templates/<int:pk>/end/", planning.template_end, name="helpline-rota-template-end"),
    path("rota/publish/", planning.publish, name="helpline-rota-publish"),
    path("rota/extra/", planning.extra, name="helpline-rota-extra"),
    path("rota/hours/", planning.hours_page, name="helpline-rota-hours"),
    path("rota/hours/add/", planning.window_add, name="helpline-window-add"),
    path("rota/hours/<int:pk>/end/", planning.window_end, name="helpline-window-end"),
    path("rota/hours/close/", planning.day_close, name="helpline-day-close"),
    path("rota/hours/days/<int:pk>/open/", planning.day_open, name="helpline-day-open"),
    path("rota/forecast/", planning.forecast, name="helpline-rota-forecast"),
    path("rota/", rota.rota, name="helpline-rota"),
    path("rota/mine/", rota.mine, name="helpline-rota-mine"),
    path("rota/mine/calendar/", rota.calendar_link, name="helpline-calendar-link"),
    path("rota/shifts/<str:ref>/", rota.shift, name="helpline-shift"),
    path("rota/shifts/<str:ref>/assign/", rota.assign, name="helpline-shift-assign"),
    path("rota/shifts/<str:ref>/check-out/", rota.check_out, name="helpline-shift-check-out"),
    path("rota/shifts/<str:ref>/<str:what>/", rota.act, name="helpline-shift-act"),
    path("rota/debriefs/", debriefs.debriefs_page, name="helpline-debriefs"),
    path("rota/debriefs/<str:debrief>/held/", debriefs.debrief_hold, name="helpline-debrief-held"),
]
machine_urls = [
    path("shifts/<str:secret>.ics", rota.calendar, name="helpline-calendar"),
]
