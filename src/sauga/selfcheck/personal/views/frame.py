"""The personal test in another site's frame. Which site that may be, the repository decides by its
deployment; here is what is in the frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sauga.repository.deployments.models import Deployment
from sauga.repository.resources.models import Resource
from sauga.selfcheck.personal import presenters
from sauga.selfcheck.personal.queries import versions
from sauga.selfcheck.personal.rules import outcome as outcomes
from sauga.selfcheck.personal.rules.bank import Audience, read
from sauga.selfcheck.personal.views.public import answers_of


def address(resource: Resource) -> str:
    """Where the resource that the test is embedded as leads to on this site."""
    if resource.type != "app":
        return ""
    row = versions.published()
    return reverse("selfcheck") if row is not None and resource.slug_en == row.content["embedded_as"] else ""


def widget(request: HttpRequest, deployment: Deployment) -> HttpResponse | None:
    """The test in the frame of a deployment of the resource that it is embedded as, in the language of the
    frame; None for every other deployment, and where nothing is published."""
    row = versions.published()
    adaptation = deployment.adaptation
    if row is None or adaptation is None or adaptation.base.slug_en != row.content["embedded_as"]:
        return None
    bank = read(row.content)
    asked = request.GET.get("for", "")
    context: dict[str, object] = {
        "title": presenters.TITLE,
        "host": deployment.organisation,
        "doors": [(presenters.AUDIENCES[one], str(one)) for one in Audience],
        "language": request.GET.get("language", ""),
    }
    if asked not in set(Audience):
        return render(request, "selfcheck/personal/public/frame_index.html", context)
    whom = Audience(asked)
    part = bank.parts[whom]
    context |= {
        "audience": whom,
        "words": presenters.words_for(whom),
        "whole": reverse(presenters.PAGES[whom]),
    }
    if request.method == "POST":
        found = outcomes.outcome(part, answers_of(request, whom))
        context |= presenters.result(part, bank, found)
        return render(request, "selfcheck/personal/public/frame_result.html", context)
    context |= {
        "intro": presenters.spoken(part.intro),
        "questions": presenters.questions(part),
        **presenters.result(part, bank, None),
    }
    return render(request, "selfcheck/personal/public/frame.html", context)
