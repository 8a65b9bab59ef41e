// A run of Claude Code, or the queue, in the output of a cell. Python sends what is known of it as
// `view`; every text goes in as text, never as HTML.

/** Seconds. */
const JUST_NOW = 15;

/** @param {string} tag @param {string} className @param {...(Node | string)} children */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** Seconds as `12 s` or `3 min 04 s`. @param {number} seconds */
function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes ? `${minutes} min ${String(whole % 60).padStart(2, "0")} s` : `${whole} s`;
}

/** @param {string} title @param {string[]} lines */
function list(title, lines) {
  const items = lines.map((line) => element("li", "", line));
  return element("section", "", element("h4", "", title), element("ul", "", ...items));
}

/** Ask JupyterLab to show the terminal beside the notebook; says whether somebody does.
 * @param {HTMLElement} from
 */
function openBeside(from, { root, id }) {
  const options = { detail: { root, run: id }, bubbles: true, composed: true, cancelable: true };
  return !from.dispatchEvent(new CustomEvent("ddd-lab:terminal", options));
}

/** The address of a page of this server; none for what a file of the project leads elsewhere.
 * @param {string} address @param {string} base
 */
export function pageOf(address, base) {
  if (!URL.canParse(address, base)) return "";
  const page = new URL(address, base);
  const own = page.protocol.startsWith("http") && page.origin === new URL(base).origin;
  return own ? address : "";
}

/** Leads to the terminal of a run: beside the notebook where that can be, else on its own page. */
function terminalLink({ root, id, terminal }) {
  const link = element("a", "ddd-run-terminal", `Open the terminal ${terminal.name}`);
  const page = pageOf(terminal.url, document.baseURI);
  if (page) link.href = page;
  link.target = "_blank";
  link.addEventListener("click", (event) => {
    if (openBeside(link, { root, id })) {
      event.preventDefault();
      return;
    }
    // JupyterLab itself runs this when the click has climbed to it; elsewhere the address serves.
    link.dataset.commandlinkerCommand = "terminal:open";
    link.dataset.commandlinkerArgs = JSON.stringify({ name: terminal.name });
  });
  return link;
}

function details(view) {
  const parts = [];
  if (view.terminal) parts.push(element("p", "", terminalLink(view)));
  if (view.files.length && view.confirmed) {
    parts.push(list("Files of this flow", view.files));
  } else if (view.files.length) {
    parts.push(list("Files that came or changed", view.files));
    const how = "Confirm them with run.confirm(), or name the right ones: run.confirm([…]).";
    parts.push(element("p", "", how));
  }
  if (view.notes.length) parts.push(list("Notes", view.notes));
  for (const tests of view.tests) {
    const mark = tests.passed ? "✓" : "✗";
    parts.push(list(`${mark} ${tests.title}`, tests.failures));
  }
  return parts;
}

/** A box with a line that is read out when it changes, and what else there is to show. */
function frame() {
  const title = element("strong", "ddd-run-title");
  const time = element("span", "ddd-run-time");
  const states = element("span", "ddd-run-status");
  const reason = element("span", "ddd-run-why");
  const said = element("p", "ddd-run-said", states, " ", reason);
  const body = element("div", "ddd-run-details");
  said.setAttribute("role", "status");
  const root = element("div", "ddd-run", element("p", "", title, " ", time), said, body);
  root.setAttribute("role", "group");

  function show({ state, status, why }, name, parts) {
    root.dataset.state = state;
    root.setAttribute("aria-label", name);
    // Only what is new is put in: a screen reader says it once.
    if (states.textContent !== status) states.textContent = status;
    if (reason.textContent !== why) reason.textContent = why;
    body.replaceChildren(...parts);
  }
  return { root, title, time, show };
}

function showRun(box, view) {
  box.title.textContent = view.title;
  box.show(view, `Run of ${view.title}`, details(view));
}

function showQueue(box, view) {
  box.title.textContent = "Queue";
  const items = view.items.map((item) => {
    const line = element("li", "", `${item.flow}: ${item.state}`);
    if (item.terminal) line.append(" ", terminalLink({ root: view.root, ...item }));
    return line;
  });
  box.show(view, "Queue", [element("ul", "", ...items)]);
}

function render({ model, el }) {
  const box = frame();
  const offered = new Set();
  let next = 0;
  el.append(box.root);

  function tick() {
    const { began, ended } = model.get("view");
    if (began) box.time.textContent = duration((ended ?? Date.now() / 1000) - began);
  }
  // A terminal that was just opened is what people want to see; later they may have closed it, or
  // look at a notebook of last week.
  function offer() {
    const view = model.get("view");
    if (!box.root.isConnected) {
      next = requestAnimationFrame(offer);
      return;
    }
    for (const { id, terminal } of view.items ?? [view]) {
      if (!terminal || offered.has(terminal.name)) continue;
      offered.add(terminal.name);
      const { root } = view;
      if (Date.now() / 1000 - terminal.opened <= JUST_NOW) openBeside(box.root, { root, id });
    }
  }
  function show() {
    const view = model.get("view");
    (view.items ? showQueue : showRun)(box, view);
    tick();
    cancelAnimationFrame(next);
    next = requestAnimationFrame(offer);
  }
  show();
  model.on("change:view", show);
  const clock = setInterval(tick, 1000);
  return () => {
    cancelAnimationFrame(next);
    clearInterval(clock);
    model.off("change:view", show);
  };
}

export default { render };
