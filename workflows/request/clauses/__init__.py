"""What an office says of its procedure to those who ask: one library of sentences, for letters and the published sheet.

Each part of an office's procedure (`workflows.office`) has a file here that turns its values, the law and who asks into
sentences by topic. `sheets` puts them together into the parts of a letter or of the published sheet, `wording` words
them. A letter, the sheet on the wall and what the rules do come from the same values, so that they cannot differ.

To add a sentence: yield ``topic, says(code, ...)`` from the part's ``say``, and word the code in
``workflows/request/words/said_<part>.py``. What goes into the envelope is yielded from the part's ``checks`` too.
"""

from workflows.request.clauses.values import Group, Noun, Sentence, Situation, Topic, only, says, starting

__all__ = ["Group", "Noun", "Sentence", "Situation", "Topic", "only", "says", "starting"]
