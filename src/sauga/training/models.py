"""The tables of training, subdomain by subdomain, for Django."""

from sauga.training.streaming.models import CaptionLine, Stream, StreamNote, StreamStep

__all__ = ["CaptionLine", "Stream", "StreamNote", "StreamStep"]
from sauga.training.streaming.models import Stream, StreamStep
from sauga.training.viewing.models import (
    SiteCount,
    SiteHost,
    SiteMessage,
    SiteTest,
    ViewingSite,
    ViewingSiteStep,
)
from sauga.training.webinars.models import Presence, Question, QuestionStep, Webinar

__all__ = [
    "Presence",
    "Question",
    "QuestionStep",
    "SiteCount",
    "SiteHost",
    "SiteMessage",
    "SiteTest",
    "Stream",
    "StreamStep",
    "ViewingSite",
    "ViewingSiteStep",
    "Webinar",
]
