"""What a project remembers: summary, index of the specs, decisions, flow map and status.

Everything but decisions is derived from the specs. Where it is written to `.ddd/memory` it is for
other programs and people; the lab itself always asks the design.
"""
