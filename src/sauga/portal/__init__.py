"""The portal: home page, articles, landing pages, privacy and accessibility of the public site. Controller:
the Awareness Centre.

It stores no personal data of readers and sets no cookie. Other services add entries to its pages through
`kernel.ui.navigation`.
"""
