"""The readers' front door: questions in, cited answers out. Never imports ingest."""
