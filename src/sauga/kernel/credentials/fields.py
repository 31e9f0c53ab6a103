"""Data protection of credentials: what is printed and the file are sealed, the code and the words of the name
are blind; what is plain names nobody."""

from sauga.kernel.sealed import declare

declare("credentials.IssuerKey", plain={"name", "did", "public"})
declare("credentials.StatusIndex", plain={"decoys"})
declare("credentials.StatusList", plain={"purpose", "bits", "document"})
declare(
    "credentials.Credential",
    plain={"ref", "kind", "subject", "number", "language", "state"},
    sealed={"printed", "document"},
    blind={"lookup"},
)
declare("credentials.CredentialWord", blind={"word"})
