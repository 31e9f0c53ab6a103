"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path

from sauga.helpline.permissions import Permission
from sauga.helpline.quality import views
from sauga.kernel.identity import needs

desk_urls = [
    path("quality/", needs(Permission.SAMPLE_QUALITY)(views.Reviews.view()), name="helpline-quality"),
    path("quality/summary/", views.summary, name="helpline-quality-summary"),
    path("quality/<str:ref>/", views.review, name="helpline-quality-review"),
    path("quality/<str:ref>/begin/", views.begin, name="helpline-quality-begin"),
    path("quality/<str:ref>/put-back/", views.put_back, name="helpline-quality-put-back"),
    path("quality/<str:ref>/settle/", views.settle, name="helpline-quality-settle"),
]
