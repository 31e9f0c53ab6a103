"""The member site, “My Sauga”: its session, its entries, and its quick exit."""
