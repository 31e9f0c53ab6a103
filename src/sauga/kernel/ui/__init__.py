"""The design system: base templates of the two sites, template tags, components, charts, navigation and error
pages.

Pages extend a base (`ui/public/base.html`, `ui/desk/base.html`), services announce themselves in
`navigation`, and figures are drawn by `charts`. How each part is used stands in docs/develop/ui.md and,
alive, on /desk/style/.
"""

from sauga.kernel.ui import charts, navigation

__all__ = ["charts", "navigation"]
