"""From what bins said to what drivers do: forecast, decide, route, check, publish."""
