"""The hotline: reports of illegal content, from a citizen's address to a measured removal.

Controller: the communications regulator (an INHOPE member). Never held here: imagery of any kind, a visitor's address or device,
a plain-text web address or reporter's word at rest.
"""
