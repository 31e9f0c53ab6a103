"""Addresses of figures: the figures page."""

from sauga.hotline.figures import views

desk_urls = views.HotlineFigures.urls()
