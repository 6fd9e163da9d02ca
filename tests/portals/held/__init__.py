"""Held-back kits: measured only. Their portals share no template with the rule kits; no rule is mended from them."""
