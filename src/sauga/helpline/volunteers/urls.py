"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path

from sauga.helpline.volunteers import views
from sauga.kernel.identity import needs

desk_urls = [
    path("volunteers/", needs(views.EDIT)(views.Volunteers.view()), name="helpline-volunteers"),
    path("volunteers/new/", views.enrol, name="helpline-volunteer-new"),
    path("volunteers/<int:pk>/", views.volunteer, name="helpline-volunteer"),
    path("volunteers/<int:pk>/<str:what>/", views.change, name="helpline-volunteer-change"),
]
