"""Somebody who edits pages and also leads shifts sees an urgent alert in the editors' tool."""

import pytest
from django.test import Client

from sauga.helpline.chat.actions import supervision
from sauga.kernel import clock
from sauga.kernel.identity import start_membership
from sauga.kernel.identity.models import Role
from sauga.kernel.notifications.models import Alert
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.portal.actions.site_setup import set_up_site
from tests.centre import CLI, Centre, centre  # noqa: F401  a fixture
from tests.factories.line import on_duty
from tests.factories.talks import active

pytestmark = pytest.mark.django_db


def test_an_alert_stands_on_the_pages_of_the_editors_tool(centre: Centre):
    at = clock.now()
    set_up_site(by=SystemActor("site"), at=at)
    both = centre.people["EDITOR"]
    start_membership(
        by=CLI,
        person=both,
        organisation=Organisation.objects.get(code="VL"),
        role=Role.objects.get(code="SHIFT_LEAD"),
        zones=[],
        at=at,
    )
    made = active(centre, at)
    on_duty(both, at, channels=[], is_lead=True)
    supervision.call_lead(by=centre.actor("COUNSELLOR", at), conversation=made.conversation, at=at)
    client = Client()
    client.force_login(type(both).objects.get(pk=both.pk))
    session = client.session
    session["identity.second"] = at.timestamp()
    session.save()
    page = client.get("/desk/cms/", follow=True).content.decode()
    assert f'data-alert="{Alert.objects.get().ref}"' in page and "/ui/alerts" in page
