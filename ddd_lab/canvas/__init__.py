"""How a design is edited: the widget, its protocol and its built JavaScript."""
