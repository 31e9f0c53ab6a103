"""Addresses of assessment: the welfare page."""

from django.urls import path

from sauga.hotline.assessment import views
from sauga.hotline.permissions import Permission
from sauga.kernel.identity import needs

desk_urls = [
    path("welfare/", needs(Permission.SEE_WELFARE)(views.Welfare.view()), name="hotline-welfare"),
    path("welfare/<int:person>/lift/", views.lift, name="hotline-welfare-lift"),
]
