"""What follows from a declared audit log: addresses, background job, notifications, its place in
the navigation.
"""

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.message_templates import words
from sauga.kernel.notifications.models import Notification
from sauga.kernel.services import AuditLog, installed
from sauga.kernel.services.audit_log import report_verification, request_verification
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

LOGS = [config.declaration.audit_log for config in installed() if config.declaration.audit_log is not None]


def test_services_with_cases_declare_one():
    assert [log.service for log in LOGS] == ["helpline", "hotline"]


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.service)
def test_the_auditor_reads_it_and_has_it_verified(centre: Centre, log: AuditLog):
    desk, auditor = sign_in(centre, "AUDITOR"), centre.people["AUDITOR"]
    page = desk.get(f"/desk/{log.service}/trail/")
    assert (
        page.status_code == 200
        and str(log.title) in page.text
        and f'action="/desk/{log.service}/trail/check/"' in page.text
    )
    assert f'href="/desk/{log.service}/trail/"' in desk.get("/desk/", follow=True).text
    assert desk.post(f"/desk/{log.service}/trail/check/").url == f"/desk/{log.service}/trail/"
    job = ProcrastinateJob.objects.get(task_name=log.job)
    assert (job.queue_name, job.args) == (log.service, {"person_id": auditor.pk})
    app.tasks[log.job].func(**job.args)
    told = Notification.objects.get(person=auditor, template=f"{log.service}.trail_whole")
    assert told.link == f"/desk/{log.service}/trail/" and str(log.title) in words(told.template, told.params)


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.service)
def test_nobody_else_reads_it_or_has_it_verified(centre: Centre, log: AuditLog):
    for role in ("ANALYST", "COUNSELLOR", "EDITOR"):
        assert sign_in(centre, role).get(f"/desk/{log.service}/trail/").status_code == 404
        assert sign_in(centre, role).post(f"/desk/{log.service}/trail/check/").status_code == 404
        with pytest.raises(PermissionRefused):
            request_verification(by=centre.actor(role), log=log, at=clock.now())
    assert not ProcrastinateJob.objects.filter(task_name=log.job).exists()


def test_a_log_that_was_never_written_is_intact_and_says_that_it_is_empty(centre: Centre):
    log = AuditLog(service="hotline", zone="nothing", title="Nothing", permission=LOGS[1].permission, order=1)
    assert report_verification(log=log, person_id=centre.people["AUDITOR"].pk, at=clock.now()).rows == 0
