"""Records and state that outlive a wake, in 2,048 bytes of RTC memory."""
