SELECT count(*) AS orders, max(placed_at) AS last_at FROM orders;
