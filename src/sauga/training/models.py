"""The tables of training, subdomain by subdomain, for Django."""

from sauga.training.streaming.models import CaptionLine, Stream, StreamNote, StreamStep

__all__ = ["CaptionLine", "Stream", "StreamNote", "StreamStep"]
