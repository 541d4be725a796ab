"""Published procedures of other offices, as facts, put into the words of procedure.toml: how far its keys reach.

`rows` reads the facts, the parsers beside it understand the little language in which they are written, `writing` makes
a procedure.toml of what was understood, and docs/procedures.md tells what each row needs and whether it runs. No row
is treated otherwise than by what its facts say.
"""
