"""What a service day is made of: stops, vehicles, facilities, breaks, ways."""
