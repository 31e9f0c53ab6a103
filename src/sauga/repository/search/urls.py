"""Addresses of search. Names begin with `repository-`."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sauga.repository.search.views import child_words, search

public: list[URLPattern] = [
    path(_("search/"), search.search, name="repository-search"),
]
desk: list[URLPattern] = [
    path("words/", child_words.words, name="repository-words"),
    path("words/<int:key>/change/", child_words.change, name="repository-words-change"),
    path("words/<int:key>/retire/", child_words.retire, name="repository-words-retire"),
    path("words/<int:key>/back/", child_words.put_back, name="repository-words-back"),
]
