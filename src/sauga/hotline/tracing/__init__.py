"""Who hosts an item: what name servers, registries and tables say, the country that a person confirms, and
the providers found."""
