"""How the fields of selfcheck are protected: published words, about nobody."""

from sauga.kernel.sealed import declare

declare("selfcheck.BankVersion", plain={"ref", "state", "content", "note"})
