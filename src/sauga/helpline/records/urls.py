"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path

from sauga.helpline.records import views

desk_urls = [
    path("records/", views.mine, name="helpline-mine"),
    path("records/<str:ref>/", views.record, name="helpline-record"),
    path("records/<str:ref>/non-data/", views.nondata, name="helpline-record-nondata"),
]
