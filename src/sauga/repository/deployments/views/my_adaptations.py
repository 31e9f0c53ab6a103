"""My adaptations: a partner's adaptations and where they are used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.kernel.identity import actor, needs
from sauga.repository.adaptations import presenters as words
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.deployments.queries import deployments
from sauga.repository.permissions import Permission


@require_safe
@needs(Permission.ADAPT)
def own(request: HttpRequest) -> HttpResponse:
    """The partner's adaptations and where they are used."""
    by = actor(request)
    versions = [(row, *words.state(row, "state.adaptation")) for row in queries.own_adaptations(by)]
    copies = [
        (row, words.channel(row.channel), *words.state(row, "state.deployment"))
        for row in deployments.own_deployments(by)
    ]
    context = {"partner": queries.own_partner(by), "versions": versions, "copies": copies}
    return render(request, "repository/deployments/my_adaptations.html", context)
