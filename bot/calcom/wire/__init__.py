"""Cal.com's JSON, read leniently into the domain and written from it."""
