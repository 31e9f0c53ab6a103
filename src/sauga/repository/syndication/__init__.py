"""Exchange with other systems: OAI-PMH, the JSON interface, DCAT, harvesting, import of files, and XLIFF
for translators.
"""
