// Addresses within the page: #/domain/flow?card=id, and pages that list things by an @.

export type Route =
  | { page: "place"; at: string; card: string }
  | { page: "schemas" | "events" | "problems"; item: string };

export function hrefOf(at: string, card = ""): string {
  const path = at.split("/").map(encodeURIComponent).join("/");
  return `#/${path}${card ? `?card=${encodeURIComponent(card)}` : ""}`;
}

export function pageHref(page: "schemas" | "events" | "problems", item = ""): string {
  return `#/@${page}${item ? `/${encodeURIComponent(item)}` : ""}`;
}

export function routeOf(hash: string): Route | null {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  try {
    const parts = path.split("/").map(decodeURIComponent);
    const page = parts[0];
    if (page === "@schemas" || page === "@events" || page === "@problems") {
      return { page: page.slice(1) as "schemas", item: parts.slice(1).join("/") };
    }
    return {
      page: "place",
      at: parts.join("/"),
      card: new URLSearchParams(query).get("card") ?? "",
    };
  } catch {
    return null;
  }
}
