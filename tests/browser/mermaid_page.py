"""A real Mermaid parser: the one that the installed JupyterLab ships, in headless Chromium."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

STATIC = Path(sys.prefix) / "share" / "jupyter" / "lab" / "static"
HOST = "http://mermaid.test"

# JupyterLab's bundle is a set of chunks of numbered modules; this is as much of a loader as
# Mermaid's own modules need. A module that another package shares has its fallback in main.
LOADER = """
const chunks = new Map(), modules = {}, cache = {};
let pending = [];
self.rspackChunk_jupyterlab_application_top = {
  push([ids, found]) { Object.assign(modules, found); ids.forEach((id) => chunks.set(id, true)); },
};
function need(id) {
  if (cache[id]) return cache[id].exports;
  const module = (cache[id] = { exports: {}, id });
  if (!modules[id]) throw new Error(`module ${id} is not loaded`);
  modules[id].call(module.exports, module, module.exports, need);
  return module.exports;
}
need.d = (to, from) => {
  for (const key in from) Object.defineProperty(to, key, { enumerable: true, get: from[key] });
};
need.r = (to) => Object.defineProperty(to, "__esModule", { value: true });
need.o = (thing, key) => Object.prototype.hasOwnProperty.call(thing, key);
need.n = (module) => {
  const get = module && module.__esModule ? () => module.default : () => module;
  need.d(get, { a: get });
  return get;
};
need.g = self;
need.nmd = need.hmd = (module) => module;
need.e = (id) => {
  if (!chunks.has(id)) {
    chunks.set(id, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, { src: `/chunk/${id}`, onload: resolve, onerror: reject });
      document.head.append(script);
    }));
  }
  return Promise.resolve(chunks.get(id));
};
self.start = async (module, files, shared) => {
  for (const [id, from, inner] of shared) {
    await need.e(from);
    modules[id] = (made) => { made.exports = need(inner); };
  }
  await Promise.all(files.map(need.e));
  self.mermaid = Object.values(need(module)).find((found) => found?.parse && found?.initialize);
  self.mermaid.initialize({ startOnLoad: false });
};
self.check = async (texts) => {
  const found = [];
  for (const text of texts) {
    try { await self.mermaid.parse(text); found.push(""); }
    catch (error) { found.push(String(error.message ?? error)); }
  }
  return found;
};
self.labels = async (text) => {
  const { svg } = await self.mermaid.render("drawn", text);
  const page = new DOMParser().parseFromString(svg, "text/html");
  page.querySelectorAll("br").forEach((line) => line.replaceWith("\\n"));
  const said = (kind) => [...page.querySelectorAll(kind)].map((label) => label.textContent.trim());
  return [said(".nodeLabel"), said(".edgeLabel .label")];
};
"""


class MermaidPage:
    """Asks JupyterLab's Mermaid."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def errors(self, texts: Sequence[str]) -> list[str]:
        """What the parser says to each text: empty where it is legal."""
        found: list[str] = self._page.evaluate("(texts) => check(texts)", list(texts))
        return found

    def labels(self, text: str) -> tuple[list[str], list[str]]:
        """The labels of nodes and of edges, as a reader of the rendered chart sees them."""
        nodes, edges = self._page.evaluate("(text) => labels(text)", text)
        return nodes, edges

    def close(self) -> None:
        """Close the page."""
        self._page.close()


def mermaid_page(browser: Browser) -> MermaidPage:
    """Open JupyterLab's Mermaid in a page of its own."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/chunk/"):
            file = next(STATIC.glob(f"{path.removeprefix('/chunk/')}.*.js"))
            body = file.read_text("utf-8")
            route.fulfill(content_type="text/javascript; charset=utf-8", body=body)
        else:
            route.fulfill(content_type="text/html", body="<!doctype html><body></body>")

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto(HOST)
    page.add_script_tag(content=LOADER)
    page.evaluate("(where) => start(...where)", list(_whereabouts()))
    return MermaidPage(page)


def _whereabouts() -> tuple[int, list[int], list[list[int]]]:
    """Mermaid's module in the bundle, the chunks it is in, and modules shared with others."""
    chunk = next(
        file for file in sorted(STATIC.glob("*.js")) if b"mermaidAPI:" in file.read_bytes()
    )
    own = chunk.name.partition(".")[0]
    core = next(STATIC.glob("jlab_core.*.js")).read_text("utf-8")
    import_ = r"Promise\.all\(\[([^\]]*)\]\)\.then\(\w+\.bind\(\w+,(\d+)\)\)"
    chunks, module = next(
        (chunks, module) for chunks, module in re.findall(import_, core) if f"({own})" in chunks
    )
    files = [id_ for id_ in re.findall(r"\d+", chunks) if [*STATIC.glob(f"{id_}.*.js")]]
    text = "".join(next(STATIC.glob(f"{id_}.*.js")).read_text("utf-8") for id_ in files)
    main = next(STATIC.glob("main.*.js")).read_text("utf-8")
    shared = re.findall(
        r"[,{](\d+):\{shareScope:[^{}]*?fallback:\(\)=>__webpack_require__\.e\((\d+)\)"
        r"\.then\(\(\)=>\(\)=>__webpack_require__\((\d+)\)\)",
        main,
    )
    used = [[int(part) for part in parts] for parts in shared if f"({parts[0]})" in text]
    return int(module), [int(id_) for id_ in files], used
