"""The snapshot: the contract between crawling and judging."""
