"""Resources: metadata, files, versions, review and the publish gate.

Editors and reviewers of the awareness centre work here.

The checks of the gate and the browser audit also serve the pages of the portal.
"""
