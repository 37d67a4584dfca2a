"""The employers’ pages (网上服务系统)."""
