DELETE FROM orders WHERE placed_at < now() - interval '$(orders_kept)';
