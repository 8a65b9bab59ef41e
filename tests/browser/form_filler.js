// Fills in a whole form of the spec panel, whatever its schema, and returns what it said. It runs in
// the page, since a form of a hundred fields is a thousand questions to the page; that hands and
// keyboard reach the fields is for tests/browser/test_canvas_forms.py.
async ({ definitions, properties, sense, limit }) => {
  const TEXT = 'Größe "XL", it\'s 5 µm';
  const NUMBER = 7;
  const KEY = "schlüssel";
  // Of parts that lie deeper than this only the first key is filled in.
  const DEEPEST = 2;
  let lists = 0;

  /** Lets the page draw what was done last. */
  const rest = () => new Promise((resolve) => setTimeout(resolve));

  /** Waits until something is there, or true, and returns it. */
  async function until(look, what) {
    const end = performance.now() + limit;
    for (;;) {
      const found = look();
      if (found) {
        return found;
      }
      if (performance.now() > end) {
        throw new Error(`waited in vain for ${what}`);
      }
      await rest();
    }
  }

  // --- what hands do ------------------------------------------------------------------------

  /** Scrolls to something and makes sure that a mouse would meet it. */
  function reach(control) {
    control.scrollIntoView({ block: "nearest" });
    const { x, y, width, height } = control.getBoundingClientRect();
    const met = document.elementFromPoint(x + width / 2, y + height / 2);
    if (!control.contains(met) && !control.closest("label")?.contains(met)) {
      throw new Error(`${control.outerHTML.slice(0, 200)} cannot be reached`);
    }
    if (control.disabled || control.readOnly) {
      throw new Error(`${control.outerHTML.slice(0, 200)} takes nothing`);
    }
    control.focus();
  }

  async function press(button) {
    reach(button);
    button.click();
    await rest();
  }

  async function give(control, value, event) {
    reach(control);
    // As a browser would; setting it on the element itself would go unnoticed by React.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), "value").set.call(control, value);
    control.dispatchEvent(new Event(event, { bubbles: true }));
    await rest();
  }

  async function type(control, text) {
    await give(control, text, "input");
    // Enter alone would ask for one more item of a list.
    control.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }),
    );
    await rest();
  }

  const choose = (select, value) => give(select, value, "change");

  // --- what is there ------------------------------------------------------------------------

  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const children = (element, selector) => [...element.querySelectorAll(`:scope > ${selector}`)];

  /** The row or group of a key; what is folded away is unfolded. */
  function rowOf(form, key) {
    const [more] = children(form, "details");
    if (more) {
      more.open = true;
    }
    const rows = [form, ...(more ? children(more, ".ddd-fields") : [])].flatMap((part) =>
      children(part, "[data-path]"),
    );
    return rows.find((row) => row.dataset.path.split(".").at(-1) === key);
  }

  const buttonOf = (element, text) =>
    children(element, "button").find((button) => words(button).startsWith(text));

  const itemsOf = (items) =>
    [...items.children].filter(
      (item) => item.matches(".ddd-fold") || children(item, ".ddd-item-row").length,
    );

  /** An item of a list or map, unfolded. */
  async function itemOf(items, index) {
    const item = await until(() => itemsOf(items)[index], `item ${index + 1}`);
    const unfold = children(item, ".ddd-fold-head > [aria-expanded]")[0];
    if (unfold?.getAttribute("aria-expanded") === "false") {
      await press(unfold);
    }
    return item;
  }

  // --- what the schema allows ---------------------------------------------------------------

  function variants(schema) {
    const whole = schema.$ref ? definitions[schema.$ref.split("/").at(-1)] : schema;
    return whole.anyOf ? whole.anyOf.flatMap(variants) : [whole];
  }

  /** The first of the things a value may be that is of a kind. */
  const variant = (schema, kind) => variants(schema).find((one) => one.type === kind) ?? {};
  /** Older spellings are offered only where a file has them. */
  const isUsual = ([, { "x-same-as": usual }], entries) =>
    !usual || !entries.some(([key]) => key === usual);
  const types = (schema) => variants(schema).map((one) => one.type ?? "any");

  /** Whether to make a list, a map or a text of what may be several things. */
  function kindOfAny(name, schema) {
    const { items } = variant(schema, "array");
    if (name in sense) {
      return "text";
    }
    if (items && types(items).some((type) => type === "string" || type === "any")) {
      return "list";
    }
    return types(schema).some((type) => type === "object" || type === "any") ? "map" : "text";
  }

  // --- filling in ---------------------------------------------------------------------------

  async function fillKey(form, key, schema, depth) {
    const offers = ".ddd-offers > button[title]";
    const offer = () =>
      [...children(form, offers), ...children(form, `details > .ddd-fields > ${offers}`)].find(
        (button) => button.title.split(":")[0] === key,
      );
    await until(() => rowOf(form, key) ?? offer(), key);
    if (!rowOf(form, key)) {
      await press(offer());
    }
    const value = await fillPart(await until(() => rowOf(form, key), key), key, schema, depth);
    const settled = () => {
      const row = rowOf(form, key);
      return row && !row.dataset.busy && !row.querySelector("[role=alert]");
    };
    await until(settled, `${key} to be taken`);
    return value;
  }

  /** What a row, a group, or an unfolded item holds. */
  async function fillPart(part, name, schema, depth) {
    const [item] = children(part, ".ddd-item-row > .ddd-any");
    if (item) {
      return await fillAnyAsText(item, name);
    }
    const kinds = { any: fillAny, items: fillItems, fields: fillFields };
    for (const [kind, fill] of Object.entries(kinds)) {
      const [found] = [
        ...children(part, `.ddd-${kind}`),
        ...children(part, `.ddd-fold-body > .ddd-${kind}`),
      ];
      if (found) {
        return await fill(found, name, schema, depth);
      }
    }
    return await fillScalar(part, name);
  }

  async function turnInto(any, kind) {
    if (any.dataset.kind !== kind) {
      await choose(children(any, "select")[0], kind);
    }
    await until(() => any.dataset.kind === kind, `a ${kind}`);
  }

  /** A value that may be several things: the largest of them. */
  async function fillAny(any, name, schema, depth) {
    const kind = kindOfAny(name, schema);
    if (kind === "text") {
      return await fillAnyAsText(any, name);
    }
    await turnInto(any, kind);
    return await fillItems(children(any, ".ddd-items")[0], name, schema, depth);
  }

  async function fillAnyAsText(any, name) {
    await turnInto(any, "text");
    return await fillScalar(any, name, ":scope > :is(input, textarea)");
  }

  async function fillItems(items, name, schema, depth) {
    const adder = () => buttonOf(items, "Add entry…") ?? buttonOf(items, "Add field…");
    if (adder()) {
      return await fillMap(items, adder, schema, depth);
    }
    await clear(items);
    const inner = variant(schema, "array").items ?? {};
    const values = [];
    // That a list takes a second item is seen once.
    const numbers = lists++ ? [1] : [1, 2];
    for (const number of numbers) {
      const before = items.children.length;
      await press(buttonOf(items, "Add item"));
      await until(() => items.children.length !== before, "another item");
      const fresh = () => items.querySelector('[aria-label^="New item of "]');
      if (fresh()) {
        values.push(await fillScalar(children(items, ".ddd-item-row")[0], name));
        await until(() => !fresh(), "the new item to be taken");
      } else {
        const item = await itemOf(items, number - 1);
        values.push(await fillPart(item, `${name} ${number}`, inner, depth + number));
      }
    }
    return values;
  }

  async function fillMap(items, adder, schema, depth) {
    await clear(items);
    await press(adder());
    const named = () => items.querySelector('input[aria-label^="Name of the new"]');
    await until(() => named() ?? adder(), "a place for the name");
    if (!named()) {
      await press(adder()); // what the map was made from arrived only now
    }
    await type(await until(named, "a place for the name"), KEY);
    const inner = variant(schema, "object").additionalProperties;
    const item = await itemOf(items, 0);
    const value = await fillPart(item, KEY, typeof inner === "object" ? inner : {}, depth + 1);
    return { [KEY]: value };
  }

  /** Takes away what a new node begins with. */
  async function clear(items) {
    for (let left = itemsOf(items).length; left > 0; left--) {
      await press(itemsOf(items)[0].querySelector('button[aria-label^="Remove "]'));
      await until(() => itemsOf(items).length === left - 1, "an item to go");
    }
  }

  async function fillFields(form, _, schema, depth) {
    const all = Object.entries(variant(schema, "object").properties ?? {});
    return await fillKeys(form, depth < DEEPEST ? all : all.slice(0, 1), depth + 1);
  }

  async function fillKeys(form, entries, depth) {
    const values = {};
    for (const [key, schema] of entries.filter((entry) => isUsual(entry, entries))) {
      values[key] = await fillKey(form, key, schema, depth);
    }
    return values;
  }

  async function fillScalar(part, name, selector = ":is(select, input, textarea)") {
    const control = [...part.querySelectorAll(selector)].at(-1);
    if (control.tagName === "SELECT") {
      return await fillChoice(control, name);
    }
    if (control.type === "checkbox") {
      const value = !control.checked;
      await press(control);
      return value;
    }
    const plain = control.classList.contains("ddd-number") ? NUMBER : TEXT;
    const value = sense[name.split(" ")[0]] ?? plain;
    await type(control, String(value));
    return value;
  }

  async function fillChoice(select, name) {
    const options = [...select.options].filter((option) => !option.text.includes("…"));
    const option = options.find(({ text }) => text === sense[name]) ?? options.at(-1);
    await choose(select, option.value);
    return option.text;
  }

  const form = () => document.querySelector(".ddd-spec .ddd-fields");
  return await fillKeys(await until(form, "the form"), Object.entries(properties), 0);
}
