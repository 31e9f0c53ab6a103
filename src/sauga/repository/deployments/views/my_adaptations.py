"""My adaptations: those of the partners that the member acts for, and where they are used."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sauga.kernel import members
from sauga.kernel.members.queries import is_asking_for_partnership
from sauga.repository.adaptations import presenters as words
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.adaptations.views.pages import page
from sauga.repository.deployments.queries import deployments


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The adaptations and where they are used. Without a partner, how an organisation becomes one."""
    by = members.member(request)
    versions = [
        (row, words.name(row), *words.state(row, "state.adaptation")) for row in queries.own_adaptations(by)
    ]
    copies = [
        (row, words.name(row.adaptation), words.channel(row.channel), *words.state(row, "state.deployment"))
        for row in deployments.own_deployments(by)
    ]
    held = {row.organisation_id for row, *_state in versions}
    partners = queries.own_partners(by)
    context = {
        "partners": partners,
        "is_several": len(held | {row.pk for row in partners}) > 1,
        "is_acting": bool(members.organisations_of(by.member_id)),
        "is_asking": is_asking_for_partnership(by),
        "versions": versions,
        "copies": copies,
    }
    return page(request, "repository/deployments/my_adaptations.html", context)
