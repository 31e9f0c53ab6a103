"""Letters of identity and the links in them."""
