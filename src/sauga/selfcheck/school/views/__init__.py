"""The pages of the school label: My Sauga, the public site, the desk."""
