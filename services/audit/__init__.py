"""The doctor's questions that no single case answers: whether what was recorded is still what was recorded.

orders    each order against its fingerprint, its history row and its case
log       the office's log against its chain, its head and the cases that witness it; the staff against the log
cases     nothing is known of a case that is not there, and no case ends before what is known of it
letters   each letter against its effect, its file and the calendar

Each yields (case, what, sentence) as `services.audit.doctor` tells it. Nothing here is ever mended: it is evidence.
"""
