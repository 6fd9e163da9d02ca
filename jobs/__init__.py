"""The durable queue: what is to be done, by which worker, and what came of it."""
