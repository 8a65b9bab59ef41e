import type { Args, Operation, Result } from "../src/connection";
import {
  type Board,
  type Card,
  type Command,
  type Done,
  type Link,
  type NamedCards,
  type Patch,
  type ProblemView,
  VERSION,
} from "../src/protocol";
import { borrow, empty, large, lending, remind, system, upright } from "./boards";
import { prompt } from "./code";
import { board, card, link } from "./factories";
import { inspection, inspectionOfLink, yamlOf } from "./specs";

/** What the fake can do. */
type Operations = { readonly [Op in Operation]?: (args: Args<Op>) => Result<Op> };

const NO_CHANGE = { cards: {}, links: {}, gone_cards: [], gone_links: [] };

/** Stands in for a widget's model: keeps boards in memory and answers commands after a while. */
export class FakeModel {
  readonly sent: Command[] = [];
  readonly #listeners = new Map<string, Set<(content: unknown) => void>>();
  readonly #boards = new Map<string, Board>();
  #at: string;
  #came: string[] = [];
  /** The version that Python's part is of. */
  version: string = VERSION;
  /** Milliseconds until an answer; negative: never. */
  delay: number;
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
        const result = this.#do(command.op, command.args);
        this.push({ reply: { id: command.id, ok: true, result, error: null } });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.push({
          reply: { id: command.id, ok: false, result: {}, error: { message, detail: "" } },
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
  patch(change: Partial<Patch>, edit: (board: Board) => void = () => {}): Done {
    const since = this.board.rev;
    edit(this.board);
    this.board.rev = since + 1;
    this.board.status = {
      ...this.board.status,
      state: "unsaved",
      unsaved: ["specs/domains/lending/flows/borrow-book.yaml"],
      undo: "last edit",
    };
    const { rev, status } = this.board;
    this.push({ patch: { ...NO_CHANGE, since, rev, board: { status }, ...change } });
    return {};
  }

  #show(): Done {
    this.push({ board: structuredClone(this.board) });
    return {};
  }

  #go(at: string): Done {
    this.#came.push(this.#at);
    this.#at = at;
    return this.#show();
  }

  #card(id: string): Card {
    const match = this.board.cards.find((one) => one.id === id);
    if (!match) {
      throw new Error(`There is no card “${id}” on this board.`);
    }
    return match;
  }

  #do<Op extends Operation>(op: Op, args: Args<Op>): Result<Op> {
    const handle: ((args: Args<Op>) => Result<Op>) | undefined = this.#operations[op];
    if (!handle) {
      throw new Error(`The fake does not know “${op}”.`);
    }
    return handle(args);
  }

  readonly #operations: Operations = {
    hello: () => {
      this.#show();
      return { version: this.version, actions: [] };
    },
    resized: () => ({}),
    go: ({ at }) => this.#go(at),
    back: () => {
      this.#at = this.#came.pop() ?? "";
      return this.#show();
    },
    up: () => this.#go(this.#at.includes("/") ? (this.#at.split("/")[0] ?? "") : ""),
    move: ({ moves }) =>
      this.patch({ cards: Object.fromEntries(moves.map(({ id, x, y }) => [id, { x, y }])) }, () => {
        for (const { id, x, y } of moves) {
          Object.assign(this.#card(id), { x, y });
        }
      }),
    add: ({ type, x, y }) => {
      const id = `${type}_${this.board.cards.length}`;
      const made = card({ id, title: `New ${type}`, type, type_title: type, x, y });
      this.patch({ cards: { [id]: made } }, (board) => board.cards.push(made));
      return { id };
    },
    connect: ({ source, output, target }) => {
      if (source === target) {
        throw new Error("A node cannot be connected with itself.");
      }
      const made = link({ source, output: output ?? "", target });
      return this.patch({ links: { [made.id]: made } }, (board) => board.links.push(made));
    },
    remove: ({ cards = [], links = [] }) => {
      const gone = this.board.links
        .filter(
          (one) =>
            links.includes(one.id) || cards.includes(one.source) || cards.includes(one.target),
        )
        .map((one) => one.id);
      return this.patch({ gone_cards: [...cards], gone_links: gone }, (board) => {
        board.cards = board.cards.filter((one) => !cards.includes(one.id));
        board.links = board.links.filter((one) => !gone.includes(one.id));
      });
    },
    copy: ({ cards }) => ({ text: `nodes:\n${cards.map((id) => `  - id: ${id}\n`).join("")}` }),
    cut: ({ cards }) => {
      this.#do("remove", { cards });
      return this.#do("copy", { cards });
    },
    paste: ({ text, x, y }) => {
      const ids = [...text.matchAll(/- id: (\S+)/g)].map(([, id]) => `${id}_2`);
      if (ids.length === 0) {
        throw new Error("The text holds no nodes.");
      }
      return this.#twins(ids, x ?? 0, y ?? 0);
    },
    duplicate: ({ cards }) =>
      this.#twins(
        cards.map((id) => `${id}_2`),
        40,
        40,
      ),
    align: () => this.patch({}),
    distribute: () => this.patch({}),
    snap: () => this.patch({}),
    tidy: () => this.patch({}),
    export_picture: ({ format }) => ({ text: format === "svg" ? PICTURE : "flowchart LR" }),
    sheets: () => ({
      titles: Object.fromEntries([...this.#boards].map(([at, one]) => [at, one.title])),
    }),
    inspect: ({ id }) => {
      const { title } = this.board;
      const flow = card({ id: "", title, kind: "flow", type: "flow", type_title: "Flow" });
      return inspection(id ? this.#card(id) : flow);
    },
    set: ({ id, path, value }) => {
      this.#set(id, path, value);
      return { id };
    },
    unset: ({ id, path }) => this.#set(id, path, undefined),
    move_item: ({ id, path, to }) => this.#move(id, path, to),
    inspect_link: ({ id }) => inspectionOfLink(this.#link(id)),
    set_link: () => this.patch({}),
    unset_link: () => this.patch({}),
    redirect: ({ id, output, target }) => {
      const before = this.#link(id);
      const made = link({
        ...before,
        output: output ?? before.output,
        target: target ?? before.target,
        id: `${id} elsewhere`,
      });
      this.patch({ links: { [made.id]: made }, gone_links: [id] }, (board) => {
        board.links = [...board.links.filter((one) => one.id !== id), made];
      });
      return { id: made.id };
    },
    node_yaml: ({ id }) => ({ text: yamlOf(this.#card(id)), path: WHERE.path, line: 44 }),
    check_node_yaml: ({ text }) =>
      text.includes("[")
        ? { diff: "", problem: "line 2: a list is not closed", line: 2, column: 9 }
        : { diff: DIFF, problem: "", line: 0, column: 0 },
    set_node_yaml: ({ id, text }) => {
      this.patch({});
      return { id, text };
    },
    fixes: () => ({ fixes: { b2: [FIX] } }),
    preview_fix: () => ({ title: FIX, diff: DIFF }),
    fix: () => {
      this.patch({});
      return { title: FIX };
    },
    fix_all: () => ({ titles: [FIX] }),
    undo: () => {
      throw new Error("Nothing to undo in the fake.");
    },
    redo: () => {
      throw new Error("Nothing to redo in the fake.");
    },
    save: () => {
      const since = this.board.rev;
      this.board.rev += 1;
      this.board.status = { ...this.board.status, state: "saved", unsaved: [] };
      const { rev, status } = this.board;
      this.push({ patch: { ...NO_CHANGE, since, rev, board: { status } } });
      return { written: [] };
    },
    new_flow: ({ name, domain }) => {
      if (name === "Borrow a book") {
        throw new Error("There is a flow called “borrow-book” in lending already.");
      }
      return { at: `${domain}/${name.toLowerCase().replaceAll(" ", "-")}` };
    },
    problems: () => ({ problems: PROBLEMS }),
    preview: () => ({ diff: DIFF, places: [] }),
    root: () => ({ root: "/home/ada/library" }),
    prompt: () => prompt,
  };

  #twins(ids: readonly string[], x: number, y: number): NamedCards {
    const made = ids.map((id, index) =>
      card({ id, title: `Copy ${index + 1}`, x: x + index * 40, y: y + index * 100 }),
    );
    this.patch({ cards: Object.fromEntries(made.map((one) => [one.id, one])) }, (board) =>
      board.cards.push(...made),
    );
    return { ids: [...ids] };
  }

  #link(id: string): Link {
    const match = this.board.links.find((one) => one.id === id);
    if (!match) {
      throw new Error("This line no longer exists.");
    }
    return match;
  }

  #move(id: string, path: Path, to: number): Done {
    const items = this.#around(id, path);
    if (Array.isArray(items)) {
      items.splice(to, 0, ...items.splice(Number(path.at(-1)), 1));
    }
    return this.patch({});
  }

  /** The list or map inside a card's data that a path leads into. */
  #around(id: string, path: Path): unknown {
    let data: unknown = inspection(this.#card(id)).data;
    for (const key of path.slice(0, -1)) {
      data = (data as Record<string | number, unknown>)[key];
    }
    return data;
  }

  #set(id: string, path: Path, value: unknown): Done {
    if (value === "refuse") {
      throw new Error("“refuse” is not allowed here: expected something else.");
    }
    const last = path.at(-1) ?? "";
    const data = this.#around(id, path);
    if (value === undefined && Array.isArray(data)) {
      data.splice(Number(last), 1);
    } else if (value === undefined) {
      delete (data as Record<string | number, unknown>)[last];
    } else {
      (data as Record<string | number, unknown>)[last] = value;
    }
    const title = String(inspection(this.#card(id)).data.label ?? id);
    return this.patch({ cards: { [id]: { title } } }, () =>
      Object.assign(this.#card(id), { title }),
    );
  }
}

type Path = readonly (string | number)[];

const FIX = "Write MEMBER_BLOCKED into errors.yaml";
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>';
const WHERE = {
  path: "specs/domains/lending/flows/borrow-book.yaml",
  column: 7,
  at: "lending/borrow-book",
};
const PROBLEMS: ProblemView[] = [
  {
    severity: "error",
    key: "a1",
    fixes: [],
    field: [],
    title: "",
    todo: false,
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
    field: [],
    title: "",
    todo: false,
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
    field: [],
    title: "",
    todo: false,
    rule: "no-description",
    message: "The flow has no description.",
    line: 2,
    card: "",
    ...WHERE,
  },
];
const DIFF = `--- specs/domains/lending/flows/borrow-book.yaml
+++ specs/domains/lending/flows/borrow-book.yaml
@@ -44,5 +44,5 @@
   - id: store_loan
     type: data_store
-    label: Store it
+    label: Store the loan
     spec:
`;
