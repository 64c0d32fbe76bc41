"""A parsed document made ready for a reader's eyes: its parts, anchors and places, without a screen."""
