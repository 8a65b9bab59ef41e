"""How a language model helps with a design: providers, routing, context, proposals and chat.

Nothing here imports a vendor's SDK before the first call of a model.
"""
