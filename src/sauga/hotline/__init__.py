"""The hotline: reports of illegal content, from a citizen's address to a measured removal.

Controller: the communications regulator (an INHOPE member). Never held here: imagery of any kind, a visitor's
address or device, and at rest no web address and no reporter's text in clear.
"""
