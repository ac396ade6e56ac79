"""What is known and how it is found; knows no Telegram, no web page and no prompt."""
