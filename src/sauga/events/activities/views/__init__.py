"""Pages of activities: for everybody, behind personal links, on the member site, at the desk."""
