import type { Board, Card, Command, Inspection, Link } from "../src/protocol";
import { borrow, empty, large, lending, remind, system, upright } from "./boards";
import { drift, prompt, run, trustAsked } from "./code";
import { board, card, link } from "./factories";
import { inspection, inspectionOfLink, yamlOf } from "./specs";

/** Arguments of all commands together; each has some of them. */
interface Args {
  readonly at: string;
  readonly moves: { id: string; x: number; y: number }[];
  readonly id: string;
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly source: string;
  readonly output: string;
  readonly target: string;
  readonly cards: string[];
  readonly links: string[];
  readonly path: (string | number)[];
  readonly value: unknown;
  readonly name: string;
  readonly domain: string;
  readonly to: number;
  readonly text: string;
  readonly format: string;
  readonly fingerprint: string;
}

class Untrusted extends Error {}

/** Stands in for a widget's model: keeps boards in memory and answers commands after a while. */
export class FakeModel {
  readonly sent: Command[] = [];
  readonly #listeners = new Map<string, Set<(content: unknown) => void>>();
  readonly #boards = new Map<string, Board>();
  #at: string;
  #came: string[] = [];
  /** Milliseconds until an answer; negative: never. */
  delay: number;
  /** How the run of Claude Code stands that goes on, if one does. */
  running: { state: string; why: string } | null = null;
  /** Whether what the project names may be run. */
  trusted = true;
  readonly #height: number;

  constructor(at: string, { delay = 5, height = 640, nodes = 1000 } = {}) {
    for (const one of [system, lending, borrow, remind, empty, upright, large(nodes)]) {
      this.#boards.set(one.at, structuredClone(one));
    }
    this.#at = at;
    this.delay = delay;
    this.#height = height;
  }

  get = (name: string): unknown => (name === "height" ? this.#height : undefined);

  on = (event: string, listener: (content: unknown) => void): void => {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set.add(listener));
  };

  off = (event: string, listener: (content: unknown) => void): void => {
    this.#listeners.get(event)?.delete(listener);
  };

  send = (content: unknown): void => {
    const command = content as Command;
    this.sent.push(command);
    if (this.delay < 0) {
      return;
    }
    setTimeout(() => {
      try {
        const result = this.#do(command.op, command.args as unknown as Args);
        this.push({ reply: { id: command.id, ok: true, result, error: null } });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const trust = error instanceof Untrusted ? trustAsked : null;
        this.push({
          reply: { id: command.id, ok: false, result: {}, error: { message, detail: "", trust } },
        });
      }
    }, this.delay);
  };

  push(message: unknown): void {
    for (const listener of this.#listeners.get("msg:custom") ?? []) {
      listener(message);
    }
  }

  get board(): Board {
    return (
      this.#boards.get(this.#at) ??
      board({ at: this.#at, title: this.#at, cards: [], links: [], empty: "Nothing is here yet." })
    );
  }

  /** Changes the board and tells the browser, as Python would. */
  patch(change: Record<string, unknown>, edit: (board: Board) => void = () => {}): void {
    const since = this.board.rev;
    edit(this.board);
    this.board.rev = since + 1;
    const status = {
      ...this.board.status,
      state: "unsaved",
      unsaved: ["specs/domains/lending/flows/borrow-book.yaml"],
      undo: "last edit",
    };
    this.board.status = status as Board["status"];
    this.push({
      patch: {
        since,
        rev: since + 1,
        cards: {},
        links: {},
        gone_cards: [],
        gone_links: [],
        board: { status },
        ...change,
      },
    });
  }

  #go(at: string): Record<string, never> {
    this.#came.push(this.#at);
    this.#at = at;
    this.push({ board: structuredClone(this.board) });
    return {};
  }

  #card(id: string): Card {
    const found = this.board.cards.find((one) => one.id === id);
    if (!found) {
      throw new Error(`There is no card “${id}” on this board.`);
    }
    return found;
  }

  #do(op: string, args: Args): Record<string, unknown> {
    switch (op) {
      case "hello":
        this.push({ board: structuredClone(this.board) });
        return {};
      case "go":
        return this.#go(args.at);
      case "back":
        this.#at = this.#came.pop() ?? "";
        this.push({ board: structuredClone(this.board) });
        return {};
      case "up":
        return this.#go(this.#at.includes("/") ? (this.#at.split("/")[0] ?? "") : "");
      case "move": {
        const { moves } = args;
        this.patch(
          { cards: Object.fromEntries(moves.map(({ id, x, y }) => [id, { x, y }])) },
          () => {
            for (const { id, x, y } of moves) {
              Object.assign(this.#card(id), { x, y });
            }
          },
        );
        return {};
      }
      case "add": {
        const id = `${args.type}_${this.board.cards.length}`;
        const made = card({
          id,
          title: `New ${args.type}`,
          type: args.type,
          type_title: args.type,
          x: args.x,
          y: args.y,
        });
        this.patch({ cards: { [id]: made } }, (board) => board.cards.push(made));
        return { id };
      }
      case "connect": {
        if (args.source === args.target) {
          throw new Error("A node cannot be connected with itself.");
        }
        const made = link({ source: args.source, output: args.output, target: args.target });
        this.patch({ links: { [made.id]: made } }, (board) => board.links.push(made));
        return {};
      }
      case "remove": {
        const { cards, links } = args;
        const gone = this.board.links
          .filter(
            (one) =>
              links.includes(one.id) || cards.includes(one.source) || cards.includes(one.target),
          )
          .map((one) => one.id);
        this.patch({ gone_cards: cards, gone_links: gone }, (board) => {
          board.cards = board.cards.filter((one) => !cards.includes(one.id));
          board.links = board.links.filter((one) => !gone.includes(one.id));
        });
        return {};
      }
      case "copy":
        return { text: `nodes:\n${args.cards.map((id) => `  - id: ${id}\n`).join("")}` };
      case "cut":
        this.#do("remove", { ...args, links: [] });
        return this.#do("copy", args);
      case "paste": {
        const ids = [...args.text.matchAll(/- id: (\S+)/g)].map((found) => `${found[1]}_2`);
        if (ids.length === 0) {
          throw new Error("The text holds no nodes.");
        }
        return this.#twins(ids, args.x, args.y);
      }
      case "duplicate":
        return this.#twins(
          args.cards.map((id) => `${id}_2`),
          40,
          40,
        );
      case "align":
      case "distribute":
      case "snap":
      case "tidy":
        this.patch({});
        return {};
      case "picture":
        return { text: args.format === "svg" ? PICTURE : "flowchart LR" };
      case "sheets":
        return {
          titles: Object.fromEntries([...this.#boards].map(([at, one]) => [at, one.title])),
        };
      case "inspect":
        return inspection(
          args.id
            ? this.#card(args.id)
            : card({
                id: "",
                title: this.board.title,
                kind: "flow",
                type: "flow",
                type_title: "Flow",
              }),
        ) as unknown as Record<string, unknown>;
      case "set":
        this.#set(args.id, args.path, args.value);
        return {};
      case "unset":
        this.#set(args.id, args.path, undefined);
        return {};
      case "move_item":
        this.#move(args.id, args.path, args.to);
        return {};
      case "inspect_link":
        return inspectionOfLink(this.#link(args.id)) as unknown as Record<string, unknown>;
      case "set_link":
      case "unset_link":
        this.patch({});
        return {};
      case "redirect": {
        const made = link({ ...this.#link(args.id), ...args, id: `${args.id} elsewhere` });
        this.patch({ links: { [made.id]: made }, gone_links: [args.id] }, (board) => {
          board.links = [...board.links.filter((one) => one.id !== args.id), made];
        });
        return { id: made.id };
      }
      case "node_yaml":
        return { text: yamlOf(this.#card(args.id)), path: WHERE.path, line: 44 };
      case "check_node_yaml":
        return args.text.includes("[")
          ? { problem: "line 2: a list is not closed", line: 2, column: 9 }
          : { diff: DIFF };
      case "set_node_yaml":
        this.patch({});
        return { id: args.id, text: args.text };
      case "fixes":
        return { fixes: { b2: ["Write MEMBER_BLOCKED into errors.yaml"] } };
      case "preview_fix":
        return { title: "Write MEMBER_BLOCKED into errors.yaml", diff: DIFF };
      case "fix":
        this.patch({});
        return { title: "Write MEMBER_BLOCKED into errors.yaml" };
      case "fix_all":
        return { titles: ["Write MEMBER_BLOCKED into errors.yaml"] };
      case "undo":
      case "redo":
        throw new Error(`Nothing to ${op} in the fake.`);
      case "save": {
        const status = { ...this.board.status, state: "saved", unsaved: [] } as Board["status"];
        const since = this.board.rev;
        this.board.rev += 1;
        this.board.status = status;
        this.push({
          patch: {
            since,
            rev: since + 1,
            cards: {},
            links: {},
            gone_cards: [],
            gone_links: [],
            board: { status },
          },
        });
        return { written: [] };
      }
      case "new_flow":
        if (args.name === "Borrow a book") {
          throw new Error("There is a flow called “borrow-book” in lending already.");
        }
        return { at: `${args.domain}/${String(args.name).toLowerCase().replaceAll(" ", "-")}` };
      case "problems":
        this.push({ problems: { problems: PROBLEMS } });
        return {};
      case "preview":
        return { diff: DIFF };
      case "root":
        return { root: "/home/ada/library" };
      case "drift":
        return { ...drift };
      case "accept_drift": {
        const { standing } = this.board;
        const settled = standing && { ...standing, state: "in_sync" as const, stale: false };
        this.patch({ board: { standing: settled } }, (board) => {
          board.standing = settled;
        });
        return {};
      }
      case "prompt":
        return { ...prompt, run: this.running && { ...run, ...this.running } };
      case "implement":
        if (args.text.startsWith("refuse")) {
          throw new Error(
            "No running Jupyter server was found. In a shell: ddd-lab implement lending/remind",
          );
        }
        if (!this.trusted) {
          throw new Untrusted("This project is not trusted yet, so Claude Code is not started.");
        }
        return { ...run };
      case "trust":
        this.trusted = String(args.fingerprint) === trustAsked.fingerprint;
        return {};
      case "run":
        return { ...run, ...(this.running ?? WAITING) };
      case "stop":
        this.running = { state: "stopped", why: "it was stopped" };
        return { ...run, ...this.running };
      default:
        throw new Error(`The fake does not know “${op}”.`);
    }
  }

  #twins(ids: readonly string[], x: number, y: number): Record<string, unknown> {
    const made = ids.map((id, index) =>
      card({ id, title: `Copy ${index + 1}`, x: x + index * 40, y: y + index * 100 }),
    );
    this.patch({ cards: Object.fromEntries(made.map((one) => [one.id, one])) }, (board) =>
      board.cards.push(...made),
    );
    return { ids: [...ids] };
  }

  #link(id: string): Link {
    const found = this.board.links.find((one) => one.id === id);
    if (!found) {
      throw new Error("This line is not there any more.");
    }
    return found;
  }

  #move(id: string, path: (string | number)[], to: number): void {
    let at = inspection(this.#card(id)).data as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) {
      at = at[key] as Record<string | number, unknown>;
    }
    const items = at as unknown as unknown[];
    items.splice(to, 0, ...items.splice(Number(path.at(-1)), 1));
    this.patch({});
  }

  #set(id: string, path: (string | number)[], value: unknown): void {
    const { data } = inspection(this.#card(id)) as Inspection;
    if (value === "refuse") {
      throw new Error("“refuse” is not allowed here: expected something else.");
    }
    let at = data as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) {
      at = at[key] as Record<string | number, unknown>;
    }
    const last = path.at(-1) ?? "";
    if (value === undefined && Array.isArray(at)) {
      at.splice(Number(last), 1);
    } else if (value === undefined) {
      delete at[last];
    } else {
      at[last] = value;
    }
    const title = String(data.label ?? id);
    this.patch({ cards: { [id]: { title } } }, () => Object.assign(this.#card(id), { title }));
  }
}

const WAITING = { state: "waiting", why: "Claude Code waits for you in the terminal" };
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>';
const WHERE = {
  path: "specs/domains/lending/flows/borrow-book.yaml",
  column: 7,
  at: "lending/borrow-book",
};
const PROBLEMS = [
  {
    severity: "error",
    key: "a1",
    fixes: [],
    rule: "output-unconnected",
    message: "Output “failure” of “Store the loan” leads nowhere.",
    line: 48,
    card: "store_loan",
    ...WHERE,
  },
  {
    severity: "warning",
    key: "b2",
    fixes: [],
    rule: "error-code-unknown",
    message: "MEMBER_BLOCKED is not in errors.yaml; add it there or choose one of its codes.",
    line: 71,
    card: "refused",
    ...WHERE,
  },
  {
    severity: "info",
    key: "c3",
    fixes: [],
    rule: "no-description",
    message: "The flow has no description.",
    line: 2,
    card: "",
    ...WHERE,
  },
];
const DIFF = `--- specs/domains/lending/flows/borrow-book.yaml
+++ specs/domains/lending/flows/borrow-book.yaml
 -44,5 +44,5 
   - id: store_loan
     type: data_store
-    label: Store it
+    label: Store the loan
     spec:
`;
