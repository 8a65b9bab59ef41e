"""One small protocol for all vendors of language models, and an adapter for each wire format."""
