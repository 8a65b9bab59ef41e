import assert from "node:assert/strict";
import { test } from "node:test";
import { PanelModel, type PanelShell } from "../src/panel/model";
import {
  type Actions,
  type ProjectBrief,
  type ProjectState,
  type PromptView,
  type Queries,
  type RunView,
  VERSION,
} from "../src/protocol";
import { DesignService } from "../src/service/design";
import type { Requests } from "../src/service/requests";
import { project, prompt, run, state } from "./factories";

const [SHOP, BANK] = [project("shop"), project("bank")];
const IMPLEMENT = { kind: "implement" as const, flows: ["users/register"], schemas: [] };
const NO_HOST: PanelShell = {
  openTerminal: async () => undefined,
  openFile: async () => undefined,
  move: () => undefined,
};

type Answers = {
  [Path in keyof (Queries & Actions)]?: (
    args: (Queries & Actions)[Path]["args"],
  ) => Promise<(Queries & Actions)[Path]["result"]>;
};

/** A server with some projects; its other answers are those of a test. */
function serverWith(known: readonly ProjectBrief[], own: Answers = {}) {
  const answers: Answers = {
    projects: async () => ({ version: VERSION, projects: [...known] }),
    project: async ({ root }) => state({ root }),
    prompt: async () => prompt(),
    ...own,
  };
  const answer = (path: keyof Answers, args: never) => answers[path]?.(args);
  const news = (path: "project", wanted: never) => answers[path]?.(wanted);
  const service = new DesignService({ ask: answer, act: answer, news } as unknown as Requests);
  return { service, model: new PanelModel(service, NO_HOST) };
}

/** What was begun by now has come to its end. */
async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done));
}

test("a server of another version is named with what to do", async () => {
  const projects = async () => ({ version: "0.0.1", projects: [SHOP] });
  const { service } = serverWith([SHOP], { projects });

  await service.refresh();

  assert.match(service.trouble, /the Jupyter server runs 0\.0\.1\..* restart the server/);
  assert.equal(service.state?.root, SHOP.root);
});

test("a prompt goes to the project that it was asked for in", async () => {
  let built: (prompt: PromptView) => void = () => undefined;
  const asked = new Promise<PromptView>((answer) => {
    built = answer;
  });
  const { service, model } = serverWith([SHOP, BANK], { prompt: () => asked });
  await service.choose(SHOP.root);

  const building = model.build([IMPLEMENT]);
  await service.choose(BANK.root);
  built(prompt());
  await building;

  assert.deepEqual([model.sheet.drafts, model.sheet.tab], [[], "flows"]);
  await service.choose(SHOP.root);
  assert.deepEqual([model.sheet.drafts.length, model.sheet.tab], [1, "prompt"]);
});

test("a run and its drafts stay with the project that it was started in", async () => {
  let started: (run: RunView) => void = () => undefined;
  const starting = new Promise<RunView>((answer) => {
    started = answer;
  });
  const { service, model } = serverWith([SHOP, BANK], { "run/start": () => starting });
  await service.choose(BANK.root);
  await model.build([IMPLEMENT]);
  await service.choose(SHOP.root);
  await model.build([IMPLEMENT]);

  const running = model.runDrafts();
  await service.choose(BANK.root);
  started({ brief: run() } as RunView);
  await running;

  assert.deepEqual([model.sheet.drafts.length, model.sheet.run], [1, ""]);
  await service.choose(SHOP.root);
  assert.deepEqual([model.sheet.drafts, model.sheet.run], [[], run().id]);
});

test("the answer about a queue does not lead back to the project that it runs in", async () => {
  const { service, model } = serverWith([SHOP, BANK], {
    queue: async () => {
      await service.choose(BANK.root);
      return state({ root: SHOP.root });
    },
  });
  await service.choose(SHOP.root);
  await model.build([IMPLEMENT, { ...IMPLEMENT, flows: ["users/leave"] }]);

  await model.runDrafts();

  assert.equal(service.root, BANK.root);
  assert.equal(service.state?.root, BANK.root);
});

test("what was edited comes back when its prompt is built again, until it is run", async () => {
  const { service, model } = serverWith([SHOP], {
    prompt: async ({ flows }) => prompt({ flows }),
    "run/start": async () => ({ brief: run() }) as RunView,
  });
  await service.choose(SHOP.root);
  await model.build([IMPLEMENT]);
  model.change("implement users/register", { text: "Do it my way." });

  await model.build([{ ...IMPLEMENT, flows: ["users/leave"] }]);
  assert.equal(model.sheet.drafts[0]?.text, "Do it well.");
  model.dropDrafts();
  await model.build([IMPLEMENT]);
  assert.equal(model.sheet.drafts[0]?.text, "Do it my way.");

  await model.runDrafts();
  await model.build([IMPLEMENT]);
  assert.equal(model.sheet.drafts[0]?.text, "Do it well.");
});

test("a project that is newer than the page is found when one of its files is used", async () => {
  const known = [SHOP];
  const { service } = serverWith(known);
  await service.refresh();
  assert.equal(service.root, SHOP.root);

  known.push(BANK);
  service.follow("bank/work.ipynb");
  await settle();

  assert.equal(service.root, BANK.root);
  service.follow("elsewhere/notes.md");
  await settle();
  assert.equal(service.root, BANK.root);
});

test("the folder of the server itself may be a project, and holds what no other does", async () => {
  const whole = { name: "All", path: "", root: "/home" };
  const { service } = serverWith([whole, SHOP]);
  await service.refresh();

  service.follow("shop/specs/system.yaml");
  assert.equal(service.root, SHOP.root);
  service.follow("notes.md");
  assert.equal(service.root, "/home");
  assert.equal(service.serverPath("specs/system.yaml"), "specs/system.yaml");
});

test("a project that was named is asked for even where none can be looked for", async () => {
  const { service } = serverWith([], {
    projects: () => Promise.reject(new Error("lost+found cannot be read")),
  });

  await service.choose(SHOP.root);

  assert.equal(service.state?.root, SHOP.root);
  assert.equal(service.trouble, "lost+found cannot be read");
});

test("what fails about one project is not said of another", async () => {
  let fail: (error: Error) => void = () => undefined;
  const failing = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const { service } = serverWith([SHOP, BANK], {
    project: async ({ root }) => (root === SHOP.root ? await failing : state({ root })),
  });

  const first = service.choose(SHOP.root);
  await settle();
  await service.choose(BANK.root);
  fail(new Error("the shop is broken"));
  await first;

  assert.deepEqual([service.root, service.trouble], [BANK.root, ""]);
});

test("a folder is called as the server calls it, whatever was chosen meanwhile", async () => {
  const { service } = serverWith([SHOP], {
    project: async () => state({ root: SHOP.root }),
  });

  assert.equal(await service.choose("/links/shop"), SHOP.root);
  assert.equal(service.root, SHOP.root);
});

test("who watches is shown each change that the server tells of, also after it was away", async () => {
  const asked: { tell(state: ProjectState): void; fail(error: Error): void }[] = [];
  const { service } = serverWith([SHOP], {
    project: () => new Promise((tell, fail) => asked.push({ tell, fail })),
  });
  const watching = service.watch();
  const next = async () => {
    while (asked.length === 0) {
      await settle();
    }
    return asked.shift();
  };

  (await next())?.tell(state({ rev: "1", name: "Shop" }));
  (await next())?.fail(new Error("The Jupyter server does not answer."));
  await settle();
  assert.equal(service.trouble, "The Jupyter server does not answer.");
  (await next())?.tell(state({ rev: "2", name: "Store" }));
  await settle();
  assert.deepEqual([service.state?.name, service.trouble], ["Store", ""]);
  watching.dispose();
});
