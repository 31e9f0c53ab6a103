"""Whether everything one can press, choose or type into can be read in every state it may have; and on paper,
whether anything can.

Each rule of the page's stylesheets with a pseudo-class (hover, focus, active) gets a twin with an attribute
in its place, of equal weight and just behind it, so that a state is put on by setting the attribute. What is
hidden or folded is measured, too.

An element is measured once a run in each width and colour scheme: one of the same kind inside elements of the
same kinds has the same colours, since no rule of ours looks at anything else than what `kindOf` takes down.
`make prove` measures every element of every page.
"""

from typing import Any

from tests.repetition import IS_WHOLE

MEASURE = r"""({ onPaper, places }) => {
  const PSEUDO = { hover: /:hover\b/g, focus: /:focus(-visible|-within)?\b/g, pressed: /:active\b/g };
  const PRESSED = "a[href], button, summary, input:not([type=hidden]), select, textarea, label, "
    + "[role=button], [role=tab], [role=option], [tabindex]";
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d",
    { willReadFrequently: true });
  const colours = new Map();
  const rgba = (colour) => {
    if (!colours.has(colour)) {
      pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      colours.set(colour, [r, g, b, a / 255]);
    }
    return colours.get(colour);
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (colour) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const part = colour[i] / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const contrast = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05); };
  const white = [255, 255, 255, 1];

  const ground = (element) => {
    const layers = [];
    for (let box = element; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.backgroundImage.includes("url(")) return null;
      const colour = rgba(style.backgroundColor);
      if (onPaper && style.printColorAdjust !== "exact") continue;
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), onPaper ? white : rgba("Canvas"));
  };
  const texts = (element) => [...element.childNodes].filter((node) => node.nodeType === 3)
    .map((node) => node.data.trim());
  const ownWords = (element) => texts(element).join(" ").trim();
  const UNSEEN = ".visually-hidden, .skip:not(:focus), script, style, template, noscript, option, svg";
  const isInvisible = (element) => element.closest(UNSEEN);
  // What a rule may look at: the element, its siblings' kinds, and the same of all that it stands in,
  // as one word.
  const hash = (text) => {
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let place = 0; place < text.length; place += 1) {
      one = Math.imul(one ^ text.charCodeAt(place), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(place), 1597334677);
    }
    return ((two >>> 0) * 0x200000 + (one >>> 11)).toString(36);
  };
  const VALUES = /^(type|role|lang|open|hidden|disabled|checked|aria-(?!label|describedby|controls))/;
  const shape = (element) => (element ? `${element.tagName}.${element.getAttribute("class") ?? ""}` : "none");
  const kinds = new Map();
  const kindOf = (element) => {
    if (!element) {
      const sheets = [...document.styleSheets].map(({ href }) => href);
      return hash([onPaper, innerWidth, matchMedia("(prefers-color-scheme: dark)").matches,
        ...sheets].join(" "));
    }
    if (!kinds.has(element)) {
      const own = [...element.attributes].filter(({ name }) => name !== "data-twins");
         // set by this script, looked at by no rule
      const held = own.map(({ name, value }) => (VALUES.test(name) ? `${name}=${value}` : name)).sort();
      const around = [element, element.previousElementSibling, element.nextElementSibling].map(shape);
      kinds.set(element, hash([kindOf(element.parentElement), element.id, element.style.cssText, ...held,
        ...around].join(" ")));
    }
    return kinds.get(element);
  };
  const measured = () => {
    const asked = onPaper ? [document.body] : [...document.querySelectorAll(PRESSED)];
    const those = new Set(asked.flatMap((one) => [one, ...one.querySelectorAll("*")]));
    return [...those].filter((element) => !isInvisible(element)
      && (ownWords(element)
        || element.matches("input:not([type=checkbox], [type=radio], [type=file]), select, textarea"))
      && (!onPaper || element.checkVisibility()));
  };
  if (places === null) {
    document.measured = measured();
    return document.measured.map(kindOf).join(" ");
  }
  const name = (element) => {
    const words = (ownWords(element) || element.name || "").slice(0, 40);
    const kind = (one) => one.tagName.toLowerCase() + [...one.classList].map((part) => `.${part}`).join("");
    return `${element.parentElement ? kind(element.parentElement) + " > " : ""}${kind(element)} „${words}“`;
  };

  const asked = places.split(" ").map((place) => document.measured[place]);
  if (!asked.every((element) => element.isConnected)) return null;  // a live page has replaced some meanwhile

  // A twin of each rule, with an attribute in place of the pseudo-class.
  const twins = (sheet) => {
    for (let place = sheet.cssRules.length - 1; place >= 0; place -= 1) {
      const rule = sheet.cssRules[place];
      if (rule.selectorText) {
        let selector = rule.selectorText;
        for (const [state, pseudo] of Object.entries(PSEUDO)) selector = selector.replace(pseudo,
          `[data-as~=${state}]`);
        if (selector !== rule.selectorText) sheet.insertRule(`${selector} { ${rule.style.cssText} }`,
          place + 1);
      } else if (rule.cssRules) twins(rule);
    }
  };
  if (!onPaper && !document.documentElement.dataset.twins) {
    for (const sheet of document.styleSheets) twins(sheet);
    document.documentElement.dataset.twins = "made";
  }
  const every = (chosen, change) => {
    const elements = typeof chosen === "string" ? document.querySelectorAll(chosen) : chosen;
    const changed = [...elements].map((element) => [element, change(element)]);
    return changed.length ? () => changed.forEach(([, back]) => back()) : null;
  };
  // A pointer that is over something is over all that it stands in; the keyboard reaches what can be pressed.
  const around = (element) => (element ? [element, ...around(element.parentElement)] : []);
  const reached = new Set([...document.querySelectorAll(PRESSED), ...asked.flatMap(around)]);
  const attribute = (name, value) => (element) => {
    const before = element.getAttribute(name);
    element.setAttribute(name, value);
    return () => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before));
  };
  const property = (name, value) => (element) => {
    const before = element[name];
    element[name] = value;
    return () => { element[name] = before; };
  };
  const STATES = {
    "at rest": () => () => {},
    hover: () => every(reached, attribute("data-as", "hover")),
    focus: () => every(reached, attribute("data-as", "focus")),
    pressed: () => every(reached, attribute("data-as", "hover pressed")),
    open: () => every("details", property("open", true)),
    "open, hover": () => {
      const close = every("details", property("open", true));
      const leave = close && every(reached, attribute("data-as", "hover"));
      return close && (() => { leave(); close(); });
    },
    chosen: () => every("input[type=checkbox], input[type=radio]", property("checked", true)),
    "switched on": () => every("[aria-pressed]", attribute("aria-pressed", "true")),
    selected: () => every("[role=option], [role=tab]", attribute("aria-selected", "true")),
    current: () => every("nav a, .tabs a, .segments a, .chip, .talk", attribute("aria-current", "page")),
    disabled: () => every("button, input, select, textarea", property("disabled", true)),
    wrong: () => every("input, select, textarea", attribute("aria-invalid", "true")),
  };
  const faults = new Set();
  for (const [state, put] of Object.entries(onPaper ? { "on paper": STATES["at rest"] } : STATES)) {
    const back = put();
    if (!back) continue;  // nothing on the page has this state
    for (const element of asked) {
      const style = getComputedStyle(element), under = ground(element);
      if (!under) continue;
      const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66
        && Number(style.fontWeight) >= 700);
      const found = contrast(over(rgba(style.color), under), under), needed = isLarge ? 3 : 4.5;
      const pair = `${style.color} on ${under.slice(0, 3).map(Math.round)}`;
      if (found < needed) faults.add(`${name(element)} ${state}: ${found.toFixed(2)} : 1 (${pair})`);
    }
    back();
  }
  return [...faults];
}"""
"""Without `places` it says of which kind each element is; asked again, it measures those in these places."""

_measured: set[str] = set()
"""The kinds of elements that this process has measured: thousands, which stay here."""


def unreadable(page: Any) -> list[str]:
    """Words in something interactive whose contrast is too low in one of its states, in the colours
    the page has now.
    """
    return _measure(page, on_paper=False)


def unreadable_on_paper(page: Any) -> list[str]:
    """Words that are too pale on white paper without backgrounds, as printers leave them out.

    The page must be shown as printed.
    """
    return _measure(page, on_paper=True)


def _measure(page: Any, *, on_paper: bool) -> list[str]:
    faults, fresh = None, {}
    while faults is None:
        kinds = page.evaluate(MEASURE, {"onPaper": on_paper, "places": None}).split()
        fresh = {kind: place for place, kind in reversed(list(enumerate(kinds)))}
        if not IS_WHOLE:
            fresh = {kind: place for kind, place in fresh.items() if kind not in _measured}
        if not fresh:
            return []
        places = " ".join(map(str, fresh.values()))
        faults = page.evaluate(MEASURE, {"onPaper": on_paper, "places": places})
    if not faults:  # what is wrong is named on every page that shows it
        _measured.update(fresh)
    return list(faults)
