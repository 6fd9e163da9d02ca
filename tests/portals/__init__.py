"""Construction kits: portals made by code, each with the truth that a careful reader would write down."""
