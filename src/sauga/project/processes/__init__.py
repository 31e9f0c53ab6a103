"""The processes of an installation: started, watched and reported on."""
