"""Addresses of the bell, under /desk/."""

from django.urls import path

from sauga.kernel.notices import views

desk = [
    path("notices/", views.news, name="notices-news"),
    path("notices/read/", views.read_all, name="notices-read-all"),
    path("notices/<int:pk>/", views.open_one, name="notices-open"),
]
