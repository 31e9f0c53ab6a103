"""The tables of training, subdomain by subdomain, for Django."""

from sauga.training.streaming.models import Stream, StreamStep

__all__ = ["Stream", "StreamStep"]
