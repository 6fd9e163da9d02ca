"""A page read into links, headings, forms, pairs, steps, contacts and dates."""
