export type Theme = "light" | "dark";

/** The theme that the page shows. */
export function themeOfPage(): Theme {
  return document.body.dataset.jpThemeLight === "false" ? "dark" : "light";
}

/** Calls back whenever the page shows another theme, until what it returns is called. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  return () => observer.disconnect();
}
