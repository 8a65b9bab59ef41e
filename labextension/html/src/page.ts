// The page around it all: heading, way back, tree of the design, what the address names.

import { BoardView } from "./boardView";
import type { Place } from "./contents";
import type { Design } from "./design";
import { cardDetails, overview } from "./details";
import { h, plural } from "./dom";
import { anchorOf, listPage, TITLES } from "./pages";
import { hrefOf, pageHref, type Route, routeOf } from "./route";
import { searchBox } from "./search";

const SCHEMES = ["light dark", "light", "dark"] as const;
const SCHEME_NAMES = { "light dark": "Auto", light: "Light", dark: "Dark" } as const;

export class Page {
  readonly #crumbs = h("nav", { class: "crumbs", "aria-label": "Where you are" });
  readonly #tree = h("nav", { class: "tree", "aria-label": "Design" });
  readonly #main = h("main", { tabindex: -1 });
  readonly #aside = h("aside", { "aria-label": "Details", tabindex: 0 });
  readonly #news = h("p", { class: "unseen", role: "status" });
  #board: BoardView | null = null;
  #at: string | null = null;
  #card = "";

  constructor(readonly design: Design) {}

  start(): void {
    const { name } = this.design.contents;
    const search = searchBox(this.design);
    document.body.append(
      h(
        "header",
        {},
        h(
          "button",
          { type: "button", class: "skip", click: () => this.#skip() },
          "Skip to the map",
        ),
        h("a", { class: "name", href: hrefOf("") }, name),
        search,
        h("button", { type: "button", click: () => window.print() }, "Print"),
        this.#schemeButton(),
      ),
      this.#tree,
      this.#main,
      this.#aside,
      this.#news,
    );
    this.#drawTree();
    window.addEventListener("hashchange", () => this.#go());
    document.addEventListener("keydown", (event) => this.#key(event, search));
    if (!location.hash) {
      history.replaceState(null, "", hrefOf(this.design.contents.start));
    }
    this.#go();
  }

  #go(): void {
    const route = routeOf(location.hash);
    const place = route?.page === "place" ? this.design.places.get(route.at) : undefined;
    if (route?.page === "place" && place) {
      this.#showPlace(place, route.card);
    } else if (route && route.page !== "place") {
      this.#showList(route);
    } else {
      this.#showNothing();
    }
    this.#markTree();
  }

  #showPlace(place: Place, card: string): void {
    if (this.#at !== place.at) {
      const before = this.#at;
      const byKeys = this.#main.contains(document.activeElement);
      this.#at = place.at;
      this.#board = place.svg
        ? new BoardView(place, this.design, {
            select: (id) => this.#select(place, id),
            open: (at) => {
              location.hash = hrefOf(at);
            },
          })
        : null;
      this.#heading(place.title, place.about, place.kind, this.#facts(place));
      this.#main.append(this.#board?.element ?? h("p", { class: "quiet" }, nothing(place)));
      this.#board?.open();
      // Whoever came by keys goes on by keys: at the card that they come from, or the first.
      const from = place.cards.find((one) => one.opens && isIn(before ?? "", one.opens));
      if (byKeys && this.#board) {
        this.#board.focus(card || from?.id);
        card ||= this.#main.contains(document.activeElement) ? (from?.id ?? "") : "";
      } else if (before !== null) {
        this.#main.querySelector("h1")?.focus();
      }
      this.#say(`${place.kind} ${place.title}, ${plural(place.cards.length, "card")}`);
    }
    this.#details(place, card);
  }

  #select(place: Place, id: string): void {
    if (id !== this.#card) {
      history.replaceState(null, "", hrefOf(place.at, id));
      this.#details(place, id);
    }
  }

  #details(place: Place, id: string): void {
    const card = place.cards.find((one) => one.id === id);
    this.#card = card ? id : "";
    this.#board?.mark(this.#card);
    document.body.classList.remove("without-aside");
    this.#aside.replaceChildren(
      card ? cardDetails(place, card, this.design) : overview(place, this.design),
    );
    this.#aside.scrollTop = 0;
  }

  #showList(route: Exclude<Route, { page: "place" }>): void {
    if (this.#at !== `@${route.page}`) {
      this.#leave(`@${route.page}`);
      const count = this.design.contents[route.page].length;
      this.#heading(TITLES[route.page], "", "", [String(count)]);
      this.#main.append(listPage(route, this.design));
      this.#say(TITLES[route.page]);
    }
    const item = route.item ? document.getElementById(anchorOf(route.item)) : null;
    item?.scrollIntoView({ block: "center" });
    (item ?? this.#main.querySelector("h1"))?.focus({ preventScroll: true });
  }

  #showNothing(): void {
    this.#leave("@nothing");
    this.#heading("Nothing is here", "The address names nothing of this design.", "", []);
    this.#main.append(h("p", {}, h("a", { href: hrefOf("") }, "Go to the System Map")));
  }

  #leave(at: string): void {
    this.#at = at;
    this.#board = null;
    this.#card = "";
    this.#aside.replaceChildren();
    document.body.classList.add("without-aside");
  }

  #heading(title: string, about: string, kind: string, facts: string[]): void {
    const at = this.#at ?? "";
    const above = at.startsWith("@") ? [] : this.design.above(at);
    const steps = [...above.map((place) => ({ text: place.title, href: hrefOf(place.at) }))];
    this.#crumbs.hidden = at === "";
    this.#crumbs.replaceChildren(
      h("button", { type: "button", click: () => history.back() }, "← Back"),
      h(
        "ol",
        {},
        ...steps.map((step) => h("li", {}, h("a", { href: step.href }, step.text))),
        h("li", { "aria-current": "page" }, title),
      ),
    );
    this.#main.replaceChildren(
      this.#crumbs,
      h(
        "div",
        { class: "heading" },
        h("h1", { tabindex: -1 }, title),
        h("p", { class: "kind" }, [kind, ...facts].filter(Boolean).join(" · ")),
        about !== "" && h("p", { class: "about" }, about),
      ),
    );
    const { name } = this.design.contents;
    document.title = title === name ? name : `${title} · ${name}`;
  }

  #facts(place: Place): string[] {
    const { contents } = this.design;
    const problems = this.design.problemsAt(place.at).length;
    const sign = problems > 0 ? [plural(problems, "problem")] : [];
    if (place.at === "") {
      const flows = contents.places.filter((one) => one.at.includes("/")).length;
      const counts = [plural(this.design.domains.length, "domain"), plural(flows, "flow")];
      return [...counts, plural(contents.events.length, "event"), ...sign];
    }
    const inside = this.design.flowsOf(place.at).length;
    const nodes = place.cards.filter(({ id }) => id !== "trigger").length;
    return [place.at.includes("/") ? plural(nodes, "node") : plural(inside, "flow"), ...sign];
  }

  #drawTree(): void {
    const { contents, domains } = this.design;
    const link = (href: string, text: string, count?: number) =>
      h("a", { href }, text, count !== undefined && h("span", { class: "count" }, String(count)));
    const domain = (place: Place) => {
      const flows = this.design
        .flowsOf(place.at)
        .map((flow) => h("li", {}, link(hrefOf(flow.at), flow.title)));
      const twist = h("button", {
        type: "button",
        "aria-label": `Flows of ${place.title}`,
        "aria-expanded": "false",
        "data-at": place.at,
        click: () => unfold(twist, twist.getAttribute("aria-expanded") !== "true"),
      });
      const row = h("div", {}, twist, link(hrefOf(place.at), place.title));
      return h("li", {}, row, h("ul", {}, ...flows));
    };
    this.#tree.append(
      h("ul", {}, h("li", {}, link(hrefOf(""), "System Map")), ...domains.map(domain)),
      h(
        "ul",
        {},
        h("li", {}, link(pageHref("schemas"), "Schemas", contents.schemas.length)),
        h("li", {}, link(pageHref("events"), "Events", contents.events.length)),
        h("li", {}, link(pageHref("problems"), "Problems", contents.problems.length)),
      ),
    );
  }

  #markTree(): void {
    const here = location.hash.split("?")[0] ?? "";
    for (const link of this.#tree.querySelectorAll("a")) {
      const current = link.hash === here || (link.hash === "#/" && here === "#");
      link.removeAttribute("aria-current");
      if (current) {
        link.setAttribute("aria-current", "page");
      }
    }
    const domain = (this.#at ?? "").split("/")[0] ?? "";
    for (const twist of this.#tree.querySelectorAll("button")) {
      if (twist.dataset.at === domain) {
        unfold(twist, true);
      }
    }
    this.#tree.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  #key(event: KeyboardEvent, search: HTMLElement): void {
    const typing = (event.target as Element).matches("input");
    const find = event.key === "/" || ((event.ctrlKey || event.metaKey) && event.key === "k");
    if (find && !typing) {
      event.preventDefault();
      search.querySelector("input")?.focus();
    } else if (event.key === "Escape" && this.#card && this.#at !== null) {
      location.replace(hrefOf(this.#at));
    } else if ((event.key === "Escape" || event.key === "Backspace") && !typing && this.#at) {
      const above = this.design.above(this.#at).at(-1);
      location.hash = hrefOf(this.#at.startsWith("@") ? "" : (above?.at ?? ""));
    }
  }

  #schemeButton(): HTMLElement {
    let chosen = 0;
    const button = h("button", { type: "button" });
    const show = () => {
      const scheme = SCHEMES[chosen] ?? SCHEMES[0];
      document.documentElement.style.colorScheme = scheme;
      button.textContent = `◐ ${SCHEME_NAMES[scheme]}`;
      button.setAttribute("aria-label", `Colours: ${SCHEME_NAMES[scheme]}`);
    };
    button.addEventListener("click", () => {
      chosen = (chosen + 1) % SCHEMES.length;
      show();
    });
    show();
    return button;
  }

  #skip(): void {
    this.#board ? this.#board.focus() : this.#main.focus();
  }

  #say(text: string): void {
    this.#news.textContent = text;
  }
}

function isIn(at: string, above: string): boolean {
  return at === above || at.startsWith(`${above}/`);
}

function unfold(twist: HTMLElement, open: boolean): void {
  twist.setAttribute("aria-expanded", String(open));
}

function nothing(place: Place): string {
  if (place.at === "") {
    return "This system has no domains yet.";
  }
  return place.at.includes("/") ? "Nothing is drawn here." : "This domain has no flows yet.";
}
