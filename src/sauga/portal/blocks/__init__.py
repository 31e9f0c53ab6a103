"""The blocks that pages are made of. None takes a colour, a size or markup, so every page keeps the
design.
"""

from sauga.portal.blocks.body import Body, body_blocks

__all__ = ["Body", "body_blocks"]
