"""The installation boots."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_ready_when_database_answers():
    response = Client().get("/-/ready")
    assert response.status_code == 200
    said = response.json()
    assert said["ready"] and said["database"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not response.cookies
