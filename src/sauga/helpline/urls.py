"""Addresses of the helpline: those of its subdomains. Names begin with `helpline-`."""

from sauga.helpline.calls import urls as calls
from sauga.helpline.chat import urls as chat
from sauga.helpline.letters import urls as letters
from sauga.helpline.line import urls as line
from sauga.helpline.overview import urls as overview
from sauga.helpline.quality import urls as quality
from sauga.helpline.records import urls as records
from sauga.helpline.rota import urls as rota
from sauga.helpline.safeguarding import urls as safeguarding
from sauga.helpline.volunteers import urls as volunteers

public = [*calls.public_urls, *letters.public_urls, *chat.public_urls, *overview.public_urls]
desk = [
    *line.desk_urls,
    *volunteers.desk_urls,
    *records.desk_urls,
    *rota.desk_urls,
    *calls.desk_urls,
    *letters.desk_urls,
    *chat.desk_urls,
    *safeguarding.desk_urls,
    *quality.desk_urls,
    *overview.desk_urls,
]
machine = [*rota.machine_urls, *calls.machine_urls, *chat.machine_urls]
