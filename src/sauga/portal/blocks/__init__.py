"""The small set of blocks that pages are made of. None takes a colour, a size or markup: what is put together here cannot come out ugly."""

from sauga.portal.blocks.body import Body, body_blocks

__all__ = ["Body", "body_blocks"]
