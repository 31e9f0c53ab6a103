"""A resource in the metadata standards of others: AMB and LRMI, DCAT-AP, Dublin Core, LOM."""
