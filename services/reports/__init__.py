"""Questions people ask of the ledger: answers as plain data, worded in the reader's language, nothing written."""
