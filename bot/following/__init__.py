"""What readers are told unasked: what those say whom they follow, and what was corrected.

Makes messages for the ledger and sends none.
"""
