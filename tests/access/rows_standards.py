"""What programs ask for: the same for everybody, signed in or not."""

from access.matrix import PUBLIC, row

row("repository-oai", anonymous=PUBLIC, others=200)  # without a verb: an error in the protocol's own words
row("repository-developers", anonymous=PUBLIC, others=200)
for _form in ("catalogue", "catalogue-turtle", "catalogue-json"):
    row(f"repository-{_form}", anonymous=PUBLIC, others=200)
row("api-openapi", anonymous=PUBLIC, others=200)
row("api-root", anonymous=404, others=404)  # names where the description stands
row("api-unknown", args=("nothing",), anonymous=404, others=404)
row("repository-api-resources", anonymous=PUBLIC, others=200)
row("repository-api-resource", args=("nothing",), anonymous=404, others=404)  # no such resource
row("repository-api-amb", args=("nothing",), anonymous=404, others=404)  # no such resource
row("repository-api-collections", anonymous=PUBLIC, others=200)
row("repository-api-collection", args=("nothing",), anonymous=404, others=404)  # no such collection
row("repository-api-vocabularies", anonymous=PUBLIC, others=200)
row("repository-api-vocabulary", args=("topics",), anonymous=PUBLIC, others=200)
row("statistics-api-periods", anonymous=PUBLIC, others=200)
row("statistics-api-figures", args=("nothing",), anonymous=404, others=404)  # no such period
