"""Pages of the portal: the site, its machine files, and the desk of its editors."""
