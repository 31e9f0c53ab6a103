"""Partners of the site stand in the register of organisations; the editors' tool leads there."""

import pytest

from tests.centre import centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "leads"), [("PUBLISHER", True), ("SAFEGUARDING_EDITOR", False)])
def test_the_editors_tool_leads_to_the_register_whoever_may_see_it(centre, planted, role, leads):
    client = sign_in(centre, role)
    shown = client.get("/desk/cms/").content.decode()
    assert ('/desk/organisations/"' in shown) is leads
    assert client.get("/desk/organisations/").status_code == (200 if leads else 404)
    assert client.get("/desk/cms/snippets/portal/partner/").status_code in {302, 404}
