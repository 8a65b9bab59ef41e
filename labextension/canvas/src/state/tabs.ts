/** A sheet that was opened in this view. */
export interface OpenSheet {
  readonly at: string;
  readonly title: string;
}

type Tabs = readonly OpenSheet[];

/** The open sheets after one was shown; a new one comes last. */
export function opened(tabs: Tabs, shown: OpenSheet): Tabs {
  const known = tabs.find(({ at }) => at === shown.at);
  if (known) {
    return known.title === shown.title
      ? tabs
      : tabs.map((tab) => (tab.at === shown.at ? shown : tab));
  }
  return [...tabs, shown];
}

/** The open sheets that there still are, by what they are called now.
 *
 * A sheet that went away just as another one was shown was renamed or moved: the other one stands
 * in its place then.
 */
export function renewed(
  tabs: Tabs,
  titles: Readonly<Record<string, string>>,
  left = "",
  shown = "",
): Tabs {
  const followed = left !== shown && !(left in titles) && tabs.some(({ at }) => at === left);
  const places = followed
    ? tabs
        .filter(({ at }) => at !== shown)
        .map((tab) => (tab.at === left ? { ...tab, at: shown } : tab))
    : tabs;
  const now = places.flatMap((tab) => {
    const title = titles[tab.at];
    return title === undefined ? [] : [title === tab.title ? tab : { ...tab, title }];
  });
  const same = now.length === tabs.length && now.every((tab, index) => tab === tabs[index]);
  return same ? tabs : now;
}

/** Where to go when a sheet is closed: the next one, else the one before; nowhere from another. */
export function afterClosing(tabs: Tabs, closed: string, current: string): string {
  const index = tabs.findIndex(({ at }) => at === closed);
  return closed === current ? ((tabs[index + 1] ?? tabs[index - 1])?.at ?? "") : "";
}

/** The flow whose file this is, as places name it; empty for other files. */
export function flowOfFile(path: string): string {
  const [, domain, flow] = /^specs\/domains\/([^/]+)\/flows\/([^/]+)\.ya?ml$/.exec(path) ?? [];
  return domain && flow ? `${domain}/${flow}` : "";
}
