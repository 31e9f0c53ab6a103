"""The installation boots."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_ready_when_database_answers():
    response = Client().get("/-/ready")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": True}
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not response.cookies
