"""URLs of the live stream, under /desk/."""

from django.urls import path

from sauga.kernel.live import views

desk = [path("live/", views.stream, name="live-stream")]
