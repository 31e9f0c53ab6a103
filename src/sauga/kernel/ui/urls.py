"""URLs of the design system: `desk` under /desk/, `machine` without a language."""

from django.urls import URLPattern, path

from sauga.kernel.ui import views

desk: list[URLPattern] = [
    path("language/", views.language, name="ui-language"),
    path("style/", views.style, name="ui-style"),
]
machine: list[URLPattern] = [
    path("leave/", views.leave, name="ui-leave"),
    path("robots.txt", views.robots, name="ui-robots"),
    path(".well-known/security.txt", views.security_txt, name="ui-security"),
    path("favicon.ico", views.favicon, name="ui-favicon"),
    path("manifest.webmanifest", views.manifest, name="ui-manifest"),
]
