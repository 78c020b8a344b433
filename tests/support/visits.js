/* What a visit asks of a page, within it: an object of questions, each with what it finds, as texts. */
{
  /* All that is asked in one look, in one message: what each question finds, and the kinds of text that were new. */
  async see({ style, scheme, media, questions, options, met }) {
    this.wear(style);
    const isOn = matchMedia(`(prefers-color-scheme: ${scheme})`).matches && matchMedia(media).matches;
    const { parts, kinds } = questions.includes("colours") ? this.newKinds(met) : { parts: [], kinds: [] };
    const include = { colours: () => parts, sizes: () => this.smallAndClose(), structure: () => null };
    const found = {};
    for (const question of questions) {
      found[question] = question in options ? await this.axe([options[question], include[question]()]) : this[question]();
    }
    return { isOn, found, kinds };
  },

  isSeen: (one) => one.checkVisibility({ visibilityProperty: true }),
  begin: (one) => one.outerHTML.slice(0, 120),

  /* Show the page in a style of the reader's own, or in none. */
  wear(style) {
    if (!style && !document.adoptedStyleSheets.length) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = style ? [sheet] : [];
  },

  async axe([options, include]) {
    if (include && !include.length) return [];
    // Only violations are worked out in full, which halves the time and finds the same.
    const { violations } = await axe.run(include ? { include } : document, { ...options, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${this.begin({ outerHTML: nodes[0].html })} ${nodes[0].failureSummary}`);
  },

  /* One text of each kind that was not met before, and these kinds. A kind is what contrast depends on: the colour of a
     text, its size, what sets a link apart from the text around it, and the grounds behind it. */
  newKinds(met) {
    const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
    const isSaid = (part) => !["none", "1", "static", "rgba(0, 0, 0, 0)"].includes(part);
    const grounds = new Map([[null, ""]]);
    const ground = (one) => {
      if (!grounds.has(one)) {
        const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(one);
        const own = [backgroundImage, opacity, position, backgroundColor].filter(isSaid).join();
        grounds.set(one, own + (backgroundColor.startsWith("rgb(") ? "" : ground(one.parentElement)));
      }
      return grounds.get(one);
    };
    const kind = (one) => {
      const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(one);
      const isLarge = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24); // WCAG 1.4.3
      const link = one.tagName === "A" ? [textDecorationLine, getComputedStyle(one.parentElement).color] : [];
      return [color, isLarge, ...link, ground(one)].filter(isSaid).join();
    };
    const found = new Map();
    for (const one of document.body.querySelectorAll("*")) {
      if ([...one.childNodes].some(isText) && this.isSeen(one)) {
        const own = kind(one);
        if (!found.get(own) || !one.childElementCount) found.set(own, one); // axe judges of all that is within it
      }
    }
    for (const kind of met) found.delete(kind);
    return { parts: [...found.values()], kinds: [...found.keys()] };
  },

  /* What a keyboard should reach: what can be operated, and is there to be seen. */
  reachable: () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.type !== "radio" || one.checked),

  /* What may be hard to hit (WCAG 2.5.8): less than 24 pixels, and another within as much. Axe judges of these. */
  smallAndClose() {
    const targets = this.reachable(), boxes = targets.map((one) => one.getBoundingClientRect());
    const isSmall = ({ width, height }) => Math.min(width, height) < 24;
    const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
    const isClose = (box, other) => {
      const [[x, y], [otherX, otherY]] = [middle(box), middle(other)];
      const aside = Math.max(other.left - x, 0, x - other.right), below = Math.max(other.top - y, 0, y - other.bottom);
      return Math.hypot(aside, below) < 12 || (isSmall(other) && Math.hypot(x - otherX, y - otherY) < 24);
    };
    const isApart = (one, other) => !one.contains(other) && !other.contains(one);
    return targets.filter((one, at) => isSmall(boxes[at])
      && boxes.some((other, to) => isClose(boxes[at], other) && isApart(one, targets[to])));
  },

  width: () => document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["scrolls"] : [],

  /* Text in a box that hides what does not fit. What is clipped away whole is for those who listen. */
  "cut off"() {
    return [...document.querySelectorAll("main *, header *, footer *")].filter((box) => {
      const { overflowY, clipPath } = getComputedStyle(box);
      return overflowY === "hidden" && clipPath === "none" && box.scrollHeight > box.clientHeight + 1;
    }).map(this.begin);
  },

  motion() {
    const isMoving = (one) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
      return animationName !== "none" || scrollBehavior === "smooth" || /[1-9]/.test(transitionDuration);
    };
    const moved = document.getAnimations().map(({ effect }) => effect.target).filter(Boolean);
    return [...moved, ...[...document.querySelectorAll("*")].filter(isMoving)].map(this.begin);
  },

  /* The button in the head of a column, and the one around a word, are read as the heading and the word they hold. */
  paper() {
    return [...document.querySelectorAll(".skip, .menu, .masthead__tools, button, input, select, textarea")]
      .filter((one) => !one.matches("th button, .term button") && this.isSeen(one)).map(this.begin);
  },

  /* Without scripts nothing is missing but forms with their answers, and nothing is there that only a script could answer. */
  lost() {
    const folded = "details:not([open]), [popover], form[hidden], [hidden]:has([role=status])";
    const parts = [...document.querySelectorAll("h1, main tr, main figure, main p, main li, .menu a")];
    const idle = [...document.querySelectorAll("button:not([popovertarget]), input, select, textarea")];
    const charts = [...document.querySelectorAll("figure[data-chart]")];
    return [
      ...parts.filter((one) => !this.isSeen(one) && !one.closest(folded)),
      ...idle.filter(this.isSeen),
      ...charts.filter((one) => ![...one.querySelectorAll("svg")].some(this.isSeen)),
    ].map(this.begin);
  },

  /* Where the keyboard is, and whether one sees it: with an outline, on the screen, under nothing (WCAG 2.4.7, 2.4.11). */
  focused(meant) {
    const one = document.activeElement;
    if (!one || one === document.body) return { problem: "lost", isMeant: false };
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const isSeen = [...one.getClientRects()].some(({ left, top, width, height }) => {
      const [from, to] = [Math.max(left, 0), Math.min(left + width, innerWidth)]; // of what is on the screen
      const [high, low] = [Math.max(top, 0), Math.min(top + height, innerHeight)];
      const above = document.elementFromPoint((from + to) / 2, (high + low) / 2);
      return from < to && high < low && (one.contains(above) || above?.contains(one));
    });
    const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    const problem = isOutlined ? (isSeen ? "" : "not to be seen: ") : "no outline: ";
    return { problem: problem && problem + this.begin(one), isMeant: Boolean(meant && one.matches(meant)) };
  },

  /* The first two of what stands in the same place of a template, and looks alike; by tags, classes and styles. */
  fewOfEachKind(all) {
    const places = new Map([[document.documentElement, ""]]), times = new Map();
    const place = (one) => {
      if (!places.has(one)) {
        places.set(one, `${place(one.parentElement)} ${one.tagName}.${one.getAttribute("class")}.${one.getAttribute("style")}`);
      }
      return places.get(one);
    };
    return all.filter((one) => {
      times.set(place(one), (times.get(place(one)) ?? 0) + 1);
      return times.get(place(one)) <= 2;
    });
  },

  /* Scripts do not hear of it, as they would load a search. */
  focus() {
    const deaf = (event) => event.stopImmediatePropagation();
    addEventListener("focus", deaf, true);
    const found = this.fewOfEachKind(this.reachable()).map((one) => {
      one.focus({ focusVisible: true }); // as by a keyboard, so that outlines are drawn
      return this.focused().problem;
    });
    removeEventListener("focus", deaf, true);
    return found.filter(Boolean);
  },

  /* Note each place where the keyboard comes. */
  follow() {
    window.way = new Map();
    addEventListener("keyup", () => window.way.set(document.activeElement, this.focused().problem), true);
    return this.reachable().length;
  },
}
