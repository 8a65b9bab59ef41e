/** A time as the person's own clock and language have it. */
export function moment(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.valueOf()) ? at : time.toLocaleString();
}
