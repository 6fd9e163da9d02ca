"""What a page is and holds, derived once from its bytes."""
