"""The portal: the first page of the public door, privacy and accessibility. Controller: the Awareness Centre.

It holds no personal data and sets no cookie. Other services put their doors on its pages through `kernel.ui.navigation`.
"""
