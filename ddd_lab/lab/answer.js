// An answer of a model in the output of a cell. Python sends what is known of it as `view`; every
// text goes in as text, never as HTML, and a picture as an image, which runs nothing.

/** @param {string} tag @param {string} className @param {...(Node | string)} children */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

const SIGNS = { add: "+", change: "~", remove: "−" };

function item({ id, kind, title, changes, problems, refused }) {
  const line = element("li", "", `${id}. ${SIGNS[kind]} ${title}`);
  line.dataset.kind = refused ? "refused" : kind;
  const notes = [...changes, ...problems.map((problem) => `⚠ ${problem}`)];
  if (refused) notes.push(`✗ ${refused}`);
  for (const note of notes) line.append(element("div", "ddd-answer-note", note));
  return line;
}

function isDark() {
  const light = document.body.dataset.jpThemeLight;
  return light ? light === "false" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function picture({ light, dark, picture: name }) {
  const svg = isDark() ? dark : light;
  if (!svg) return [];
  const image = element("img", "ddd-answer-picture");
  image.alt = name;
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  return [image];
}

function list(title, lines) {
  if (!lines.length) return [];
  return [element("h4", "", title), element("ul", "", ...lines)];
}

function details(view) {
  const plan = view.plan.map((line) => element("li", "", line));
  const refused = view.refused.map((line) => element("li", "", line));
  return [
    ...list("Its plan", plan),
    ...picture(view),
    ...list("What it proposes", view.items.map(item)),
    ...list("What could not be read as a change", refused),
    element("p", "ddd-answer-hint", view.hint),
    element("p", "ddd-answer-by", view.by),
  ];
}

function render({ model, el }) {
  const title = element("strong", "");
  const status = element("span", "ddd-answer-status");
  const why = element("span", "ddd-answer-why");
  const said = element("p", "", status, " ", why);
  const text = element("div", "ddd-answer-text");
  const body = element("div", "");
  const stop = element("button", "ddd-answer-stop", "Stop");
  stop.type = "button";
  stop.addEventListener("click", () => model.send({ kind: "stop" }));
  said.setAttribute("role", "status");
  const root = element("div", "ddd-answer", element("p", "", title, " ", stop), said, text, body);
  root.setAttribute("role", "group");
  el.append(root);

  function show() {
    const view = model.get("view");
    root.dataset.state = view.state;
    root.setAttribute("aria-label", `Answer to ${view.title}`);
    title.textContent = view.title;
    // Only what is new is put in: a screen reader says it once.
    if (status.textContent !== view.status) status.textContent = view.status;
    if (why.textContent !== view.why) why.textContent = view.why;
    if (text.textContent !== view.text) text.textContent = view.text;
    stop.hidden = view.state !== "running";
    body.replaceChildren(...details(view));
  }
  show();
  model.on("change:view", show);
  const themes = new MutationObserver(show);
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  return () => {
    themes.disconnect();
    model.off("change:view", show);
  };
}

export default { render };
