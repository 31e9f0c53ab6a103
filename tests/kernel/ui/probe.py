"""Addresses for the test of live pages: the installation, and one desk page whose region shows how
often it was drawn.
"""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from sauga.project.urls.both import handler400, handler403, handler404, handler500
from sauga.project.urls.both import urlpatterns as centre

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

state = {"number": 0}


def anybody(actor, name):
    """Who may listen to the region."""
    return True


SOURCE = """{% extends "ui/desk/base.html" %}{% block heading %}Live{% endblock %}{% block content %}
<div id="list" data-live="probe.list"><table class="worklist" aria-label="list"><tbody data-rows>
<tr data-row id="r1"><td><input type="checkbox" aria-label="tick"></td>
<td><a href="#r1">row {{ number }}</a></td></tr></tbody></table></div>
<a class="newline" href="" data-live-note="list" hidden>news</a>
<div id="forms" data-live="probe.list"><p>{{ number }}</p><details id="other"><summary>Set another</summary>
<form method="post"><label for="level">Level</label>
<select id="level" name="level"><option>low</option><option>high</option></select>
<label for="why">Why</label><input id="why" name="why">
<label for="sure">Sure</label><input id="sure" name="sure" type="radio"><button>Set</button></form></details>
<details><summary>More</summary><p>{{ number }}</p></details>
<div class="scroll" tabindex="0" role="group" aria-label="wide">
<p class="nowrap">{{ number }} {% lorem 400 w %}</p></div></div>{% endblock %}"""


def page(request):
    return HttpResponse(engines["django"].from_string(SOURCE).render(state, request))


urlpatterns = [path("desk/probe/", page), *centre]
