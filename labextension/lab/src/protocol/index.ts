// Written by scripts/generate_protocol.py.

export * from "./messages";
export * from "./operations";
