"""The pages: the members' space, the addressee's link, the public list, the desk. What the public reads has
no field about a member in it."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from factories.people import sign_in

from sauga.kernel import clock
from sauga.panel.members.models import Member
from sauga.panel.voice.actions import answering, contributions, cycles, drafts, following
from sauga.panel.voice.actions.cycles import MeetingGiven
from sauga.panel.voice.models import Contribution, Meeting, Proposal
from sauga.panel.voice.queries import addressees
from sauga.panel.voice.queries.cycles import local_day
from sauga.panel.voice.rules.hours import is_resting
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import panel_voice as make
from tests.factories.panel_voice import REASON, WORDS, Panel, by_link, fresh, given
