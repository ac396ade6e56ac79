"""The daily digest: when it is owed to whom, and what it says; knows no Telegram."""
