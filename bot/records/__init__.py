"""What the bot keeps of its own: members, their questions, the inbox and the ledger, in SQL."""
