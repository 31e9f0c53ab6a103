"""Addresses of policies: editors of code lists and policies."""

from sauga.hotline.policies import views
from sauga.kernel.kit.editors import editor_urls

desk_urls = editor_urls(views.EDITOR)
