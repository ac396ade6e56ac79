"""The editors' front door: published pages in, a new index generation out. Never imports bot."""
