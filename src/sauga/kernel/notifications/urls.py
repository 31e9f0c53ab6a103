"""URLs of notifications and alerts, under /desk/."""

from django.urls import path

from sauga.kernel.notifications import views
from sauga.kernel.notifications.alerts import views as alert_views

desk = [
    path("notices/", views.Notifications.view(), name="notices-news"),
    path("notices/mail/", views.mail, name="notices-mail"),
    path("notices/read/", views.read_all, name="notices-read-all"),
    path("notices/<int:pk>/", views.open_one, name="notices-open"),
    path("notices/<int:pk>/hide/", alert_views.hide, name="notices-hide"),
    path("notices/now/", alert_views.now, name="notices-now"),
    path("notices/sent/", alert_views.sent, name="notices-sent"),
    path("notices/alert/<str:ref>/", alert_views.answer, name="notices-answer"),
    path("notices/alert/<str:ref>/next/", alert_views.call_next, name="notices-call-next"),
    path("notices/alert/<str:ref>/withdraw/", alert_views.withdraw, name="notices-withdraw"),
    path("notices/alert/<str:ref>/end/", alert_views.end, name="notices-end"),
    path("notices/rules/<slug:service>/", alert_views.rules, name="notices-rules"),
]
