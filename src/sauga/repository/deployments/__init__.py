"""Where adaptations are used: embeds, pages and packages to download, and the awareness centre's
page of partners.
"""
