"""The domain: people, event types, slots, drafts, questions, and the cards that show them."""
