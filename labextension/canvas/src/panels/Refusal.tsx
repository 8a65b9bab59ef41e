/** Why something was refused; nothing where it was not. */
export function Refusal({ error, id }: { error: string; id?: string }) {
  return error ? (
    <p className="ddd-error" id={id} role="alert">
      {error}
    </p>
  ) : null;
}
