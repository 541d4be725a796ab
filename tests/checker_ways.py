"""What an order may have become, and what each step that puts something right may take back: told, not derived."""

from tests.checker_office import OFFICE_BECOMES, OFFICE_TAKES_BACK

BECOMES = {
    "open": {"open_with_forms"},
    "receive_forms": {"receive_own_forms"},
    "record_posting": {"mail_forms"},
    "record_return": {"undeliverable"},
    "amend": {"unverify", "mail_again"},
    "undo_posting": {"undo_mailing"},
    "undo_return": {"undo_undeliverable"},
    "undo_arrival": {"undo_reopening", "undo_own_arrival"},
    "correct_answer": {"correct_refusal"},
    "undo_correction": {"undo_correction_of_refusal"},
    "reinstate": {"reinstate_papers", "reinstate_unpaid"},
    **OFFICE_BECOMES,
}
TAKES_BACK = {
    "undo_posting": {"record_posting", "mail_forms", "hand_over"},
    "undo_mailing": {"mail_forms"},
    "undo_return": {"record_return", "undeliverable"},
    "undo_undeliverable": {"undeliverable"},
    "receive_again": {"open_with_forms", "receive_forms", "receive_own_forms", "reopen", "receive_again"},
    "undo_arrival": {"receive_forms", "receive_again"},
    "undo_own_arrival": {"receive_own_forms", "receive_again"},
    "undo_reopening": {"reopen", "receive_again"},
    "unask": {"ask_again"},
    "correct_answer": {"fulfil", "refuse"},
    "correct_refusal": {"refuse"},
    "undo_correction": {"correct_answer"},
    "undo_correction_of_refusal": {"correct_answer", "correct_refusal"},
    "undo_mail_again": {"mail_again"},
    "reinstate": {"withdraw", "void", "lapse"},
    "reinstate_papers": {"withdraw", "void"},
    **OFFICE_TAKES_BACK,
}
"""What each step that puts something right may take back: one row before it, that nobody took back already."""
