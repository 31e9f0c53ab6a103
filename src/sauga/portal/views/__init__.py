"""Views of the portal: the site, its machine-readable files, and the desk of its editors."""
