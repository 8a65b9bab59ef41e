import type { Turn } from "../protocol";

const NUMBER = new Intl.NumberFormat("en");

export function count(tokens: number): string {
  return NUMBER.format(tokens);
}

/** An amount of money; small ones with two figures that say something. */
export function dollars(amount: number): string {
  if (amount === 0) {
    return "$0";
  }
  return amount < 0.01 ? `$${amount.toPrecision(2)}` : `$${amount.toFixed(2)}`;
}

/** How long something takes: `8 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

/** Who answered, why, and what it took, a piece for each. */
export function facts({ model, why, usage, cost, seconds, state }: Turn): string[] {
  const about = usage?.how === "estimate" ? "about " : "";
  return [
    model,
    why,
    usage
      ? `${about}${count(usage.input + usage.cached)} + ${count(usage.output)} tokens${usage.cached > 0 ? ` (${count(usage.cached)} cached)` : ""}`
      : "",
    usage ? (cost === null ? "price unknown" : dollars(cost)) : "",
    seconds > 0 && state !== "running" ? duration(seconds) : "",
  ].filter(Boolean);
}

/** When something was, as short as it says enough. */
export function when(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return "";
  }
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    : date.toLocaleDateString([], { day: "numeric", month: "short", year: "numeric" });
}
