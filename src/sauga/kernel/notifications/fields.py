"""Data protection of this package's fields: all plain, because none may hold case content (`wording.check`
enforces it)."""

from sauga.kernel.sealed.registry import declare

declare("notices.Alert", plain={"ref", "kind", "params", "about", "link", "ending"})
declare("notices.Notification", plain={"template", "params", "link", "letter"})
declare("notices.MailPreference", plain={"time"})
declare("notices.ReturnCount", plain={"prefix", "kind"})
