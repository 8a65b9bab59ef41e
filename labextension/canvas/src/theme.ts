export type Theme = "light" | "dark";

/** Whether the host is light or dark: what JupyterLab says, else what the background looks like. */
export function themeOf(element: HTMLElement): Theme {
  const declared = document.body.dataset.jpThemeLight;
  if (declared !== undefined) {
    return declared === "false" ? "dark" : "light";
  }
  for (let at: HTMLElement | null = element.parentElement; at; at = at.parentElement) {
    const light = lightness(getComputedStyle(at).backgroundColor);
    if (light !== null) {
      return light < 0.5 ? "dark" : "light";
    }
  }
  return "light";
}

/** Lightness of a computed colour between 0 and 1, or null where one sees through it. */
function lightness(color: string): number | null {
  const parts = color.match(/[\d.]+/g)?.map(Number) ?? [];
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts;
  if (parts.length < 3 || alpha < 0.5) {
    return null;
  }
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** Calls back whenever the host's theme changes, until the returned function is called. */
export function watchTheme(element: HTMLElement, changed: (theme: Theme) => void): () => void {
  const observer = new MutationObserver(() => changed(themeOf(element)));
  for (const node of [document.documentElement, document.body]) {
    observer.observe(node, { attributes: true });
  }
  return () => observer.disconnect();
}
