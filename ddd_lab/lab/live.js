// A run of Claude Code in the output of a cell. Python sends what is known of it as `view`; every
// text goes in as text, never as HTML.

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

function details(view) {
  const parts = [];
  if (view.terminal) {
    const link = element("a", "ddd-run-terminal", `Open the terminal ${view.terminal.name}`);
    link.href = view.terminal.url;
    link.target = "_blank";
    link.addEventListener("click", (event) => {
      if (openBeside(link, view)) {
        event.preventDefault();
        return;
      }
      // JupyterLab itself runs this when the click has climbed to it; elsewhere the address serves.
      link.dataset.commandlinkerCommand = "terminal:open";
      link.dataset.commandlinkerArgs = JSON.stringify({ name: view.terminal.name });
    });
    parts.push(element("p", "", link));
  }
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

function render({ model, el }) {
  const title = element("strong", "ddd-run-title");
  const status = element("span", "ddd-run-status");
  const why = element("span", "ddd-run-why");
  const said = element("p", "ddd-run-said", status, " ", why);
  const time = element("span", "ddd-run-time");
  const body = element("div", "ddd-run-details");
  said.setAttribute("role", "status");
  const root = element("div", "ddd-run", element("p", "", title, " ", time), said, body);
  root.setAttribute("role", "group");
  el.append(root);

  function tick() {
    const { began, ended } = model.get("view");
    time.textContent = duration((ended ?? Date.now() / 1000) - began);
  }
  function show() {
    const view = model.get("view");
    root.dataset.state = view.state;
    root.setAttribute("aria-label", `Run of ${view.title}`);
    title.textContent = view.title;
    // Only what is new is put in: a screen reader says it once.
    if (status.textContent !== view.status) status.textContent = view.status;
    if (why.textContent !== view.why) why.textContent = view.why;
    body.replaceChildren(...details(view));
    tick();
  }
  show();
  // A terminal that was just opened is what people want to see; later they may have closed it, or
  // look at a notebook of last week.
  let frame = requestAnimationFrame(function open() {
    const view = model.get("view");
    if (!view.terminal || Date.now() / 1000 - view.terminal.opened > JUST_NOW) return;
    if (root.isConnected) openBeside(root, view);
    else frame = requestAnimationFrame(open);
  });
  model.on("change:view", show);
  const clock = setInterval(tick, 1000);
  return () => {
    cancelAnimationFrame(frame);
    clearInterval(clock);
    model.off("change:view", show);
  };
}

export default { render };
