"""The proxies that are measured beside each other, what stands behind them, and what loads them."""
