"""Pages of the programme, public and at the desk."""
