"""Texts with a mistake, and what is to be said of each: line, column, what it is, what to do."""

from __future__ import annotations

FLOW = "flow:\n  id: place\n"

MISTAKES = {
    "conflict": (
        FLOW + "<<<<<<< HEAD\n  name: One\n=======\n  name: Two\n>>>>>>> other\nnodes: []\n",
        (3, 1, "conflict marker of Git", "Keep one of the two versions"),
    ),
    "conflict with its base": (
        FLOW + "<<<<<<< a\n  name: One\n||||||| base\n  name: Zero\n=======\n>>>>>>> b\n",
        (3, 1, "conflict marker of Git", "Keep one of the two versions"),
    ),
    "conflict below a block": (
        FLOW + "notes: |\n  some\n<<<<<<< HEAD\n  One\n=======\n  Two\n>>>>>>> other\n",
        (5, 1, "conflict marker of Git", "Keep one of the two versions"),
    ),
    "code fence": (
        f"```yaml\n{FLOW}nodes: []\n```\n",
        (1, 1, "code fence of Markdown", "Remove all fences"),
    ),
    "code fence of tildes": (
        f"~~~yaml\n{FLOW}~~~\n",
        (1, 1, "code fence of Markdown", "Remove all fences"),
    ),
    "words before a code fence": (
        f"Here is the flow:\n\n```yaml\n{FLOW}```\n",
        (3, 1, "code fence of Markdown", "Remove all fences"),
    ),
    "word after a quote": (
        'nodes:\n  - id: a\n    label: "A" step\n',
        (3, 12, "goes on in column 16, after its closing quote", "'\"A\" step'"),
    ),
    "word after a single quote": (
        "label: 'A' step\n",
        (1, 8, "goes on in column 12, after its closing quote", "\"'A' step\""),
    ),
    "word after a quote in braces": (
        'a: {label: "A" step, b: 1}\n',
        (1, 12, "goes on in column 16, after its closing quote", "quotes of the other kind"),
    ),
    "quote never closed": (
        'flow:\n  name: "Place an order\n  type: traditional\n',
        (2, 9, 'the quote " that begins here is never closed', "Close it"),
    ),
    "quote closed by the next one": (
        'flow:\n  name: "Place an order\nnodes:\n  - label: "B"\n',
        (2, 9, "not closed on its line, but on line 4", "Close it where the value ends"),
    ),
    "quote closed by an empty text": (
        'flow:\n  name: "Place an order\nnodes:\n  - label: ""\n',
        (2, 9, "not closed on its line, but on line 4", "Close it where the value ends"),
    ),
    "apostrophe that closes a quote": (
        "a: 'Place an order\nb: 'don''t'\n",
        (1, 4, "not closed on its line, but on line 2", "Close it where the value ends"),
    ),
    "a blank too many": (
        FLOW + "   name: Place\n",
        (3, 4, "indented deeper than 'id: place' above", "Indent both with 2 spaces"),
    ),
    "a blank too many in a list": (
        "nodes:\n  - id: a\n   - id: b\n",
        (3, 4, "indented with 3 spaces", "Indent it with 0, 2 or 4 spaces"),
    ),
    "a blank too many at the left edge": (
        FLOW + " nodes: []\n",
        (3, 2, "indented with 1 space", "Indent it with 0 or 2 spaces"),
    ),
    "a blank too few": (
        "nodes:\n  - id: a\n   type: process\n    label: A\n",
        (3, 4, "indented with 3 spaces", "Indent it with 0, 2 or 4 spaces"),
    ),
    "a missing colon": (
        "flow:\n  id place\n  name: x\n",
        (2, 3, "this line has no colon", "Write it as key: value"),
    ),
    "no-break space in the indent": (
        "flow:\n\xa0 id: place\n  name: b\n",
        (2, 1, "no-break space (U+00A0)", "Replace it with an ordinary space"),
    ),
    "no-break spaces as the only indent": (
        "flow:\n\xa0\xa0id: place\n\xa0\xa0name: b\n",
        (2, 1, "no-break space (U+00A0)", "Replace it with an ordinary space"),
    ),
    "no-break spaces before a dash": (
        "nodes:\n\xa0\xa0- id: a\n",
        (2, 1, "no-break space (U+00A0)", "Replace it with an ordinary space"),
    ),
    "no-break space after a colon": (
        "flow:\n  id:\xa0place\n  name: b\n",
        (2, 6, "no-break space (U+00A0)", "Replace it with an ordinary space"),
    ),
    "wide space in the indent": (
        "flow:\n\u3000id: place\n",
        (2, 1, "U+3000", "Replace it with an ordinary space"),
    ),
    "line separator in a comment": (
        "flow: # a\u2028comment\n  id: place\n",
        (1, 10, "the invisible character U+2028 ends the line", "Replace it with a space"),
    ),
    "line separator that makes a key of a comment": (
        "# one\u2028two: three\nflow: {id: place}\n",
        (1, 6, "the invisible character U+2028 ends the line", "Replace it with a space"),
    ),
    "paragraph separator in a comment": (
        "flow: {} # a\u2029b\n",
        (1, 13, "the invisible character U+2029 ends the line", "Replace it with a space"),
    ),
    "next line character in a value": (
        "id: pl\x85ace\n",
        (1, 7, "the invisible character U+0085 ends the line", "Replace it with a space"),
    ),
    "tab": ("flow:\n\tid: place\n", (2, 1, "this is a tab", "Indent with spaces")),
    "two colons": ("a: b: c\n", (1, 5, "a colon with a space", "Put quotes around the value")),
    "at sign": ("a: @x\n", (1, 4, "cannot begin with @", "Put quotes around the value")),
    "asterisk": ("a: *.txt\n", (1, 4, "is an alias", "Put quotes around the value")),
    "backslash": ('a: "\\d"\n', (1, 5, "\\d is none", "Write \\\\")),
    "list on the line of its key": (
        "a: - b\n",
        (1, 4, "a list cannot begin on this line", "Begin it on the next line"),
    ),
    "key among list items": (
        "nodes:\n  - id: a\n  label: b\n",
        (3, 3, "below each other in the same column", "Add the missing dash or key"),
    ),
    "bracket never closed": (
        "a: {b: 1\nc: 2\n",
        (1, 4, "the map that begins here is not closed with }", "Add what is missing"),
    ),
    "bracket too many": ("a: [1]]\n", (1, 7, "cannot follow the value", "Remove it")),
}
