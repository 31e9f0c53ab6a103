"""Addresses of panel, subdomain by subdomain: the members' space /lt/jaunimas/, /en/youth/; public
pages /lt/jaunimo-taryba/, /en/youth-panel/; and, at the desk, /desk/panel/. Their names begin with `panel-`.
"""

from typing import Any

from sauga.panel.members import urls as members
from sauga.panel.voice import urls as voice
from sauga.panel.voting import urls as voting

public: list[Any] = [*members.public, *voice.public, *voting.public]
desk: list[Any] = [*members.desk, *voice.desk, *voting.desk]
machine: list[Any] = [*voice.machine]
